//! Debian packages, the source of everything that rustup and npm do not bring.

use crate::shell::{exists, output, program, run, say, succeeds};
use anyhow::{Result, bail};
use std::process::Command;

/// Installs packages, after saying which and why.
///
/// # Errors
/// When the machine has no `apt-get`, or we may not use it: the text then says what to run by hand.
pub fn install(packages: &[&str], why: &str) -> Result<()> {
    let list = packages.join(" ");
    if !exists("apt-get") {
        bail!(
            "{why} needs {list}; this machine has no apt-get, so please install it the way your system does"
        );
    }
    say(&format!("Installing {list} with apt-get: {why}"));
    let arguments = [&["install", "-y", "--no-install-recommends"], packages].concat();
    // Package lists are often fresh enough; a brand-new image has none.
    if known(packages) && run(&mut as_root("apt-get", &arguments)?).is_ok() {
        return Ok(());
    }
    run(&mut as_root("apt-get", &["update", "-q"])?)?;
    run(&mut as_root("apt-get", &arguments)?)
}

/// A program run with the rights to change the system: directly as root, otherwise through `sudo`.
///
/// # Errors
/// When we are neither root nor have `sudo`.
pub fn as_root(name: &str, args: &[&str]) -> Result<Command> {
    let mut command = if output(&mut program("id", &["-u"]))?.trim() == "0" {
        program(name, args)
    } else if exists("sudo") {
        program("sudo", &[&["DEBIAN_FRONTEND=noninteractive", name], args].concat())
    } else {
        bail!("this needs root rights; please run `{name} {}` as root, then repeat", args.join(" "));
    };
    command.env("DEBIAN_FRONTEND", "noninteractive");
    Ok(command)
}

fn known(packages: &[&str]) -> bool {
    packages.iter().all(|package| succeeds(&mut program("apt-cache", &["show", package])))
}
