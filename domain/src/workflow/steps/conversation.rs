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

impl CloseConversation {
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
