//! Bun's uWebSockets as a bare publisher.

use crate::process::{SERVER, Server, on_core};
use anyhow::{Context, Result};
use std::path::{Path, PathBuf};

/// Where the publisher takes events.
pub const PUBLISH: &str = "/publish";

/// How much the publisher sends for one event.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    /// Frames for each event.
    pub frames: usize,
    /// Bytes in each frame.
    pub bytes: usize,
}

/// Starts the publisher with frames like ours.
///
/// # Errors
/// When Bun is not installed or does not start.
pub fn start(folder: &Path, shape: Shape) -> Result<Server> {
    let address = crate::machine::free_address()?;
    let mut command = on_core(SERVER, program()?);
    command
        .arg("run")
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("anchor/publish.ts"))
        .env("PORT", address.port().to_string())
        .env("FRAMES", shape.frames.to_string())
        .env("BYTES", shape.bytes.to_string())
        .env("STORE", folder.join("events"));
    Server::start(command, address, &folder.join("bun.log"))
}

/// Bun as `make bench` installs it; `BUN` may name another.
fn program() -> Result<PathBuf> {
    let installed = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/tools/bun/node_modules/.bin/bun");
    let program = std::env::var_os("BUN").map_or(installed, PathBuf::from);
    program.canonicalize().with_context(|| format!("no Bun at {}; run `make bench`", program.display()))
}
