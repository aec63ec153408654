//! `test`: everything is set up, every test runs, and the last line says how it went.

mod tally;

use crate::launch::{HOST, baton, server};
use crate::shell::{cargo, exists, program, say, spoken, step};
use crate::{Mode, setup, web};
use anyhow::{Context, Result};
use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Command, ExitCode, Stdio};
use std::sync::mpsc;
use std::time::Instant;
use tally::Tally;

/// Runs all tests; fails after the last one when any failed.
///
/// # Errors
/// When the machine cannot be set up, or the product does not build.
pub fn run() -> Result<ExitCode> {
    let start = Instant::now();
    setup::for_building(Mode::Debug)?;
    setup::for_testing()?;
    web::build(Mode::Debug)?;
    server()?;
    let rust = step("Rust tests", rust_tests)?;
    let browser = step("Browser tests", browser_tests)?;
    let all = rust + browser;
    say(&format!("{all}, in {}", spoken(start.elapsed().as_secs_f32())));
    Ok(if all.is_good() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn rust_tests() -> Result<Tally> {
    let runner: &[&str] = match exists("cargo-nextest") {
        true => &["nextest", "run", "--no-fail-fast"],
        false => &["test", "--no-fail-fast"],
    };
    counted(cargo(&[runner, &HOST[..]].concat()))
}

fn browser_tests() -> Result<Tally> {
    let mut playwright = program("node", &["node_modules/@playwright/test/cli.js", "test"]);
    counted({
        playwright.current_dir("end2end").env("BATON", std::path::absolute(baton())?);
        playwright
    })
}

/// Runs a test program, shows what it says, and counts its tests; one that fails without a count is one failure.
fn counted(mut command: Command) -> Result<Tally> {
    let mut child =
        command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().context("cannot start the tests")?;
    let (lines, heard) = mpsc::channel();
    let streams: [Box<dyn Read + Send>; 2] = [
        Box::new(child.stdout.take().expect("it is piped")),
        Box::new(child.stderr.take().expect("it is piped")),
    ];
    for stream in streams {
        let lines = lines.clone();
        std::thread::spawn(move || {
            BufReader::new(stream).lines().map_while(Result::ok).try_for_each(|line| lines.send(line))
        });
    }
    drop(lines);
    let mut tally = Tally::default();
    for line in heard {
        writeln!(std::io::stdout(), "{line}")?;
        tally += Tally::read(&line);
    }
    if !child.wait()?.success() && tally.is_good() {
        tally.failed += 1;
    }
    Ok(tally)
}
