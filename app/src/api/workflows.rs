//! The workflows module: the list, the builder, testing, and what came of it. Owners and managers only (WF-01).

mod functions;
mod gallery;
#[cfg(feature = "ssr")]
mod port;

pub use functions::*;
pub use gallery::*;
#[cfg(feature = "ssr")]
pub use port::WorkflowsDesk;

use domain::apps::KnownApp;
use domain::page::Channel;
use domain::view::PageView;
use domain::workflow::check::{Flaw, Workspace};
use domain::workflow::exit::Exit;
use domain::workflow::field::Field;
use domain::workflow::graph::{Graph, StepId};
use domain::workflow::transfer::Removed;
use domain::workflow::value::Value;
use domain::workflow::view::{RunLine, RunNow, RunView, Schedule, WorkflowRow};
use domain::{ConversationId, PageId, PersonId, TeamId, Timestamp, WorkflowId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The list of all workflows, by name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Workflows {
    pub items: Vec<WorkflowRow>,
    /// The most there can be (WF-07).
    pub most: i64,
    /// The server's clock.
    pub now: Timestamp,
}

/// A name and what it is for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Naming {
    /// 1 to 100 characters; names are unique, whatever their case.
    pub name: String,
    /// At most 1000 characters.
    #[serde(default)]
    pub description: String,
}

/// What the builder works with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Builder {
    pub workflow: WorkflowRow,
    /// What was saved last.
    pub graph: Graph,
    /// What the reader built and has not saved (B-10).
    pub copy: Option<WorkingCopy>,
    pub surroundings: Surroundings,
    /// Where programs post to start it, should its trigger be an Incoming Webhook.
    pub hook: String,
    /// A test that is going on.
    pub test: Option<TestSession>,
    /// The server's clock.
    pub now: Timestamp,
}

/// What somebody built and has not saved.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WorkingCopy {
    pub graph: Graph,
    /// The revision it began from; lower than the workflow's when somebody else saved since.
    pub revision: i64,
    pub updated_at: Timestamp,
}

/// What exists in the workspace, by name, so that steps can choose from it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Surroundings {
    pub people: Vec<(PersonId, String)>,
    pub teams: Vec<(TeamId, String)>,
    pub fields: Vec<Field>,
    pub schedules: Vec<Schedule>,
    /// Workflows that others can start.
    pub manual: Vec<Startable>,
    pub apps: Vec<KnownApp>,
    pub pages: Vec<PageView>,
    /// Of what kind the pages are.
    #[serde(default)]
    pub channel: Channel,
    pub tags: Vec<String>,
    /// AI connections, by name.
    pub connections: Vec<String>,
    /// Google accounts, by name.
    pub accounts: Vec<String>,
    /// The workspace's time zone.
    pub zone: String,
}

/// A workflow that others can start, at its beginning or at one of its steps.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Startable {
    pub id: WorkflowId,
    pub name: String,
    /// From top to bottom, by name.
    pub steps: Vec<(StepId, String)>,
}

impl Surroundings {
    /// The same as the domain's check takes it, in the browser as on the server.
    pub fn workspace(&self) -> Workspace {
        Workspace {
            people: self.people.iter().map(|(id, _)| *id).collect(),
            teams: self.teams.iter().map(|(id, _)| *id).collect(),
            fields: self.fields.clone(),
            schedules: self.schedules.iter().map(|one| one.id).collect(),
            manual: self
                .manual
                .iter()
                .map(|one| (one.id, one.steps.iter().map(|(id, _)| *id).collect()))
                .collect(),
            apps: self.apps.iter().map(|app| app.app.clone()).collect(),
            connections: self.connections.iter().cloned().collect(),
            accounts: self.accounts.iter().cloned().collect(),
            pages: self.pages.iter().map(|page| page.id.clone()).collect(),
        }
    }
}

/// A graph somebody wants to keep, and the revision it began from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Draft {
    pub graph: Graph,
    pub revision: i64,
}

/// What came of a save.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Saving {
    Saved {
        workflow: WorkflowRow,
    },
    /// Somebody else saved meanwhile. What was sent is kept as the asker's working copy.
    Newer {
        workflow: WorkflowRow,
        graph: Graph,
    },
    /// Nothing was saved; it is kept as the asker's working copy.
    Flawed {
        flaws: Vec<Flaw>,
    },
}

/// What the server thinks of a graph.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Checked {
    /// What keeps it from being saved.
    pub flaws: Vec<Flaw>,
    /// What its author should look at again.
    pub advice: Vec<Flaw>,
    /// The loop that publishing it would close, in the exact words (WF-85).
    pub closes_loop: Option<String>,
}

/// What came of publishing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Publishing {
    Published {
        workflow: Box<WorkflowRow>,
    },
    /// It writes to customers, and pages have bots that do, too (CR-30). Ask, and publish again with `confirmed`.
    Confirm {
        pages: Vec<String>,
    },
}

/// What an import made.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ImportReport {
    pub workflow: WorkflowRow,
    /// Values that do not exist here (WF-46), each with its step.
    pub removed: Vec<Removed>,
}

/// A workflow as a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkflowFile {
    /// Such as `away-message.json`.
    pub name: String,
    pub json: String,
}

/// How a workflow is tested.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TestSettings {
    pub page: PageId,
    /// Sample values of the trigger's variables; what is left out is null (WF-20).
    #[serde(default)]
    pub variables: BTreeMap<String, Value>,
}

/// A test that is going on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TestSession {
    /// Such as `TEST1234`: sent to the page, it starts a test run.
    pub code: String,
    pub page: PageId,
    /// Opens the chat with the code in it, on phones and on the web.
    pub link: String,
    /// The link as a picture to point a phone at: an SVG document.
    pub qr: String,
    pub started_at: Timestamp,
}

/// What a workflow would have done with conversations of the past. Nothing is sent and nothing changes.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Rehearsal {
    /// How many conversations of the last 30 days were looked at, the newest first.
    pub looked_at: usize,
    /// How often somebody would have entered.
    pub entered: usize,
    /// How often the trigger happened and somebody stayed out.
    pub stayed_out: usize,
    /// How many messages would have been sent.
    pub messages: i64,
    /// How many would not, because the messaging window was closed.
    pub closed_windows: i64,
    /// How often a step wanted to write while another app had the thread.
    pub bot_owned: i64,
    /// What the past does not tell about the trigger.
    pub gap: Option<Gap>,
    /// It took too long, and older conversations were left out.
    pub cut: bool,
    /// The first 50 who would have entered, and the first 50 who stayed out.
    pub journeys: Vec<Rehearsed>,
}

/// What the past does not tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Gap {
    /// Only tags that people put on or took off are kept with their time.
    TagsByWorkflows,
    /// What a field held before is not kept.
    FieldValues,
    /// A tap is kept by its title, not by its payload.
    Payloads,
    Shortcuts,
    Programs,
    OtherWorkflows,
}

impl Gap {
    /// Whether nothing can be told at all.
    pub const fn is_whole(self) -> bool {
        !matches!(self, Self::TagsByWorkflows)
    }
}

/// One conversation in a rehearsal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rehearsed {
    pub conversation_id: ConversationId,
    /// The customer's name.
    pub contact: String,
    /// When the trigger happened.
    pub at: Timestamp,
    /// Why the contact would not have entered, as the conditions found it; nothing when it would have.
    pub stays_out: Option<domain::workflow::run::NonStart>,
    /// The steps up to where it would wait or end.
    pub lines: Vec<RunLine>,
    /// Where it would be then.
    pub then: Option<RunNow>,
}

/// Which runs of a workflow.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RunsOf {
    #[default]
    All,
    Ongoing,
    Ended,
}

/// One run with its log, and the version it keeps.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RunDetail {
    pub run: RunView,
    pub lines: Vec<RunLine>,
    pub graph: Graph,
}

/// A version that contacts entered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VersionRuns {
    pub version: i64,
    pub entered: i64,
    pub published_by: String,
    pub published_at: Timestamp,
}

/// What came of one version of a workflow so far: numbers of several drawings do not add up. Tests do not count.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WorkflowReport {
    /// The version it tells of; 0 before the first.
    pub version: i64,
    /// Those that contacts entered, the newest first.
    pub versions: Vec<VersionRuns>,
    pub entered: i64,
    /// Who is in it now.
    pub running: i64,
    /// How many reached an end of the workflow.
    pub finished: i64,
    /// How many ended for which reason, by the reason's word.
    pub reasons: Vec<(String, i64)>,
    /// How often somebody did not enter for which reason, by the reason's word, whatever the version; what is older than
    /// 30 days is forgotten.
    pub non_starts: Vec<(String, i64)>,
    /// How many reached each of its steps, in the order of the canvas.
    pub steps: Vec<StepReport>,
}

/// How many came to a step and through it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StepReport {
    pub step: StepId,
    pub name: String,
    pub reached: i64,
    /// How many took each way out.
    pub ways: Vec<(Exit, i64)>,
}
