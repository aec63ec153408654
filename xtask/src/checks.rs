//! `check`: what must hold before a change is handed in, besides the tests.

use crate::launch::HOST;
use crate::setup::wasm::{self, Compiler};
use crate::shell::{cargo, output, program, run, step};
use crate::words;
use anyhow::{Context, Result, bail};
use std::io::{BufRead, BufReader};
use std::process::Stdio;

/// Formatting, words in every language, lints for both halves, and documentation without a warning.
///
/// # Errors
/// When one of them finds something.
pub fn run_all() -> Result<()> {
    step("Formatting", || run(&mut cargo(&["fmt", "--all", "--check"])))?;
    step("Words in every language", words::check)?;
    step("Lints for the server half", lint_server_half)?;
    step("Lints for the browser half", lint_browser_half)?;
    step("Documentation", || {
        let arguments = [&["doc", "--no-deps"], &HOST[..]].concat();
        run(cargo(&arguments).env("RUSTDOCFLAGS", "-D warnings"))
    })
}

fn lint_server_half() -> Result<()> {
    run(&mut cargo(&[&["clippy", "--all-targets"], &HOST[..], &["--", "-D", "warnings"]].concat()))
}

/// The browser's side of the screens with this machine's clippy, then the whole module for the browser: Debian's
/// compiler comes without clippy.
fn lint_browser_half() -> Result<()> {
    run(&mut cargo(&["clippy", "-p", "app", "--features", "hydrate", "--", "-D", "warnings"]))?;
    wasm::ensure()?;
    let compiler = Compiler::find().context("no Rust here can build for the browser")?;
    let linted =
        compiler == Compiler::Rustup && output(&mut program("cargo", &["clippy", "--version"])).is_ok();
    without_warnings(compiler.cargo(&[if linted { "clippy" } else { "check" }, "-p", "frontend"]))
}

/// Fails on any warning. Not by `-D warnings` in the flags: that would compile every dependency a second time.
fn without_warnings(mut command: std::process::Command) -> Result<()> {
    let mut child = command.stderr(Stdio::piped()).spawn().context("cannot start cargo")?;
    let lines = BufReader::new(child.stderr.take().expect("it is piped")).lines();
    let mut warned = false;
    for line in lines.map_while(Result::ok) {
        eprintln!("{line}");
        warned |= line.starts_with("warning:");
    }
    if !child.wait()?.success() || warned {
        bail!("the browser half does not compile without a warning");
    }
    Ok(())
}
