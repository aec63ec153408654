//! Open Conversation, Close Conversation and Add Comment.

use crate::PersonId;
use crate::conversation::evidence::ClosingNote;
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

impl CloseConversation {
    pub fn check(&self) -> Vec<(&'static str, String)> {
        let mut flaws = Vec::new();
        let mut check = |field: &'static str, what: &str, text: &str, most: usize| {
            if text.chars().count() > most {
                flaws.push((field, format!("{what} has at most {most} characters.")));
            }
        };
        let category = self.category.as_deref().unwrap_or_default();
        check("category", "A category", category, ClosingNote::MOST_CATEGORY);
        check("summary", "A summary", self.summary.as_str(), ClosingNote::MOST_SUMMARY);
        flaws
    }

    pub fn enter(&self, sight: &Sight<'_, '_>) -> Turn {
        let summary = self.summary.fill(&sight.scope());
        // Values may make it longer than what its author wrote.
        let summary: String = summary.chars().take(ClosingNote::MOST_SUMMARY).collect();
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
        let (category, summary) = (ClosingNote::MOST_CATEGORY, ClosingNote::MOST_SUMMARY);
        assert_eq!(close(category, summary).check(), []);
        let flaws = close(category + 1, summary + 1).check();
        assert_eq!(flaws.iter().map(|(field, _)| *field).collect::<Vec<_>>(), ["category", "summary"]);
    }
}
