//! The words of the screens in other languages: one catalogue for each in `locales`, as translators' tools read and
//! write them (gettext's PO). The English words are keys; they stand in the sources and nowhere else.

mod sources;

use crate::web::files;
use anyhow::{Result, bail};
use polib::catalog::Catalog;
use polib::message::{Message, MessageView};
use sources::{TELLERS, sentences};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Where the catalogues are.
pub const FOLDER: &str = "locales";
/// What stands between a context and its sentence in a key, as in gettext's own files.
const CONTEXT: char = '\u{4}';
/// How many of what is wrong is listed.
const LISTED: usize = 20;
/// Refuses catalogues that do not say exactly what the sources say, hole for hole.
///
/// # Errors
/// Says which sentences are missing, are no longer said, or have other holes.
pub fn check() -> Result<()> {
    let sentences = sentences()?;
    let mut wrong = Vec::new();
    for path in catalogues() {
        let catalogue = read(&path)?;
        let known: BTreeMap<String, &str> = pairs(&catalogue).collect();
        let missing = sentences.keys().filter(|english| !known.contains_key(*english));
        wrong.extend(missing.map(|english| format!("missing: {english:?}")));
        let strange = known.keys().filter(|english| !sentences.contains_key(*english));
        wrong.extend(strange.map(|english| format!("no longer said: {english:?}")));
        let other = known.iter().filter(|(english, told)| holes(english) != holes(told));
        wrong.extend(other.map(|(english, told)| format!("other holes: {english:?} and {told:?}")));
    }
    if wrong.is_empty() {
        return Ok(());
    }
    let shown = wrong.iter().take(LISTED).cloned().collect::<Vec<_>>().join("\n");
    bail!("{} sentences; the chore `words` brings the catalogues up to date\n{shown}", wrong.len())
}

/// Brings every catalogue up to date: what is new is to be translated, what is no longer said goes.
///
/// # Errors
/// When a source or a catalogue cannot be read or written.
pub fn gather() -> Result<()> {
    let sentences = sentences()?;
    for path in catalogues() {
        let old = read(&path)?;
        let known: BTreeMap<String, &str> = pairs(&old).collect();
        // What translators noted in it stays.
        let mut new = Catalog::new(old.metadata.clone());
        for (english, places) in &sentences {
            let (context, alone) = match english.split_once(CONTEXT) {
                Some((context, alone)) => (Some(context), alone),
                None => (None, english.as_str()),
            };
            let before = old.find_message(context, alone, None);
            let mut message = Message::build_singular();
            message
                .with_msgctxt(context.unwrap_or_default().to_owned())
                .with_msgid(alone.to_owned())
                .with_source(places.iter().cloned().collect::<Vec<_>>().join("\n"));
            if let Some(before) = before {
                message
                    .with_msgstr(before.msgstr().unwrap_or_default().to_owned())
                    .with_translator_comments(before.translator_comments().to_owned())
                    .with_flags(before.flags().clone());
            }
            new.append_or_update(message.done());
        }
        polib::po_file::write_to_file(&new, &path)?;
        let open = sentences.keys().filter(|english| !known.contains_key(*english)).count();
        println!("{}: {} sentences, {open} to translate", path.display(), sentences.len());
    }
    Ok(())
}

/// The catalogues as browsers read them, by language: a line for each sentence, in the order of the English ones.
///
/// # Errors
/// When a catalogue cannot be read, or a sentence holds what parts the lines.
pub fn lines() -> Result<Vec<(String, String)>> {
    catalogues().iter().map(|path| Ok((language_of(path), lines_of(&read(path)?)?))).collect()
}

fn lines_of(catalogue: &Catalog) -> Result<String> {
    let told: BTreeSet<String> = catalogue.messages().filter(|message| is_told(*message)).map(key).collect();
    let pairs: BTreeMap<String, &str> = pairs(catalogue).collect();
    let mut lines = String::new();
    for (english, other) in pairs {
        if [english.as_str(), other].iter().any(|one| one.contains(['\t', '\n'])) {
            bail!("a sentence stands on one line and has no tab: {english:?}");
        }
        let mark = if told.contains(&english) { "\t" } else { "" };
        lines.push_str(&format!("{english}\t{other}{mark}\n"));
    }
    Ok(lines)
}

/// Whether a sentence arrives at the screens with its holes filled.
fn is_told(message: &dyn MessageView) -> bool {
    let teller = |place: &str| TELLERS.iter().any(|teller| place.starts_with(teller));
    message.msgid().contains('{') && message.source().split('\n').any(teller)
}

/// A message's key among the sentences.
fn key(message: &dyn MessageView) -> String {
    match message.msgctxt() {
        Some(context) if !context.is_empty() => format!("{context}{CONTEXT}{}", message.msgid()),
        _ => message.msgid().to_owned(),
    }
}

fn catalogues() -> Vec<PathBuf> {
    files(Path::new(FOLDER))
        .into_iter()
        .filter(|path| path.extension().is_some_and(|end| end == "po"))
        .collect()
}

fn language_of(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

fn read(path: &Path) -> Result<Catalog> {
    polib::po_file::parse(path).map_err(|error| anyhow::anyhow!("{}: {error}", path.display()))
}

/// What is translated for good; a translator may mark a guess as fuzzy.
fn pairs(catalogue: &Catalog) -> impl Iterator<Item = (String, &str)> {
    let sure = catalogue.messages().filter(|message| !message.is_fuzzy());
    let all = sure.map(|message| (key(message), message.msgstr().unwrap_or_default()));
    all.filter(|(english, told)| !english.is_empty() && !told.is_empty())
}

fn holes(sentence: &str) -> Vec<&str> {
    let mut holes: Vec<&str> =
        sentence.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0)).collect();
    holes.sort_unstable();
    holes
}

#[cfg(test)]
mod tests {
    use super::*;
    use polib::metadata::CatalogMetadata;

    #[test]
    fn holes_are_compared_by_name_and_number() {
        assert_eq!(holes("{a} to {b}"), holes("an {b} von {a}"));
        assert_ne!(holes("{a} to {b}"), holes("an {b}"));
        assert_ne!(holes("{a}"), holes("{a} {a}"));
    }

    #[test]
    fn lines_stand_in_the_order_of_the_english_bytes() {
        let mut catalogue = Catalog::new(CatalogMetadata::new());
        for (english, told, place) in [
            ("b", "zwei", "app/src/text.rs"),
            ("Z", "eins", "domain/src/page.rs"),
            ("{n} left", "noch {n}", "domain/src/page.rs"),
            ("open", "", "app/src/text.rs"),
        ] {
            let mut message = Message::build_singular();
            message.with_msgid(english.to_owned()).with_msgstr(told.to_owned()).with_source(place.to_owned());
            catalogue.append_or_update(message.done());
        }
        assert_eq!(lines_of(&catalogue).unwrap(), "Z\teins\nb\tzwei\n{n} left\tnoch {n}\t\n");
    }
}
