//! Running other programs, and telling the developer what is going on.

use anyhow::{Context, Result, bail};
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

/// Tells the developer what happens next.
pub fn say(text: &str) {
    eprintln!("\x1b[1m→ {text}\x1b[0m");
}

/// Announces a piece of work, does it, and says how long it took when that was worth mentioning.
pub fn step<T>(title: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    say(title);
    let start = Instant::now();
    let done = work()?;
    let seconds = start.elapsed().as_secs_f32();
    if seconds >= 1.0 {
        eprintln!("  done in {}", spoken(seconds));
    }
    Ok(done)
}

/// Seconds as a person says them: `4.2 s`, `3 min 07 s`.
pub fn spoken(seconds: f32) -> String {
    if seconds < 60.0 {
        return format!("{seconds:.1} s");
    }
    let whole = seconds.round() as u32;
    format!("{} min {:02} s", whole / 60, whole % 60)
}

/// A program to run, free of what the `cargo run` around us put into the environment.
///
/// Its library path would make a second Rust compiler load the first one's libraries, and its package variables would
/// make build scripts run again.
pub fn program(name: impl AsRef<OsStr>, args: &[&str]) -> Command {
    let mut command = Command::new(name);
    command.args(args).env_remove("LD_LIBRARY_PATH").env_remove("CARGO");
    for (key, _) in std::env::vars_os() {
        let text = key.to_string_lossy();
        if ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_", "CARGO_CRATE_"]
            .iter()
            .any(|own| text.starts_with(own))
        {
            command.env_remove(&key);
        }
    }
    command
}

/// The cargo that builds the server half.
pub fn cargo(args: &[&str]) -> Command {
    program("cargo", args)
}

/// Runs a program to its end, its output on our screen; fails when it fails.
pub fn run(command: &mut Command) -> Result<()> {
    let shown = line(command);
    let status = command.status().with_context(|| format!("cannot start `{shown}`"))?;
    if !status.success() {
        bail!("`{shown}` failed ({status})");
    }
    Ok(())
}

/// Whether a program runs and succeeds; its output is nobody's business.
pub fn succeeds(command: &mut Command) -> bool {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// What a program prints.
pub fn output(command: &mut Command) -> Result<String> {
    let shown = line(command);
    let output = command.output().with_context(|| format!("cannot start `{shown}`"))?;
    if !output.status.success() {
        bail!("`{shown}` failed: {}", String::from_utf8_lossy(&output.stderr).trim());
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Whether a program of this name can be started.
pub fn exists(name: &str) -> bool {
    let paths = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&paths).any(|folder| folder.join(name).is_file())
}

/// Where cargo puts what it builds for this machine.
pub fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| PathBuf::from("target"), PathBuf::from)
}

/// Where we keep programs that were fetched for this working copy.
pub fn tools() -> PathBuf {
    target().join("tools")
}

/// Creates a folder with its parents, unless it is there.
pub fn make_folder(path: &Path) -> Result<()> {
    std::fs::create_dir_all(path).with_context(|| format!("cannot create {}", path.display()))
}

fn line(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_read_as_people_say_them() {
        assert_eq!(spoken(4.24), "4.2 s");
        assert_eq!(spoken(187.0), "3 min 07 s");
    }

    #[test]
    fn a_failing_program_is_named_in_the_error() {
        let error = run(&mut program("false", &[])).expect_err("false fails");
        assert!(error.to_string().contains("`false` failed"), "{error}");
    }
}
