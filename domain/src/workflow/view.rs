//! Workflows and their runs, as screens and programs see them.

use super::exit::Exit;
use super::field::Field;
use super::graph::StepId;
use super::hours::Hours;
use super::run::Reason;
use super::settings::Settings;
use super::status::Status;
use super::trigger::FormField;
use super::turn::{Because, Effect, Input, Wait};
use super::value::Value;
use crate::{
    ConversationId, DAY, MINUTE, MessageId, Mid, PersonId, RunId, ScheduleId, Timestamp, WorkflowId,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The most workflows a workspace has (WF-07).
pub const MOST_WORKFLOWS: i64 = 100;

/// For how many milliseconds a run that broke stands in the list of workflows.
pub const BROKEN_FOR: i64 = 14 * DAY;
/// For how many milliseconds after the last change somebody counts as editing.
pub const EDITS_FOR: i64 = 5 * MINUTE;

/// The newest run of a workflow that broke: a message could not be sent, or we made a mistake.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Breakdown {
    pub run: RunId,
    pub at: Timestamp,
    pub reason: Reason,
    /// The name of the step, where the reason names one.
    pub name: Option<String>,
}

/// Somebody who builds a workflow and has not saved it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Editor {
    pub person: PersonId,
    pub name: String,
    /// Of the last change.
    pub at: Timestamp,
}

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
    /// Only while it is recent: [`BROKEN_FOR`].
    #[serde(default)]
    pub last_error: Option<Box<Breakdown>>,
    /// Who has changed something within [`EDITS_FOR`] and not saved it.
    #[serde(default)]
    pub editors: Vec<Editor>,
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
    /// Its workflow was deleted since: that it was there and why it ended is all that is left.
    pub deleted: bool,
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
    now;
    deleted
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

    /// Whether its log is still there.
    pub const fn has_log(&self) -> bool {
        !self.deleted && !matches!(self.now, RunNow::Ended { reason: Reason::WorkflowDeleted {}, .. })
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
    /// What came in; nothing when the step was entered.
    #[serde(default)]
    pub input: Option<Input>,
    pub because: Because,
    /// Variables it set.
    pub found: Vec<(String, Value)>,
    pub effects: Vec<Effect>,
    /// The message it sent, with the id Facebook gave it.
    #[serde(default)]
    pub message: Option<(MessageId, Option<Mid>)>,
    /// The people, teams, workflows and apps it names, by id.
    #[serde(default)]
    pub names: Names,
    /// The way it took out of the step; nothing when it stayed.
    pub exit: Option<Exit>,
}

/// Names by the ids that lines hold.
pub type Names = BTreeMap<String, String>;

impl RunLine {
    /// The ids a line holds whose names a reader wants.
    pub fn ids(because: &Because, effects: &[Effect]) -> Vec<String> {
        let mut ids = Vec::new();
        if let Because::Assigned { person, team } = because {
            ids.extend(person.map(|id| id.to_string()));
            ids.extend(team.map(|id| id.to_string()));
        }
        for effect in effects {
            match effect {
                Effect::Assign { person, team } => {
                    ids.extend(person.map(|id| id.to_string()));
                    ids.extend(team.map(|id| id.to_string()));
                }
                Effect::PassControl { to: Some(app), .. } => ids.push(app.to_string()),
                Effect::Start { workflow, .. } => ids.push(workflow.to_string()),
                Effect::Comment { mentions, .. } => ids.extend(mentions.iter().map(ToString::to_string)),
                Effect::Send { .. }
                | Effect::TakeControl {}
                | Effect::PassControl { to: None, .. }
                | Effect::AskOwner {}
                | Effect::SetField { .. }
                | Effect::AddTags { .. }
                | Effect::RemoveTags { .. }
                | Effect::Open {}
                | Effect::Close { .. }
                | Effect::Request { .. }
                | Effect::AddRow { .. }
                | Effect::AskAgent { .. } => {}
            }
        }
        ids
    }
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
    /// Why Facebook does not tell who it is, in words; nothing once the name is known.
    #[serde(default)]
    pub nameless: Option<String>,
}
