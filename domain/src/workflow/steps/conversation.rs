//! Open Conversation, Close Conversation and Add Comment.

use crate::PersonId;
use crate::workflow::exit::Exit;
use crate::workflow::phrase::Phrase;
use crate::workflow::turn::{Effect, Sight, Turn};
use serde::{Deserialize, Serialize};

/// Opens the conversation, with *workflow* as the source.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OpenConversation {}

impl OpenConversation {
    pub fn enter(self) -> Turn {
        Turn::leave(Exit::Next).doing(Effect::Open {})
    }
}

/// Closes the conversation, if wanted with a closing note. Steps behind it still run (B-1).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CloseConversation {
    pub category: Option<String>,
    pub summary: Phrase,
}

/// The most characters of a closing note's category.
pub const MOST_CATEGORY: usize = 60;
/// The most characters of a closing note's summary, as it is written here.
pub const MOST_SUMMARY: usize = 2_000;

impl CloseConversation {
    pub fn check(&self) -> Vec<(&'static str, String)> {
        let mut flaws = Vec::new();
        if self.category.as_ref().is_some_and(|category| category.chars().count() > MOST_CATEGORY) {
            flaws.push(("category", format!("A category has at most {MOST_CATEGORY} characters.")));
        }
        if self.summary.as_str().chars().count() > MOST_SUMMARY {
            flaws.push(("summary", format!("A summary has at most {MOST_SUMMARY} characters.")));
        }
        flaws
    }

    pub fn enter(&self, sight: &Sight<'_, '_>) -> Turn {
        let summary = self.summary.fill(&sight.scope());
        let summary = (!summary.trim().is_empty()).then_some(summary);
        Turn::leave(Exit::Next).doing(Effect::Close { category: self.category.clone(), summary })
    }
}

/// Leaves a note for the team; the customer never sees it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AddComment {
    pub text: Phrase,
    pub mentions: Vec<PersonId>,
}

impl AddComment {
    pub fn check(&self, people: &dyn Fn(PersonId) -> bool) -> Vec<(&'static str, String)> {
        let mut flaws = Vec::new();
        if self.text.is_blank() {
            flaws.push(("text", "Write the note.".to_owned()));
        }
        if !self.mentions.iter().all(|person| people(*person)) {
            flaws.push(("mentions", "Somebody mentioned here is not in the team any more.".to_owned()));
        }
        flaws
    }

    pub fn enter(&self, sight: &Sight<'_, '_>) -> Turn {
        let text = self.text.fill(&sight.scope());
        Turn::leave(Exit::Next).doing(Effect::Comment { text, mentions: self.mentions.clone() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_closing_note_fits_a_report() {
        let close = |letters: usize, words: usize| CloseConversation {
            category: Some("ä".repeat(letters)),
            summary: Phrase::new("x".repeat(words)),
        };
        assert_eq!(close(MOST_CATEGORY, MOST_SUMMARY).check(), []);
        let flaws = close(MOST_CATEGORY + 1, MOST_SUMMARY + 1).check();
        assert_eq!(flaws.iter().map(|(field, _)| *field).collect::<Vec<_>>(), ["category", "summary"]);
    }
}
