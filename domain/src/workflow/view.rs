//! Workflows and their runs, as screens and programs see them.

use super::exit::Exit;
use super::field::Field;
use super::graph::StepId;
use super::hours::Hours;
use super::run::Reason;
use super::settings::Settings;
use super::status::Status;
use super::trigger::FormField;
use super::turn::{Because, Effect, Wait};
use super::value::Value;
use crate::{ConversationId, RunId, ScheduleId, Timestamp, WorkflowId};
use serde::{Deserialize, Serialize};

/// The most workflows a workspace has (WF-07).
pub const MOST_WORKFLOWS: i64 = 100;

/// A workflow as a line of the list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WorkflowRow {
    pub id: WorkflowId,
    pub name: String,
    pub description: String,
    pub status: Status,
    pub settings: Settings,
    /// The trigger's name, such as "Conversation Opened"; nothing before one is chosen.
    pub trigger: Option<String>,
    pub steps: usize,
    /// Steps, and the trigger, that still lack something: it cannot be published before there are none.
    pub incomplete: usize,
    /// How many contacts are in it now.
    pub running: i64,
    /// Counts saves.
    pub revision: i64,
    pub created_by: String,
    pub created_at: Timestamp,
    pub published_by: Option<String>,
    pub published_at: Option<Timestamp>,
}

/// One contact's journey, without its log.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RunView {
    pub id: RunId,
    pub workflow_id: WorkflowId,
    /// The workflow's name.
    pub workflow: String,
    pub version: i64,
    pub conversation_id: ConversationId,
    /// The customer's name.
    pub contact: String,
    /// Whether somebody tests the workflow.
    pub test: bool,
    /// Whether agents may stop it (WF-33).
    pub may_be_stopped: bool,
    pub started_at: Timestamp,
    pub now: RunNow,
}

crate::object!(RunView {
    id,
    workflow_id,
    workflow,
    version,
    conversation_id,
    contact,
    test,
    may_be_stopped,
    started_at,
    now
});

/// Where a run is.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum RunNow {
    /// About to enter a step.
    Going { step: StepId, name: String },
    /// Holding at a step. `until`: when the waiting ends by itself.
    Waiting { step: StepId, name: String, wait: Wait, until: Option<Timestamp> },
    /// `name`: of the step where it ended, where the reason names one.
    Ended { at: Timestamp, reason: Reason, name: Option<String> },
}

crate::tagged!(RunNow by "state" {
    "going" => Going { step, name },
    "waiting" => Waiting { step, name, wait, until },
    "ended" => Ended { at, reason, name },
});

impl RunView {
    /// Whether it is over.
    pub const fn is_over(&self) -> bool {
        matches!(self.now, RunNow::Ended { .. })
    }
}

/// One turn of a run: what came in, what was decided and what was done.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RunLine {
    /// Counted from 1.
    pub n: i64,
    pub at: Timestamp,
    pub step: StepId,
    /// The step's name in the version the run keeps.
    pub name: String,
    /// What kind of step it is, such as "Send a Message".
    pub kind: String,
    pub because: Because,
    /// Variables it set.
    pub found: Vec<(String, Value)>,
    pub effects: Vec<Effect>,
    /// The way it took out of the step; nothing when it stayed.
    pub exit: Option<Exit>,
}

/// A button for agents that starts a workflow.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shortcut {
    pub workflow_id: WorkflowId,
    pub icon: String,
    pub name: String,
    pub description: String,
    pub form: Vec<FormField>,
}

/// Business hours with their name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Schedule {
    pub id: ScheduleId,
    pub name: String,
    pub hours: Hours,
}

/// What the team knows about a contact.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ContactDetails {
    /// Every field of the workspace with this contact's value, in the order they are shown.
    pub fields: Vec<(Field, Value)>,
    pub tags: Vec<String>,
}
