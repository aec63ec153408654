//! What a step decides: what is done now, and where the run goes.

use super::condition::Tested;
use super::exit::Exit;
use super::field::FieldKey;
use super::graph::StepId;
use super::settings::ControlPolicy;
use super::steps::content::Filled;
use super::steps::http::Request;
use super::value::Value;
use super::world::{Scope, World};
use crate::{AppId, PersonId, TeamId, Timestamp, WorkflowId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What a step looks at when it decides.
pub struct Sight<'a, 'w> {
    pub world: &'a World<'w>,
    /// The run's variables.
    pub found: &'a BTreeMap<String, Value>,
    pub policy: ControlPolicy,
    /// How often each jump of this run was taken.
    pub jumps: &'a BTreeMap<StepId, u8>,
    /// Whom an assignment may choose from; empty for other steps.
    pub candidates: &'a [Candidate],
}

impl<'a, 'w> Sight<'a, 'w> {
    /// What phrases can name.
    pub fn scope(&self) -> Scope<'a, 'w> {
        Scope { world: self.world, found: self.found }
    }

    pub fn now(&self) -> Timestamp {
        self.world.now
    }
}

/// Somebody a conversation can be assigned to: may see it and may answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    pub id: PersonId,
    pub online: bool,
    /// Open conversations this person has now.
    pub open: u32,
    /// When this person last got one.
    pub last_assigned_at: Option<Timestamp>,
}

/// One turn of a run at a step.
#[derive(Clone, Debug, PartialEq)]
pub struct Turn {
    pub effects: Vec<Effect>,
    /// Variables it sets.
    pub found: Vec<(String, Value)>,
    pub next: Next,
    /// Why, for the run's log.
    pub because: Because,
}

/// Where the run goes.
#[derive(Clone, Debug, PartialEq)]
pub enum Next {
    Leave(Exit),
    /// To a step anywhere in the workflow.
    Jump(StepId),
    Hold(Hold),
}

/// Waiting at a step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hold {
    pub wait: Wait,
    /// When the waiting ends by itself.
    pub until: Option<Timestamp>,
}

/// What is waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Wait {
    /// Control of the thread (the workflow's control policy).
    Control,
    /// Whether Meta takes the message.
    Acceptance,
    /// What the customer says.
    Answer,
    /// Somebody who fits.
    Assignee,
    /// Time.
    Time,
    /// The answer to a call of ours: a web request, a sheet, an AI agent, a question to Meta.
    Call,
}

/// Why a turn went as it did.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "because", rename_all = "snake_case")]
pub enum Because {
    /// Nothing had to be decided.
    Done {},
    /// Each branch with its conditions and what they found.
    Branches {
        tested: Vec<(String, Vec<Tested>)>,
    },
    /// The answer that was taken, or why it was not.
    Answered {
        value: Value,
    },
    Invalid {
        words: String,
    },
    TimeIsUp {},
    NotSent {
        words: String,
    },
    NoControl {
        owner: String,
    },
    Assigned {
        person: Option<PersonId>,
        team: Option<TeamId>,
    },
    NobodyFits {},
    EmptyTeam {},
    Hours {
        open: bool,
    },
    JumpedOut {
        times: u8,
    },
    Called {
        words: String,
    },
    /// The workflow that was to be started did not take the contact. `name`: nothing when it is gone.
    NotStarted {
        name: Option<String>,
        why: super::run::NonStart,
    },
}

/// What is done in the same transaction as the turn; what speaks to the outside becomes a row of the outbox.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "effect", rename_all = "snake_case")]
pub enum Effect {
    Send {
        content: Filled,
    },
    TakeControl {},
    PassControl {
        to: Option<AppId>,
        metadata: Option<String>,
    },
    AskOwner {},
    Assign {
        person: Option<PersonId>,
        team: Option<TeamId>,
    },
    SetField {
        key: FieldKey,
        value: Value,
    },
    AddTags {
        tags: Vec<String>,
    },
    RemoveTags {
        tags: Vec<String>,
    },
    Open {},
    Close {
        category: Option<String>,
        summary: Option<String>,
    },
    Comment {
        text: String,
        mentions: Vec<PersonId>,
    },
    /// `step`: where it begins, when that is not the beginning.
    Start {
        workflow: WorkflowId,
        #[serde(default)]
        step: Option<StepId>,
    },
    Request {
        request: Request,
    },
    AddRow {
        row: super::steps::sheet::Row,
    },
    AskAgent {
        brief: super::steps::agent::Brief,
    },
}

/// What ends a waiting.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "input", content = "with", rename_all = "snake_case")]
pub enum Input {
    /// The customer said or tapped something.
    Said(Answer),
    /// Meta took the message.
    Accepted,
    /// The message will not arrive.
    NotSent { words: String },
    /// Another app took control before the message left.
    ControlLost,
    /// We have control now, or may write without it.
    ControlOurs,
    /// Somebody may fit now: a person came online, closed a conversation or joined the team.
    Candidates,
    /// The waiting has lasted as long as it may.
    TimeIsUp,
    /// Our call came back.
    Called(CallResult),
}

/// What the customer said.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    pub text: Option<String>,
    /// The payload of a tapped button or quick reply.
    pub payload: Option<String>,
    /// Latitude and longitude.
    pub location: Option<(String, String)>,
    /// The ids of files that came along.
    pub files: Vec<String>,
    /// A token to write once more outside the window, where Meta gave one.
    pub token: Option<String>,
}

/// How a call of ours ended.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "result", rename_all = "snake_case")]
pub enum CallResult {
    /// `status`: the HTTP status, where there is one. Values by path or name.
    Answered {
        status: Option<u16>,
        values: Vec<(String, Value)>,
    },
    /// An AI agent thinks a person should go on.
    HandOver {
        words: String,
    },
    Failed {
        words: String,
    },
}

impl Turn {
    /// Goes on at once.
    pub fn leave(exit: Exit) -> Self {
        Self { effects: Vec::new(), found: Vec::new(), next: Next::Leave(exit), because: Because::Done {} }
    }

    /// Waits.
    pub fn hold(wait: Wait, until: Option<Timestamp>) -> Self {
        let next = Next::Hold(Hold { wait, until });
        Self { effects: Vec::new(), found: Vec::new(), next, because: Because::Done {} }
    }

    #[must_use]
    pub fn doing(mut self, effect: Effect) -> Self {
        self.effects.push(effect);
        self
    }

    #[must_use]
    pub fn finding(mut self, name: impl Into<String>, value: impl Into<Value>) -> Self {
        self.found.push((name.into(), value.into()));
        self
    }

    #[must_use]
    pub fn because(mut self, because: Because) -> Self {
        self.because = because;
        self
    }
}
