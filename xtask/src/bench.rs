//! `bench`: the real server against bare anchors in one alternating run.

use crate::shell::{cargo, program, run, step, target};
use crate::{Mode, setup, web};
use anyhow::Result;

/// Builds the browser half, the server and its measure for release, and measures with these arguments.
///
/// # Errors
/// When Bun cannot be installed, something does not build, or a measurement breaks off. Slow is no error.
pub fn measure(args: &[String]) -> Result<()> {
    setup::for_building(Mode::Release)?;
    setup::for_measuring()?;
    web::build(Mode::Release)?;
    step("Building the server and its measure for release", || {
        run(&mut cargo(&["build", "--release", "-p", "server", "-p", "bench"]))
    })?;
    run(program(target().join("release/bench"), &[]).args(args))
}
