//! `dist`: one stripped binary with the browser files inside.

use crate::shell::{cargo, make_folder, run, step, target};
use crate::web::files;
use crate::{Mode, setup, web};
use anyhow::Result;
use std::path::Path;

/// Builds `target/dist/baton` and prints what it and the browser files weigh.
///
/// # Errors
/// When setting up or building fails.
pub fn build() -> Result<()> {
    setup::for_building(Mode::Release)?;
    web::build(Mode::Release)?;
    step("Building the server for release", || {
        run(&mut cargo(&["build", "--release", "-p", "server", "--bin", "baton"]))
    })?;
    let built = target().join("dist/baton");
    make_folder(&target().join("dist"))?;
    std::fs::copy(target().join("release/baton"), &built)?;
    for file in files(Path::new("target/site/assets")) {
        weigh(&file)?;
    }
    weigh(&built)
}

fn weigh(file: &Path) -> Result<()> {
    let kilobytes = std::fs::metadata(file)?.len().div_ceil(1024);
    println!("{kilobytes:>9} KB  {}", file.display());
    Ok(())
}
