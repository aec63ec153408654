//! Builds the browser half: compiles `frontend`, binds it, joins the style sheets, and lays everything out in
//! `target/site` for the server, with a manifest that names each file.

mod compile;
mod site;
mod style;

use crate::Mode;
use crate::setup::wasm::Compiler;
use crate::shell::{say, step, target};
use crate::words;
use anyhow::{Context, Result};
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};

/// What the browser module is made from; a change to any of it makes the next build compile and bind.
const CODE: [&str; 6] = ["app", "domain", "frontend", "xtask/src", "Cargo.toml", "Cargo.lock"];
/// What is laid out beside it.
const STYLE: [&str; 2] = ["style", words::FOLDER];

/// Builds `target/site` unless it already is what the sources say.
///
/// # Errors
/// When the sources do not compile, or a style sheet names a file that is not there.
pub fn build(mode: Mode) -> Result<()> {
    build_for(mode, Pages::Stay)
}

/// The same for development, with pages that load themselves again after [`reload_pages`].
///
/// # Errors
/// As [`build`].
pub fn build_reloading() -> Result<()> {
    build_for(Mode::Debug, Pages::Reload)
}

pub use site::reload_pages;

/// What open pages do when the browser half was built again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Pages {
    Stay,
    Reload,
}

fn build_for(mode: Mode, pages: Pages) -> Result<()> {
    let compiler =
        Compiler::find().context("no Rust here can build for the browser; run the chore `setup`")?;
    if mode == Mode::Release {
        compiler.ensure_source();
    }
    let code = Stamp::new("bound", format!("{mode:?} {compiler:?} {}", fingerprint(&CODE)?));
    let site = Stamp::new("site", format!("{} {pages:?} {}", code.text, fingerprint(&STYLE)?));
    if site.is_set() && site::is_complete() {
        say("The browser half is up to date");
        return Ok(());
    }
    if !code.is_set() {
        code.forget()?;
        step("Building the browser half", || compile::bind(compiler, mode))?;
        code.set()?;
    }
    step("Laying out target/site", || site::publish(&compile::bound(), mode, pages))?;
    site.set()
}

/// What something was made from, remembered beside it.
struct Stamp {
    file: PathBuf,
    text: String,
}

impl Stamp {
    fn new(name: &str, text: String) -> Self {
        Self { file: target().join(format!("{name}.stamp")), text }
    }

    fn is_set(&self) -> bool {
        std::fs::read_to_string(&self.file).is_ok_and(|found| found == self.text)
    }

    /// Before it is made anew: what breaks half-way is not taken for the last one.
    fn forget(&self) -> Result<()> {
        match std::fs::remove_file(&self.file) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
            _ => Ok(()),
        }
    }

    fn set(&self) -> Result<()> {
        Ok(std::fs::write(&self.file, &self.text)?)
    }
}

/// A fingerprint of bytes, in hexadecimal.
pub fn digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Every file below a folder (or the file itself), in a stable order.
pub fn files(path: &Path) -> Vec<PathBuf> {
    if path.is_file() {
        return vec![path.to_owned()];
    }
    let mut entries: Vec<PathBuf> =
        std::fs::read_dir(path).into_iter().flatten().filter_map(|entry| Some(entry.ok()?.path())).collect();
    entries.sort();
    entries.iter().flat_map(|entry| files(entry)).collect()
}

fn fingerprint(inputs: &[&str]) -> Result<String> {
    let mut all = Sha256::new();
    for file in inputs.iter().flat_map(|input| files(Path::new(input))) {
        all.update(file.to_string_lossy().as_bytes());
        all.update(digest(&std::fs::read(&file)?));
    }
    Ok(all.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digest_is_the_well_known_one() {
        assert!(digest(b"abc").starts_with("ba7816bf8f01cfea"));
    }

    #[test]
    fn files_are_found_in_every_folder_and_in_order() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("parts")).unwrap();
        for name in ["z.css", "parts/b.css", "a.css"] {
            std::fs::write(folder.path().join(name), "").unwrap();
        }
        let found: Vec<_> = files(folder.path())
            .iter()
            .map(|file| file.strip_prefix(folder.path()).unwrap().to_owned())
            .collect();
        assert_eq!(found, ["a.css", "parts/b.css", "z.css"].map(PathBuf::from));
    }
}
