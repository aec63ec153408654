//! `bench`: the real server against bare anchors in one alternating run.

use crate::setup;
use crate::shell::{cargo, program, run, step, target};
use anyhow::Result;

/// Builds the release server and its measure, and measures with these arguments.
///
/// # Errors
/// When Bun cannot be installed, something does not build, or a measurement breaks off. Slow is no error.
pub fn measure(args: &[String]) -> Result<()> {
    setup::for_measuring()?;
    step("Building the server and its measure for release", || {
        run(&mut cargo(&["build", "--release", "-p", "server", "-p", "bench"]))
    })?;
    run(program(target().join("release/bench"), &[]).args(args))
}
