//! What this person did from the palette lately, in this browser.

use crate::browser;
use domain::PersonId;

/// How many are remembered.
const KEPT: usize = 4;

fn name(person: PersonId) -> String {
    format!("baton.palette.{person}")
}

/// The entries done lately, the last one first.
pub fn recent(person: PersonId) -> Vec<String> {
    browser::recall(&name(person)).map(|kept| kept.lines().map(str::to_owned).collect()).unwrap_or_default()
}

/// Remembers that an entry was done.
pub fn remember(person: PersonId, id: &str) {
    let mut entries = recent(person);
    entries.retain(|other| other != id);
    entries.insert(0, id.to_owned());
    entries.truncate(KEPT);
    browser::keep(&name(person), &entries.join("\n"));
}
