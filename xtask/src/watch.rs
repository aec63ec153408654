//! `dev`: the demo, rebuilt and restarted whenever a source changes.

use crate::launch::{baton, server};
use crate::shell::{program, run, say};
use crate::web::files;
use crate::{Mode, setup, web};
use anyhow::{Context, Result};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Child;
use std::time::{Duration, SystemTime};

const SOURCES: [&str; 10] = [
    "app",
    "domain",
    "frontend",
    "messenger",
    "migrations",
    "server",
    "store",
    "style",
    "Cargo.toml",
    "Cargo.lock",
];
/// Often enough to feel immediate; reading the times of some hundred files costs a millisecond.
const PAUSE: Duration = Duration::from_millis(300);

/// Runs `baton demo` with these arguments until it is interrupted. What does not compile leaves the last demo running.
///
/// # Errors
/// When the machine cannot be set up, or a program cannot be started at all.
pub fn develop(args: &[String]) -> Result<()> {
    setup::for_building(Mode::Debug)?;
    let mut demo: Option<Demo> = None;
    loop {
        let seen = changes();
        match build() {
            Ok(()) => {
                drop(demo.take());
                demo = Some(Demo::start(args)?);
            }
            Err(error) => eprintln!("\nerror: {error:#}"),
        }
        say("Waiting for changes; Ctrl-C ends");
        while changes() == seen {
            std::thread::sleep(PAUSE);
        }
    }
}

fn build() -> Result<()> {
    web::build(Mode::Debug)?;
    server()
}

fn changes() -> BTreeMap<PathBuf, Option<SystemTime>> {
    let sources = SOURCES.iter().flat_map(|source| files(Path::new(source)));
    sources.map(|file| (file.clone(), file.metadata().and_then(|found| found.modified()).ok())).collect()
}

/// A running demo; it is asked to stop, and waited for, when it is dropped.
struct Demo(Child);

impl Demo {
    fn start(args: &[String]) -> Result<Self> {
        let child = program(baton(), &["demo"]).args(args).spawn().context("cannot start `baton demo`")?;
        Ok(Self(child))
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        // Asked rather than killed, so that it closes its database and its sockets.
        if run(&mut program("kill", &["-TERM", &self.0.id().to_string()])).is_err() {
            return;
        }
        if let Err(error) = self.0.wait() {
            eprintln!("the demo did not end: {error}");
        }
    }
}
