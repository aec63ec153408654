//! `target/site`: the files the server hands to browsers, and `manifest.json`, which says what each is called.

use super::{Pages, digest, files, style};
use crate::Mode;
use crate::shell::{make_folder, program, run};
use crate::words;
use anyhow::{Context, Result};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

const SITE: &str = "target/site";
/// What the style folder holds besides sheets: fonts, icons, pictures.
const MEDIA: [&str; 5] = ["woff2", "svg", "png", "ico", "webp"];
/// Files that shrink when compressed; fonts and pictures are compressed already.
const COMPRESSIBLE: [&str; 5] = ["css", "js", "wasm", "svg", "tsv"];
/// What reloading pages ask for again and again; a new text in it means a new build.
const BUILD: &str = "build.txt";

/// Whether a site was laid out completely; the manifest is written last.
pub fn is_complete() -> bool {
    Path::new(SITE).join("manifest.json").is_file()
}

/// Lays out the site from the bound module and the style folder, and removes what it no longer needs.
///
/// # Errors
/// When `style/main.css`, `style/office.css`, the font or the icons are missing, or a catalogue cannot be read.
pub fn publish(bound: &Path, mode: Mode, pages: Pages) -> Result<()> {
    let mut site = Site { mode, written: BTreeSet::new() };
    let mut media = BTreeMap::new();
    for file in files(Path::new("style")).into_iter().filter(|file| has_ending(file, &MEDIA)) {
        let name = file_name(&file);
        media.insert(name.clone(), site.add(&name, &std::fs::read(&file)?)?);
    }
    let sheet = |name| anyhow::Ok(style::point_at(&style::join(&Path::new("style").join(name))?, &media));
    let (css, office) = (sheet("main.css")?, sheet("office.css")?);
    let font =
        media.iter().find(|(name, _)| name.ends_with(".woff2")).context("style/ has no .woff2 font")?.1;
    let module = site.add_module(bound)?;
    let mut manifest = vec![
        ("css", site.add("main.css", css.as_bytes())?),
        ("office", site.add("office.css", office.as_bytes())?),
        ("js", format!("{module}/frontend.js")),
        ("wasm", format!("{module}/frontend_bg.wasm")),
        ("font", font.clone()),
        ("icons", media.get("icons.svg").context("style/icons.svg is missing")?.clone()),
    ];
    if pages == Pages::Reload {
        manifest.push(("reload", site.add("reload.js", include_bytes!("reload.js"))?));
    }
    let mut languages = Vec::new();
    for (language, lines) in words::lines()? {
        let address = site.add(&format!("words-{language}.tsv"), lines.as_bytes())?;
        languages.push(format!("\"{language}\": \"{address}\""));
    }
    let mut manifest: Vec<String> =
        manifest.iter().map(|(key, address)| format!("  \"{key}\": \"{address}\"")).collect();
    manifest.push(format!("  \"words\": {{ {} }}", languages.join(", ")));
    if mode == Mode::Release {
        site.compress()?;
    }
    write(&Path::new(SITE).join("manifest.json"), format!("{{\n{}\n}}\n", manifest.join(",\n")).as_bytes())?;
    site.remove_others()
}

/// Tells open pages of a reloading site that a newer build is in place.
///
/// # Errors
/// When the site cannot be written.
pub fn reload_pages() -> Result<()> {
    let now = SystemTime::now().duration_since(UNIX_EPOCH)?.as_millis();
    write(&Path::new(SITE).join("assets").join(BUILD), now.to_string().as_bytes())
}

struct Site {
    mode: Mode,
    written: BTreeSet<PathBuf>,
}

impl Site {
    /// Writes a file under the name it is served by, and returns its address.
    fn add(&mut self, name: &str, bytes: &[u8]) -> Result<String> {
        let served = match self.mode {
            Mode::Debug => name.to_owned(),
            Mode::Release => hashed(name, bytes),
        };
        self.write(&served, bytes)?;
        Ok(format!("/assets/{served}"))
    }

    /// The module, its parts and their glue, in a folder of their own: they name each other, so that only the folder
    /// can carry the hash. Returns its address.
    fn add_module(&mut self, bound: &Path) -> Result<String> {
        let all = files(bound);
        let folder = match self.mode {
            Mode::Debug => "browser".to_owned(),
            Mode::Release => hash_of_all(&all)?,
        };
        for file in all {
            let below = file.strip_prefix(bound).expect("it was found below this folder");
            self.write(&format!("{folder}/{}", below.display()), &std::fs::read(&file)?)?;
        }
        Ok(format!("/assets/{folder}"))
    }

    fn write(&mut self, served: &str, bytes: &[u8]) -> Result<()> {
        let path = Path::new(SITE).join("assets").join(served);
        write(&path, bytes)?;
        self.written.insert(path);
        Ok(())
    }

    /// Puts a `.br` and a `.gz` beside every file that gains from it.
    fn compress(&mut self) -> Result<()> {
        let plain: Vec<PathBuf> =
            self.written.iter().filter(|file| has_ending(file, &COMPRESSIBLE)).cloned().collect();
        run(program("node", &["xtask/src/web/compress.mjs"]).args(&plain))?;
        for file in plain {
            self.written.insert(PathBuf::from(format!("{}.br", file.display())));
            self.written.insert(PathBuf::from(format!("{}.gz", file.display())));
        }
        Ok(())
    }

    fn remove_others(&self) -> Result<()> {
        let all = files(&Path::new(SITE).join("assets"));
        all.iter()
            .filter(|file| !self.written.contains(*file))
            .try_for_each(|file| Ok(std::fs::remove_file(file)?))
    }
}

fn hash_of_all(files: &[PathBuf]) -> Result<String> {
    let mut all = String::new();
    for file in files {
        all.push_str(&digest(&std::fs::read(file)?));
    }
    Ok(digest(all.as_bytes())[..16].to_owned())
}

/// `main.css` → `main-3f2a91c04b5d6e7f.css`: the name changes whenever the content does, so browsers may keep it forever.
fn hashed(name: &str, bytes: &[u8]) -> String {
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
    format!("{stem}-{}.{ending}", &digest(bytes)[..16])
}

/// Writes a file unless it already says so: a server that embeds it is then not built again for nothing.
fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    make_folder(path.parent().expect("files of the site lie in folders"))?;
    if std::fs::read(path).is_ok_and(|found| found == bytes) {
        return Ok(());
    }
    std::fs::write(path, bytes).with_context(|| format!("cannot write {}", path.display()))
}

fn has_ending(path: &Path, endings: &[&str]) -> bool {
    path.extension().is_some_and(|found| endings.iter().any(|ending| found == *ending))
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_served_name_follows_the_content() {
        let first = hashed("main.css", b"a");
        assert!(first.starts_with("main-") && first.ends_with(".css"), "{first}");
        assert_eq!(first, hashed("main.css", b"a"));
        assert_ne!(first, hashed("main.css", b"b"));
    }
}
