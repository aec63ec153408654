//! What workflows hear of, in the order it happened within one intention.

use domain::conversation::evidence::What;
use domain::conversation::message::{AuthorKind, Origin};
use domain::conversation::standing::Standing;
use domain::workflow::graph::StepId;
use domain::workflow::happening::Happening;
use domain::workflow::turn::{Answer, Input};
use domain::{ConversationId, MessageId, RunId, WorkflowId};
use uuid::Uuid;

/// Something that happened in a conversation.
#[derive(Debug)]
pub struct Occurrence {
    pub conversation: ConversationId,
    /// Whether a workflow did it.
    pub by_workflow: bool,
    pub what: Occurred,
}

/// What happened.
#[derive(Clone, Debug)]
pub enum Occurred {
    /// Evidence changed where the conversation stands, in a way workflows care about.
    Moved(Box<Moved>),
    /// The customer said or tapped something. `message`: nothing for a consent.
    Said { message: Option<MessageId>, answer: Answer, from_ad: bool },
    /// A message went to the contact.
    Wrote { message: MessageId, author: AuthorKind, origin: Origin },
    /// A person assigned the conversation to somebody in the inbox.
    Assigned { by: String },
    /// Something else that may let the contact enter.
    Happened(Happening),
    /// A workflow starts another for this contact, at a step of it or at the beginning. `by`: its name.
    Start { workflow: WorkflowId, step: Option<StepId>, by: String },
    /// What a run waits for has come: its message or call is named by the ticket.
    Answered { ticket: Uuid, input: Input },
    /// A run has waited long enough, or is about to go on.
    Due { run: RunId },
    /// Somebody may fit now.
    Candidates { run: RunId },
}

/// A conversation before and after a piece of evidence.
#[derive(Clone, Debug)]
pub struct Moved {
    pub what: What,
    pub before: Standing,
    pub after: Standing,
}

impl Occurred {
    /// What a piece of evidence means to workflows; nothing for most of it.
    pub fn moved(what: What, before: Standing, after: Standing) -> Option<Self> {
        let matters = before.status != after.status
            || before.control.owner != after.control.owner
            || matches!(what, What::CustomerWrote { .. });
        matters.then(|| Self::Moved(Box::new(Moved { what, before, after })))
    }
}

impl Moved {
    /// Whether control came to where we may write.
    pub fn frees_us(&self) -> bool {
        self.before.control.owner != self.after.control.owner && self.after.control.owner.is_free_for_us()
    }
}
