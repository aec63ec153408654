//! Who hears a frame, and how: decided once per frame, looked up per socket.

use domain::live::{Audience, Change, Ears, Heard, Numbered};
use store::changes::Entry;
use tokio_tungstenite::tungstenite::Utf8Bytes;

/// Whom a frame reaches.
pub struct Reach {
    /// Nothing: everybody.
    audience: Option<Audience>,
    moved: Option<Moved>,
}

/// What is said instead when a conversation came into somebody's sight, or left it.
struct Moved {
    entered: Utf8Bytes,
    left: Utf8Bytes,
}

impl Reach {
    /// Reads who may hear a change of the log.
    pub fn of(entry: &Entry) -> Self {
        let audience = entry.audience.clone();
        Self { moved: audience.as_ref().and_then(|audience| Moved::of(entry, audience)), audience }
    }

    /// The frame as somebody with these ears hears it; empty when they do not.
    pub fn said(&self, frame: &Utf8Bytes, ears: &Ears) -> Utf8Bytes {
        let heard = self.audience.as_ref().map_or(Heard::Change, |audience| audience.heard(ears));
        match (heard, &self.moved) {
            (Heard::Change, _) => frame.clone(),
            (Heard::Entered, Some(moved)) => moved.entered.clone(),
            (Heard::Left, Some(moved)) => moved.left.clone(),
            // Nothing is said rather than too much.
            (Heard::Entered | Heard::Left, None) | (Heard::Nothing, _) => Utf8Bytes::default(),
        }
    }
}

impl Moved {
    /// Only a conversation that changes hands can come into a sight or leave it.
    fn of(entry: &Entry, audience: &Audience) -> Option<Self> {
        let was = audience
            .was
            .filter(|was| (was.assignee, was.team) != (audience.is.assignee, audience.is.team))?;
        let Numbered { n, change: Change::Conversation { conversation, .. } } =
            serde_json::from_str(&entry.frame).ok()?
        else {
            return None;
        };
        let hidden = Change::ConversationHidden { conversation_id: conversation.id, was };
        let entered = Change::Conversation { conversation, was: None };
        Some(Self { entered: frame(n, entered)?, left: frame(n, hidden)? })
    }
}

fn frame(n: i64, change: Change) -> Option<Utf8Bytes> {
    serde_json::to_string(&Numbered { n, change }).ok().map(Utf8Bytes::from)
}
