//! What happened, as browsers hear it.

use crate::apps::KnownApp;
use crate::person::{Act, Actor, Sight};
use crate::view::{Activity, ControlChange, Conversation, Facts, Message, PageView};
use crate::workflow::view::{ContactDetails, RunView};
use crate::writing::Note;
use crate::{ConversationId, NoteId, PersonId};
use serde::{Deserialize, Serialize};

/// One change. Browsers fold it into what they show; programs read it from `/live`.
#[derive(Clone, Debug, PartialEq, Serialize)]
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
    /// Somebody came, left or looks different, or a team did: read the people again.
    Team,
    /// A conversation has left the reader's sight, or was deleted; nothing of it is told from now on. `was`: which lists it was in.
    ConversationHidden { conversation_id: ConversationId, was: Facts },
    /// The team wrote a note.
    Note { note: Box<Note> },
    /// A note was deleted.
    NoteDeleted { conversation_id: ConversationId, note_id: NoteId },
    /// A person has begun a draft (`any`), or has none any more. What it says stays with its author.
    Draft { conversation_id: ConversationId, person_id: PersonId, any: bool },
    /// A workflow's run started, moved or ended. Only who may see runs hears it (WF-37).
    Run { run: Box<RunView> },
    /// A workflow was published, stopped, changed or deleted: read what concerns workflows again.
    Workflows,
    /// What the team knows about a contact has changed.
    Contact { conversation_id: ConversationId, details: Box<ContactDetails> },
}

crate::tagged!(Change by "kind" {
    "conversation" => Conversation { conversation, was },
    "message" => Message { message },
    "control" => Control { conversation_id, change, rewritten },
    "activity" => Activity { conversation_id, activity },
    "page" => Page { page },
    "app" => App { app },
    "team" => Team,
    "conversation_hidden" => ConversationHidden { conversation_id, was },
    "note" => Note { note },
    "note_deleted" => NoteDeleted { conversation_id, note_id },
    "draft" => Draft { conversation_id, person_id, any },
    "run" => Run { run },
    "workflows" => Workflows,
    "contact" => Contact { conversation_id, details },
});

impl Change {
    /// The conversation it tells of: only who sees that one hears it. Nothing when it is for everybody.
    pub fn about(&self) -> Option<ConversationId> {
        match self {
            Self::Conversation { conversation, .. } => Some(conversation.id),
            Self::Message { message } => Some(message.conversation_id),
            Self::Control { conversation_id, .. } | Self::ConversationHidden { conversation_id, .. } => {
                Some(*conversation_id)
            }
            Self::Activity { conversation_id, .. }
            | Self::Draft { conversation_id, .. }
            | Self::NoteDeleted { conversation_id, .. } => Some(*conversation_id),
            Self::Note { note } => Some(note.conversation_id),
            Self::Run { run } => Some(run.conversation_id),
            Self::Contact { conversation_id, .. } => Some(*conversation_id),
            Self::Page { .. } | Self::App { .. } | Self::Team | Self::Workflows => None,
        }
    }

    /// Whether only those hear it who may see what workflows do.
    pub const fn is_of_runs(&self) -> bool {
        matches!(self, Self::Run { .. })
    }
}

/// Who hears a change about a conversation follows from where the conversation was and where it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Audience {
    pub conversation: ConversationId,
    /// Nothing when the conversation is new.
    pub was: Option<Facts>,
    pub is: Facts,
    /// Only for those who may see what workflows do (WF-37).
    #[serde(default)]
    pub of_runs: bool,
    /// The conversation was deleted: it is nowhere from now on.
    #[serde(default)]
    pub gone: bool,
}

/// What somebody may hear.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ears {
    pub sight: Sight,
    /// Whether they may see what workflows do.
    pub runs: bool,
}

impl Ears {
    /// Whether there is nothing they do not hear.
    pub fn hear_everything(&self) -> bool {
        self.runs && self.sight == Sight::Everything
    }
}

impl From<&Actor> for Ears {
    fn from(actor: &Actor) -> Self {
        Self { sight: actor.sight(), runs: actor.may(Act::SeeRuns) }
    }
}

/// What somebody hears of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heard {
    /// The change as it is.
    Change,
    /// The conversation is new to them: nothing of where it was before.
    Entered,
    /// Only that they see the conversation no longer.
    Left,
    Nothing,
}

impl Audience {
    /// What somebody with these ears hears of it.
    pub fn heard(&self, ears: &Ears) -> Heard {
        if self.of_runs && !ears.runs {
            return Heard::Nothing;
        }
        let sight = &ears.sight;
        let sees = |facts: &Facts| sight.sees(facts.assignee, facts.team);
        if self.gone {
            return if sees(&self.is) { Heard::Change } else { Heard::Nothing };
        }
        match (self.was.as_ref().map(sees), sees(&self.is)) {
            (None | Some(true), true) => Heard::Change,
            (Some(false), true) => Heard::Entered,
            (Some(true), false) => Heard::Left,
            (None | Some(false), false) => Heard::Nothing,
        }
    }
}

/// A change with its number. Numbers rise by one and none is missing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Numbered {
    pub n: i64,
    pub change: Change,
}
