//! The chores of the repository: setting a machine up, building the browser half, running, testing, checking.
//!
//! To add one: a module with a public function that does it, a line in [`USAGE`], an arm in [`chore`].
#![expect(
    clippy::disallowed_methods,
    reason = "the chores are the developer's tools: they read the environment, measure time and wait"
)]

mod bench;
mod checks;
mod dist;
mod launch;
mod setup;
mod shell;
mod suite;
mod watch;
mod web;
mod words;

use anyhow::{Result, bail};
use std::path::Path;
use std::process::ExitCode;

const USAGE: &str = "\
usage: cargo run -p xtask -- <chore>

  run [ARGS]         set up, build everything, start `baton demo ARGS`
  dev [ARGS]         the same, then rebuild, restart and reload pages whenever a file changes
  test               set up, then every test: Rust, both databases, real browser
  check              formatting, lints for both halves, documentation, every word in every language
  words              bring the catalogues in locales/ up to date with what the screens say
  dist               one stripped binary with the browser files inside: target/dist/baton
  bench [ARGS]       measure the release server against bare anchors, rewrite docs/performance.md
  setup [--release] [--browser]
                     install what is missing: for building, for optimising, for testing
  web [--release]    only the browser half: target/site
";

/// Whether the browser half is built for reading (quickly) or for shipping (small, hashed, compressed).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Built quickly, under plain names.
    Debug,
    /// Optimised, hashed and compressed.
    Release,
}

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match chore(&args) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("\nerror: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn chore(args: &[String]) -> Result<ExitCode> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask lies inside the workspace");
    std::env::set_current_dir(root)?;
    let Some((name, rest)) = args.split_first() else {
        print!("{USAGE}");
        return Ok(ExitCode::from(2));
    };
    let has = |flag: &str| rest.iter().any(|arg| arg == flag);
    let mode = if has("--release") { Mode::Release } else { Mode::Debug };
    match name.as_str() {
        "setup" => setup::for_building(mode)
            .and_then(|()| if has("--browser") { setup::for_testing() } else { Ok(()) })?,
        "web" => {
            setup::for_building(mode)?;
            web::build(mode)?;
        }
        "run" => launch::demo(rest)?,
        "dev" => watch::develop(rest)?,
        "test" => return suite::run(),
        "check" => checks::run_all()?,
        "words" => words::gather()?,
        "dist" => dist::build()?,
        "bench" => bench::measure(rest)?,
        "help" | "--help" | "-h" => print!("{USAGE}"),
        other => bail!("there is no chore called {other}\n\n{USAGE}"),
    }
    Ok(ExitCode::SUCCESS)
}
