//! Binds a compiled browser module: `bind MODULE.wasm OUT_DIR [--names]` writes the module and its JavaScript glue.
//!
//! A program of its own, so that the chores do not have to compile the generator before they can say what they do.

use anyhow::{Context, Result};
use wasm_bindgen_cli_support::Bindgen;

fn main() -> Result<()> {
    let mut args = std::env::args().skip(1);
    let module = args.next().context("usage: bind MODULE.wasm OUT_DIR [--names]")?;
    let out = args.next().context("usage: bind MODULE.wasm OUT_DIR [--names]")?;
    let names = args.next().as_deref() == Some("--names");
    Bindgen::new()
        .input_path(&module)
        .web(true)?
        .typescript(false)
        // The page names the module itself, because its file name carries a hash the glue cannot know.
        .omit_default_module_path(true)
        .keep_debug(false)
        .remove_name_section(!names)
        .remove_producers_section(true)
        .generate(&out)
        .with_context(|| format!("cannot bind {module}"))
}
