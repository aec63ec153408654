//! `dev`: the demo, rebuilt and restarted whenever a source changes, with pages that follow by themselves.

use crate::launch::{baton, server};
use crate::shell::{make_folder, program, run, say, target};
use crate::web::{self, files};
use crate::{Mode, setup};
use anyhow::{Context, Result};
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, SystemTime};

const SOURCES: [&str; 11] = [
    "app",
    "domain",
    "frontend",
    "locales",
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
/// The last line the demo prints before it waits for visitors.
const READY: &str = "Ready.";

/// Runs `baton demo` with these arguments until it is interrupted. What does not compile leaves the last demo running.
///
/// # Errors
/// When the machine cannot be set up, or a program cannot be started at all.
pub fn develop(args: &[String]) -> Result<()> {
    setup::for_building(Mode::Debug)?;
    let interrupted = interruption()?;
    let stage = Stage::set(args)?;
    let mut demo: Option<Demo> = None;
    while !interrupted.load(Ordering::Relaxed) {
        let seen = changes();
        match build() {
            Ok(()) if demo.as_mut().is_some_and(Demo::is_of_this_build) => web::reload_pages()?,
            Ok(()) => {
                drop(demo.take());
                demo = Some(Demo::start(&stage.args)?);
            }
            Err(_) if interrupted.load(Ordering::Relaxed) => break,
            Err(error) => eprintln!("\nerror: {error:#}"),
        }
        say("Waiting for changes; Ctrl-C ends");
        while changes() == seen && !interrupted.load(Ordering::Relaxed) {
            std::thread::sleep(PAUSE);
        }
    }
    Ok(())
}

/// Becomes true when we are told to end; the demo has to be told as well, whoever was told first.
fn interruption() -> Result<Arc<AtomicBool>> {
    let told = Arc::new(AtomicBool::new(false));
    for signal in [SIGINT, SIGTERM, SIGHUP] {
        signal_hook::flag::register(signal, told.clone())?;
    }
    Ok(told)
}

fn build() -> Result<()> {
    web::build_reloading()?;
    server()
}

fn changes() -> BTreeMap<PathBuf, Option<SystemTime>> {
    let sources = SOURCES.iter().flat_map(|source| files(Path::new(source)));
    sources.map(|file| (file.clone(), modified(&file))).collect()
}

fn modified(file: &Path) -> Option<SystemTime> {
    file.metadata().and_then(|found| found.modified()).ok()
}

/// What the demos of one session share: data that outlives a restart, so that nobody has to sign in again.
struct Stage {
    args: Vec<String>,
    scratch: Option<PathBuf>,
}

impl Stage {
    fn set(args: &[String]) -> Result<Self> {
        let mut args = args.to_vec();
        if args.iter().any(|arg| arg == "--data" || arg.starts_with("--data=")) {
            return Ok(Self { args, scratch: None });
        }
        let folder = target().join("dev");
        if folder.exists() {
            std::fs::remove_dir_all(&folder)?;
        }
        make_folder(&folder)?;
        args.extend(["--data".to_owned(), folder.to_string_lossy().into_owned()]);
        Ok(Self { args, scratch: Some(folder) })
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        if let Some(folder) = &self.scratch
            && let Err(error) = std::fs::remove_dir_all(folder)
        {
            eprintln!("{} stays: {error}", folder.display());
        }
    }
}

/// A running demo; it is asked to stop, and waited for, when it is dropped.
struct Demo {
    child: Child,
    built: Option<SystemTime>,
}

impl Demo {
    fn start(args: &[String]) -> Result<Self> {
        let built = modified(&baton());
        let mut demo = program(baton(), &["demo"]);
        let mut child =
            demo.args(args).stdout(Stdio::piped()).spawn().context("cannot start `baton demo`")?;
        let says = child.stdout.take().expect("it is piped");
        std::thread::spawn(move || pass_on(says));
        Ok(Self { child, built })
    }

    /// Whether it still runs, and a build since then left its program as it was: a change of style alone does.
    fn is_of_this_build(&mut self) -> bool {
        self.built == modified(&baton()) && matches!(self.child.try_wait(), Ok(None))
    }
}

/// Shows what the demo says; once it is ready, pages may load again.
fn pass_on(says: ChildStdout) {
    for line in BufReader::new(says).lines().map_while(Result::ok) {
        println!("{line}");
        if line == READY
            && let Err(error) = web::reload_pages()
        {
            eprintln!("open pages will not load again by themselves: {error:#}");
        }
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        // Asked rather than killed, so that it closes its database and its sockets.
        if run(&mut program("kill", &["-TERM", &self.child.id().to_string()])).is_err() {
            return;
        }
        if let Err(error) = self.child.wait() {
            eprintln!("the demo did not end: {error}");
        }
    }
}
