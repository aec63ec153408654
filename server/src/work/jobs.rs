//! What the outbox can hold: each job is something to ask of Meta after commit.

use domain::workflow::steps::agent::Brief;
use domain::workflow::steps::content::Filled;
use domain::workflow::steps::http::Request;
use domain::workflow::steps::sheet::Row;
use domain::{AppId, ConversationId, MessageId, PersonId, SECOND, Timestamp};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The word of a message's row.
pub const SEND: &str = "send";

/// Something to do outside. It may be tried more than once; a message never is when its outcome is unknown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "job", rename_all = "snake_case")]
pub enum Job {
    /// Hands a message to Meta.
    Send {
        message: MessageId,
        by: Option<PersonId>,
        /// The newest message the author had seen.
        through: Timestamp,
        then: Option<Afterwards>,
        /// What a workflow wrote, where that is more than the message's text.
        #[serde(default)]
        content: Option<Box<Filled>>,
        /// Whether history has shown once that Meta never took it.
        #[serde(default)]
        again: bool,
    },
    Take {
        conversation: ConversationId,
        by: Option<PersonId>,
        /// What a run waits for.
        #[serde(default)]
        ticket: Option<Uuid>,
    },
    /// Gives the thread back, or to one app by name.
    Release {
        conversation: ConversationId,
        by: Option<PersonId>,
        automatic: bool,
        to: Option<AppId>,
        /// What the receiver is told instead of a summary.
        #[serde(default)]
        words: Option<String>,
        #[serde(default)]
        ticket: Option<Uuid>,
    },
    /// Asks who has control.
    Ask {
        conversation: ConversationId,
        #[serde(default)]
        ticket: Option<Uuid>,
    },
    /// Asks somebody else's server for a run.
    Call { conversation: ConversationId, ticket: Uuid, call: Box<Outside> },
    /// Looks in Meta's history for a message whose fate is unknown.
    Settle {
        conversation: ConversationId,
        message: MessageId,
        /// As in `Send`: what the author meant happens once the message is known to be out.
        through: Timestamp,
        then: Option<Afterwards>,
        /// What a workflow wrote, to send it again once history has shown that Meta never took it.
        #[serde(default)]
        content: Option<Box<Filled>>,
    },
    /// Asks for a customer's name and picture.
    Profile { conversation: ConversationId },
}

/// What a run asks of somebody else's server.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "outside", rename_all = "snake_case")]
pub enum Outside {
    Request { request: Request },
    Row { row: Row },
    Agent { brief: Brief },
}

/// What happens with the conversation once Meta has the message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Afterwards {
    ResetControl,
    Close,
    Snooze,
}

/// How long to wait for an echo before asking Meta's history, in milliseconds.
const ECHO_PATIENCE: i64 = 8 * SECOND;

impl Job {
    /// The word stored with the row.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Send { .. } => SEND,
            Self::Take { .. } => "take",
            Self::Release { .. } => "release",
            Self::Ask { .. } => "ask",
            Self::Call { .. } => "call",
            Self::Settle { .. } => "settle",
            Self::Profile { .. } => "profile",
        }
    }

    /// A message is its own job: the id made in the browser is idempotency key and outbox key at once.
    pub fn id(&self) -> Option<Uuid> {
        match self {
            Self::Send { message, .. } => Some(message.0),
            Self::Call { ticket, .. } => Some(*ticket),
            // Once for each conversation, and runs find it by that.
            Self::Profile { conversation } => Some(conversation.0),
            Self::Take { .. } | Self::Release { .. } | Self::Ask { .. } | Self::Settle { .. } => None,
        }
    }

    /// The conversation it is about, where the job says it.
    pub fn conversation(&self) -> Option<ConversationId> {
        match self {
            Self::Take { conversation, .. }
            | Self::Release { conversation, .. }
            | Self::Ask { conversation, .. }
            | Self::Call { conversation, .. }
            | Self::Settle { conversation, .. }
            | Self::Profile { conversation } => Some(*conversation),
            Self::Send { .. } => None,
        }
    }

    /// How long it waits before the first try, in milliseconds.
    pub fn delay(&self) -> i64 {
        match self {
            Self::Settle { .. } => ECHO_PATIENCE,
            Self::Send { .. }
            | Self::Take { .. }
            | Self::Release { .. }
            | Self::Ask { .. }
            | Self::Call { .. }
            | Self::Profile { .. } => 0,
        }
    }

    /// As stored.
    pub fn payload(&self) -> String {
        serde_json::to_string(self).expect("a job of ids and words has a JSON form")
    }
}
