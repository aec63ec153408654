//! What happened lately and what came of it, in this browser. Names and words are not kept.

use crate::browser;
use domain::attention::{Event, Peace, Subject};
use domain::wire;
use domain::{PersonId, Timestamp};
use serde::{Deserialize, Serialize};

/// How many entries are kept.
#[cfg(feature = "hydrate")]
const KEPT: usize = 20;

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    pub at: Timestamp,
    pub event: Event,
    pub subject: Subject,
    pub outcome: Outcome,
}

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Per way: nothing when it was not wanted, else whether it worked.
    Called { sound: Option<bool>, desktop: Option<bool> },
    /// Nobody was called, and why.
    Peace(Peace),
}

fn name(person: PersonId) -> String {
    format!("baton.attention.{person}")
}

/// What happened lately, the last first.
pub fn entries(person: PersonId) -> Vec<Entry> {
    let kept = browser::recall(&name(person));
    kept.and_then(|kept| wire::read(kept.as_bytes()).ok()).unwrap_or_default()
}

/// When a way worked last: by sound, or on the desktop.
pub fn last(entries: &[Entry], desktop: bool) -> Option<Timestamp> {
    let worked = |outcome: Outcome| match outcome {
        Outcome::Called { desktop: shown, .. } if desktop => shown == Some(true),
        Outcome::Called { sound, .. } => sound == Some(true),
        Outcome::Peace(_) => false,
    };
    entries.iter().find(|entry| worked(entry.outcome)).map(|entry| entry.at)
}

/// Writes down what came of something.
#[cfg(feature = "hydrate")]
pub fn write(person: PersonId, entry: Entry) {
    let mut all = entries(person);
    all.insert(0, entry);
    all.truncate(KEPT);
    if let Ok(text) = serde_json::to_string(&all) {
        browser::keep(&name(person), &text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(at: i64, outcome: Outcome) -> Entry {
        Entry { at: Timestamp(at), event: Event::Page, subject: Subject::Page("1".into()), outcome }
    }

    #[test]
    fn the_last_time_is_told_of_each_way_by_itself() {
        let both = |sound, desktop| Outcome::Called { sound: Some(sound), desktop: Some(desktop) };
        let entries =
            [entry(4, Outcome::Peace(Peace::Quiet)), entry(3, both(true, false)), entry(2, both(true, true))];
        assert_eq!((last(&entries, false), last(&entries, true)), (Some(Timestamp(3)), Some(Timestamp(2))));
        assert_eq!(last(&entries[..1], true), None);
    }
}
