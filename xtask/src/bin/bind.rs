//! Splits and binds a compiled browser module: `bind MODULE.wasm OUT_DIR [--names]` writes the module every page begins
//! with, the parts that only some pages load, and their JavaScript glue.
//!
//! A program of its own, so that the chores do not have to compile the generator before they can say what they do.

use anyhow::{Context, Result, anyhow};
use std::path::Path;
use wasm_bindgen_cli_support::Bindgen;
use wasm_split_cli_support::Options;

/// The stem of the glue and of the first module; `app` finds them by the site's manifest.
const NAME: &str = "frontend";

fn main() -> Result<()> {
    let mut args = std::env::args().skip(1);
    let module = args.next().context("usage: bind MODULE.wasm OUT_DIR [--names]")?;
    let out = args.next().context("usage: bind MODULE.wasm OUT_DIR [--names]")?;
    let names = args.next().as_deref() == Some("--names");
    let out = Path::new(&out);
    let whole = std::fs::read(&module).with_context(|| format!("cannot read {module}"))?;
    let first = out.join("first.wasm");
    let glue = format!("./{NAME}.js");
    let mut options = Options::new(&whole);
    options.output_dir = out;
    options.main_out_path = &first;
    options.link_name = "./parts.js";
    options.main_module = &glue;
    wasm_split_cli_support::transform(options)
        .map_err(|error| anyhow!("cannot split {module}: {error:#}"))?;
    Bindgen::new()
        .input_path(&first)
        .out_name(NAME)
        .web(true)?
        .typescript(false)
        // The page names the module itself, because its address carries a hash the glue cannot know.
        .omit_default_module_path(true)
        // The parts are linked to the first module by what it exports.
        .keep_lld_exports(true)
        .keep_debug(false)
        .remove_name_section(!names)
        .remove_producers_section(true)
        .generate(out)
        .with_context(|| format!("cannot bind {module}"))?;
    Ok(std::fs::remove_file(first)?)
}
