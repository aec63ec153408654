//! The browser's files: inside the binary in release builds, read from disk in development.

use app::Catalogue;
use domain::preferences::Language;
use rust_embed::RustEmbed;
use serde::Deserialize;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::LazyLock;

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../target/site"]
struct Site;

/// Where a page finds its files.
#[derive(Clone, Debug, Deserialize)]
pub struct Manifest {
    pub css: String,
    pub office: String,
    pub js: String,
    pub wasm: String,
    pub font: String,
    pub icons: String,
    /// The catalogues, by the tag of their language.
    #[serde(default)]
    pub words: BTreeMap<String, String>,
    /// A script that loads pages again after a new build, as `make dev` lays it out.
    pub reload: Option<String>,
}

/// How a file is compressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Coding {
    Brotli,
    Gzip,
    Plain,
}

/// A file to answer with.
pub struct File {
    pub bytes: Cow<'static, [u8]>,
    pub coding: Coding,
    /// Its name carries a hash of its content: it may be kept for ever.
    pub immutable: bool,
}

/// Where a page finds its files; plain names when the browser half was not built.
pub fn manifest() -> Manifest {
    let file = Site::get("manifest.json");
    file.and_then(|file| serde_json::from_slice(&file.data).ok()).unwrap_or_else(|| Manifest {
        css: "/assets/baton.css".into(),
        office: "/assets/office.css".into(),
        js: "/assets/baton.js".into(),
        wasm: "/assets/baton.wasm".into(),
        font: "/assets/inter.woff2".into(),
        icons: "/assets/icons.svg".into(),
        words: BTreeMap::new(),
        reload: None,
    })
}

/// The words of the screens in a language; none for English, and where the browser half was built without it.
pub fn catalogue(language: Language) -> Option<&'static Catalogue> {
    static ALL: LazyLock<BTreeMap<String, Catalogue>> = LazyLock::new(|| {
        let read = |(tag, address): (String, String)| {
            let file = Site::get(address.trim_start_matches('/'))?;
            let lines = String::from_utf8(file.data.into_owned()).ok()?;
            Some((tag, Catalogue::read(lines.leak())))
        };
        manifest().words.into_iter().filter_map(read).collect()
    });
    ALL.get(language.tag())
}

/// A file of the browser half, in the best coding the browser takes.
pub fn file(name: &str, accept_encoding: &str) -> Option<File> {
    let takes =
        |coding: &str| accept_encoding.split(',').any(|one| one.trim().split(';').next() == Some(coding));
    let path = format!("assets/{name}");
    let codings = [
        (takes("br"), ".br", Coding::Brotli),
        (takes("gzip"), ".gz", Coding::Gzip),
        (true, "", Coding::Plain),
    ];
    let found = codings.into_iter().filter(|(taken, ..)| *taken).find_map(|(_, suffix, coding)| {
        Site::get(&format!("{path}{suffix}")).map(|file| (file.data, coding))
    });
    let (bytes, coding) = found?;
    Some(File { bytes, coding, immutable: is_hashed(name) })
}

/// Whether a name carries a hash of the content, as in `main.0123456789abcdef.css`.
fn is_hashed(name: &str) -> bool {
    let hash = |part: &str| part.len() >= 8 && part.bytes().all(|byte| byte.is_ascii_hexdigit());
    name.split(['.', '-', '/']).any(hash)
}

/// The media type of a file name.
pub fn media_type(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("css") => "text/css; charset=utf-8",
        Some("tsv") => "text/tab-separated-values; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        Some("woff2") => "font/woff2",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_with_a_hash_may_be_kept_for_ever() {
        assert!(is_hashed("main.0123456789abcdef.css"));
        assert!(is_hashed("main-01234567.js"));
        assert!(!is_hashed("frontend.wasm"));
        assert!(!is_hashed("main.css"));
    }
}
