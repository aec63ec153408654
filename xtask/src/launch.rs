//! `run`: from a fresh clone to the demo in the browser.

use crate::shell::{cargo, program, run, step, target};
use crate::{Mode, setup, web};
use anyhow::{Result, anyhow};
use std::os::unix::process::CommandExt;
use std::path::PathBuf;

/// Everything but the browser half: the members whose code runs on this machine, with the features the server uses.
pub const HOST: [&str; 5] =
    ["--workspace", "--exclude", "frontend", "--features", "messenger/simulator,app/ssr,xtask/bind"];

/// Sets up, builds both halves, and becomes `baton demo` with these arguments.
///
/// # Errors
/// When setting up or building fails, or the demo cannot be started.
pub fn demo(args: &[String]) -> Result<()> {
    setup::for_building(Mode::Debug)?;
    web::build(Mode::Debug)?;
    server()?;
    let error = program(baton(), &["demo"]).args(args).exec();
    Err(anyhow!(error).context("cannot start `baton demo`"))
}

/// Builds the server for development.
pub fn server() -> Result<()> {
    step("Building the server", || run(&mut cargo(&["build", "-p", "server", "--bin", "baton"])))
}

/// The server built for development.
pub fn baton() -> PathBuf {
    target().join("debug/baton")
}
