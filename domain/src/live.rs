//! What happened, as browsers hear it.

use crate::ConversationId;
use crate::apps::KnownApp;
use crate::view::{Activity, ControlChange, Conversation, Facts, Message, PageView};
use serde::{Deserialize, Serialize};

/// One change. Browsers fold it into what they show; programs read it from `/live`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Change {
    /// A conversation is new or looks different. `was`: which lists it was in, nothing when it is new.
    Conversation { conversation: Box<Conversation>, was: Option<Facts> },
    /// A message is new or has come further.
    Message { message: Box<Message> },
    /// Control changed hands. `replaced`: late evidence rewrote the timeline; read it again.
    Control { conversation_id: ConversationId, change: ControlChange, rewritten: bool },
    /// Something else happened in a thread.
    Activity { conversation_id: ConversationId, activity: Activity },
    /// A page was connected, lost, renamed.
    Page { page: PageView },
    /// An app is new beside us, or is called or drawn differently. Everything it did is meant.
    App { app: KnownApp },
}

/// A change with its number. Numbers rise by one and none is missing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Numbered {
    pub n: i64,
    pub change: Change,
}
