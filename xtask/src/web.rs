//! Builds the browser half: compiles `frontend`, binds it, joins the style sheets, and lays everything out in
//! `target/site` for the server, with a manifest that names each file.

mod compile;
mod site;
mod style;

use crate::Mode;
use crate::setup::wasm::Compiler;
use crate::shell::{say, step, target};
use anyhow::{Context, Result};
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};

/// Everything the browser half is made from; a change to any of it makes the next build do something.
const INPUTS: [&str; 7] = ["app", "domain", "frontend", "style", "xtask/src", "Cargo.toml", "Cargo.lock"];

/// Builds `target/site` unless it already is what the sources say.
///
/// # Errors
/// When the sources do not compile, or a style sheet names a file that is not there.
pub fn build(mode: Mode) -> Result<()> {
    let compiler =
        Compiler::find().context("no Rust here can build for the browser; run the chore `setup`")?;
    let wanted = format!("{mode:?} {compiler:?} {}", inputs()?);
    let stamp = target().join("site.stamp");
    if std::fs::read_to_string(&stamp).is_ok_and(|found| found == wanted) && site::is_complete() {
        say("The browser half is up to date");
        return Ok(());
    }
    let bound = step("Building the browser half", || compile::bind(compiler, mode))?;
    step("Laying out target/site", || site::publish(&bound, mode))?;
    Ok(std::fs::write(stamp, wanted)?)
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

fn inputs() -> Result<String> {
    let mut all = Sha256::new();
    for file in INPUTS.iter().flat_map(|input| files(Path::new(input))) {
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
