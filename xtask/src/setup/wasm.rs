//! The compiler for the browser half: any Rust here whose standard library is present for wasm32.
//!
//! rustup's own toolchain is preferred. Where rustup cannot reach its servers, Debian's compiler does it: it comes
//! with the library's source, and the library is built from that once. For a release, either compiles the library
//! again with the module.

use super::apt;
use crate::shell::{cargo, exists, make_folder, output, program, run, say, step, succeeds, tools};
use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

const TARGET: &str = "wasm32-unknown-unknown";
const DEBIAN_RUSTC: &str = "/usr/bin/rustc";
const DEBIAN_CARGO: &str = "/usr/bin/cargo";
const DEBIAN_PACKAGES: [&str; 5] = ["rustc-web", "cargo-web", "rust-web-src", "rust-web-llvm", "lld-22"];
/// A stable compiler takes this only with `RUSTC_BOOTSTRAP`, as its own build does.
const BUILD_LIBRARY: &str = "-Zbuild-std=std,panic_abort";
/// Code is smaller without the words for a panic, the place where it happened, and what only `{:?}` would show. A panic
/// then ends the module without a report; development builds have one.
const NO_LAST_WORDS: &str = r#"build.rustflags=["-Zunstable-options", "-Cpanic=immediate-abort", "-Zlocation-detail=none", "-Zfmt-debug=none"]"#;
const SMALL_LIBRARY: &str = "-Zbuild-std-features=optimize_for_size";
/// Where the library's source lies below a compiler's own folder.
const SOURCE: &str = "lib/rustlib/src/rust/library";
const DEBIAN_LIBRARY: &str = "/usr/lib/rustlib/wasm32-unknown-unknown/lib";

/// The Rust that builds the browser half.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compiler {
    /// The toolchain that builds the server, with its wasm32 target installed.
    Rustup,
    /// Debian's packaged compiler beside it.
    Debian,
}

impl Compiler {
    /// The first Rust on this machine that can build for the browser, if there is one.
    pub fn find() -> Option<Self> {
        [Self::Rustup, Self::Debian].into_iter().find(|compiler| can_build(compiler.rustc()))
    }

    /// A cargo call for the browser half; it has a target folder of its own, so that two compilers never undo each
    /// other's work.
    pub fn cargo(self, args: &[&str]) -> Command {
        let mut command = match self {
            Self::Rustup => cargo(args),
            Self::Debian => program(DEBIAN_CARGO, args),
        };
        if self == Self::Debian {
            command.env("RUSTC", DEBIAN_RUSTC);
        }
        command.args(["--target", TARGET]).env("CARGO_TARGET_DIR", "target-wasm");
        command
    }

    /// The same, for a module that is optimised as a whole.
    ///
    /// The library is compiled once more, with the module and its settings: one built in advance keeps its words for
    /// panics. Without the library's source the module is about a tenth larger, and nothing else is different.
    pub fn cargo_for_size(self, args: &[&str]) -> Command {
        let mut command = self.cargo(args);
        // The binder reads from a section that stripping removes what the module may use; it strips later itself.
        command.env("CARGO_PROFILE_WASM_STRIP", "none");
        if self.has_source() {
            command
                .args([BUILD_LIBRARY, SMALL_LIBRARY, "--config", NO_LAST_WORDS])
                .env("RUSTC_BOOTSTRAP", "1");
        }
        command
    }

    /// Whether the source of the standard library is here.
    fn has_source(self) -> bool {
        let root = output(&mut program(self.rustc(), &["--print", "sysroot"]));
        root.is_ok_and(|root| Path::new(root.trim()).join(SOURCE).exists())
    }

    /// Fetches the source of the standard library where it can be had.
    pub fn ensure_source(self) {
        if self == Self::Rustup && !self.has_source() && exists("rustup") {
            say("A small module needs the source of Rust's standard library. Asking rustup for it.");
            if run(&mut bounded("rustup", &["component", "add", "rust-src"])).is_err() {
                say("rustup could not bring it; the module will be about a tenth larger.");
            }
        }
    }

    /// The compiler itself.
    pub fn rustc(self) -> &'static str {
        match self {
            Self::Rustup => "rustc",
            Self::Debian => DEBIAN_RUSTC,
        }
    }
}

/// Where cargo leaves what it builds for the browser under a profile's folder name.
pub fn built(profile: &str) -> PathBuf {
    Path::new("target-wasm").join(TARGET).join(profile)
}

/// Makes sure some Rust here can build for the browser.
///
/// # Errors
/// When neither rustup nor Debian's packages can provide the library.
pub fn ensure() -> Result<()> {
    if Compiler::find().is_some() {
        return Ok(());
    }
    say(
        "The browser half needs Rust's standard library for wasm32, which is not here. Asking rustup for it.",
    );
    if exists("rustup")
        && run(&mut bounded("rustup", &["target", "add", TARGET])).is_ok()
        && can_build("rustc")
    {
        return Ok(());
    }
    say(
        "rustup could not bring it; taking Debian's compiler (up to 170 MB) and building the library from its source.",
    );
    if !Path::new(DEBIAN_CARGO).exists() || !Compiler::Debian.has_source() {
        apt::install(&DEBIAN_PACKAGES, "a compiler for the browser half")?;
    }
    step("Building the standard library for wasm32, once (about half a minute)", build_library)?;
    if Compiler::find().is_none() {
        bail!(
            "Rust's library for {TARGET} is still missing; please run `rustup target add {TARGET}` and repeat"
        );
    }
    Ok(())
}

/// Whether a compiler finds a standard library for wasm32 that is of its own release.
fn can_build(rustc: &str) -> bool {
    let emit = format!("--emit=metadata={}", std::env::temp_dir().join("baton-wasm32.rmeta").display());
    succeeds(&mut program(rustc, &["--crate-type=lib", "--crate-name=probe", "--target", TARGET, &emit, "-"]))
}

/// rustup, but it gives up after two minutes: without its servers some networks let it hang instead of refusing.
fn bounded(name: &str, args: &[&str]) -> Command {
    if !exists("timeout") {
        return program(name, args);
    }
    program("timeout", &[&["120", name], args].concat())
}

fn build_library() -> Result<()> {
    let crate_folder = tools().join("std");
    make_folder(&crate_folder.join("src"))?;
    std::fs::write(crate_folder.join("src/lib.rs"), "")?;
    std::fs::write(
        crate_folder.join("Cargo.toml"),
        "[package]\nname = \"std-for-browsers\"\nedition = \"2024\"\n[lib]\ncrate-type = [\"cdylib\"]\n[workspace]\n",
    )?;
    run(program(DEBIAN_CARGO, &["build", "--release", "-Zbuild-std=std,panic_abort", "--target", TARGET])
        .current_dir(&crate_folder)
        .env_remove("CARGO_TARGET_DIR")
        .env("RUSTC", DEBIAN_RUSTC)
        .env("RUSTC_BOOTSTRAP", "1")
        .stdin(Stdio::null()))?;
    install_library(&crate_folder.join("target").join(TARGET).join("release/deps"))
}

fn install_library(from: &Path) -> Result<()> {
    let entries = std::fs::read_dir(from).with_context(|| format!("cannot read {}", from.display()))?;
    let libraries: Vec<String> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|ending| ending == "rlib"))
        .map(|path| path.to_string_lossy().into_owned())
        .collect();
    let libraries: Vec<&str> = libraries.iter().map(String::as_str).collect();
    run(&mut apt::as_root("rm", &["-rf", DEBIAN_LIBRARY])?)?;
    run(&mut apt::as_root("install", &[&["-D", "-m", "644", "-t", DEBIAN_LIBRARY], &libraries[..]].concat())?)
}
