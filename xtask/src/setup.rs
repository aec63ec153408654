//! Makes a machine ready: looks for each thing, and only when it is missing says why it is needed and installs it.

mod apt;
mod node;
mod postgres;
pub mod wasm;

use crate::Mode;
use anyhow::Result;

/// Makes sure the product can be built: the browser's standard library, and for release builds the optimiser.
pub fn for_building(mode: Mode) -> Result<()> {
    wasm::ensure()?;
    match mode {
        Mode::Debug => Ok(()),
        Mode::Release => node::ensure_optimiser(),
    }
}

/// Makes sure every test can run: a browser, the program that drives it, and PostgreSQL.
pub fn for_testing() -> Result<()> {
    node::ensure_browser()?;
    node::ensure_driver()?;
    postgres::ensure()
}

/// Makes sure there is something to measure against.
pub fn for_measuring() -> Result<()> {
    node::ensure_bun()?;
    node::ensure_node_red()?;
    node::ensure_lighthouse()
}

pub use node::OPTIMISER;
