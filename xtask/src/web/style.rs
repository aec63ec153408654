//! One style sheet out of many: imports are replaced by what they name, and files by the names they are served under.

use anyhow::{Context, Result, bail};
use std::collections::BTreeMap;
use std::path::Path;

/// The style sheet at `entry` with every `@import` replaced by the sheet it names, in order.
///
/// # Errors
/// When an import names a sheet that is not there, or one that is being imported already.
pub fn join(entry: &Path) -> Result<String> {
    join_inside(entry, &mut Vec::new())
}

/// The style sheet with every `url(…)` whose file name is known pointing at the address it is served under.
pub fn point_at(css: &str, addresses: &BTreeMap<String, String>) -> String {
    let mut pointed = String::with_capacity(css.len());
    let mut rest = css;
    while let Some(start) = rest.find("url(") {
        let (before, from) = rest.split_at(start + "url(".len());
        let end = url_end(from);
        let (inside, after) = from.split_at(end);
        let name = inside.trim().trim_matches(['"', '\'']).rsplit('/').next().unwrap_or_default();
        pointed.push_str(before);
        match addresses.get(name) {
            Some(address) => pointed.push_str(&format!("\"{address}\"")),
            None => pointed.push_str(inside),
        }
        rest = after;
    }
    pointed + rest
}

fn join_inside(sheet: &Path, open: &mut Vec<std::path::PathBuf>) -> Result<String> {
    if open.iter().any(|outer| outer == sheet) {
        bail!("{} imports itself", sheet.display());
    }
    let text =
        std::fs::read_to_string(sheet).with_context(|| format!("no style sheet {}", sheet.display()))?;
    open.push(sheet.to_owned());
    let mut joined = String::new();
    for line in text.lines() {
        match Import::read(line) {
            Some(import) => {
                let inner = join_inside(&sheet.with_file_name(import.sheet), open)?;
                joined.push_str(&import.wrap(&inner));
            }
            None => joined.push_str(line),
        }
        joined.push('\n');
    }
    open.pop();
    Ok(joined)
}

/// A line like `@import "parts/row.css" layer(parts);`.
struct Import<'a> {
    sheet: &'a str,
    layer: Option<&'a str>,
}

impl<'a> Import<'a> {
    fn read(line: &'a str) -> Option<Self> {
        let rest = line.trim().strip_prefix("@import")?.trim().strip_suffix(';')?;
        let rest = rest.strip_prefix("url(").unwrap_or(rest);
        let quote = rest.chars().next().filter(|first| matches!(first, '"' | '\''))?;
        let (sheet, after) = rest[1..].split_once(quote)?;
        let layer =
            after.split_once("layer(").and_then(|(_, name)| name.split_once(')')).map(|(name, _)| name);
        Some(Self { sheet, layer })
    }

    fn wrap(&self, inner: &str) -> String {
        match self.layer {
            Some(layer) => format!("@layer {layer} {{\n{inner}}}"),
            None => inner.to_owned(),
        }
    }
}

/// Where the address inside `url(` ends: at its closing quote when it has one, as pictures inside may hold brackets.
fn url_end(from: &str) -> usize {
    let quote = from.chars().next().filter(|first| matches!(first, '"' | '\''));
    let closing = match quote {
        Some(quote) => from[1..].find(quote).map(|at| at + 2),
        None => from.find(')'),
    };
    closing.unwrap_or(from.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheets(files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("parts")).unwrap();
        for (name, text) in files {
            std::fs::write(folder.path().join(name), text).unwrap();
        }
        folder
    }

    #[test]
    fn imports_are_joined_in_order_and_relative_to_their_sheet() {
        let folder = sheets(&[
            ("main.css", "@import \"layers.css\";\n@import \"parts/all.css\";\nb { c: d }\n"),
            ("layers.css", "@layer parts;\n"),
            ("parts/all.css", "@import \"row.css\";\n"),
            ("parts/row.css", ".row { x: y }\n"),
        ]);
        let joined = join(&folder.path().join("main.css")).unwrap();
        let lines: Vec<&str> = joined.lines().filter(|line| !line.is_empty()).collect();
        assert_eq!(lines, ["@layer parts;", ".row { x: y }", "b { c: d }"]);
    }

    #[test]
    fn an_import_into_a_layer_stays_in_it() {
        let folder = sheets(&[("main.css", "@import \"a.css\" layer(base);\n"), ("a.css", "a { b: c }\n")]);
        let joined = join(&folder.path().join("main.css")).unwrap();
        assert_eq!(joined.trim(), "@layer base {\na { b: c }\n}");
    }

    #[test]
    fn a_missing_or_circular_import_is_named() {
        let folder =
            sheets(&[("main.css", "@import \"gone.css\";\n"), ("loop.css", "@import \"loop.css\";\n")]);
        let missing = join(&folder.path().join("main.css")).unwrap_err().to_string();
        assert!(missing.contains("gone.css"), "{missing}");
        let circular = join(&folder.path().join("loop.css")).unwrap_err().to_string();
        assert!(circular.contains("imports itself"), "{circular}");
    }

    #[test]
    fn known_files_get_their_served_address_and_pictures_inside_stay() {
        let addresses = BTreeMap::from([("inter.woff2".to_owned(), "/assets/inter-1a.woff2".to_owned())]);
        let css = "src: url(\"../fonts/inter.woff2\") format(\"woff2\"); background: url(\"data:a,(b)/c\") top; \
                   x: url(inter.woff2);";
        let expected = "src: url(\"/assets/inter-1a.woff2\") format(\"woff2\"); background: url(\"data:a,(b)/c\") top; \
                        x: url(\"/assets/inter-1a.woff2\");";
        assert_eq!(point_at(css, &addresses), expected);
    }
}
