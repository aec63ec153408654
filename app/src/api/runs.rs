//! What workflows do for one contact: the agent's panel.

use super::Failure;
#[cfg(feature = "ssr")]
use super::{answer, caller};
use crate::api::codec::Json;
#[cfg(feature = "ssr")]
use domain::person::Actor;
use domain::workflow::run::NonStart;
use domain::workflow::value::Value;
use domain::workflow::view::{RunView, Shortcut};
use domain::{ConversationId, RunId, Timestamp, WorkflowId};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The desk's side of it. Agents who are kept from workflows are refused (WF-37).
#[cfg(feature = "ssr")]
#[async_trait::async_trait]
pub trait RunsDesk: Send + Sync + 'static {
    async fn runs_of(&self, actor: &Actor, conversation: ConversationId)
    -> Result<ConversationRuns, Failure>;
    /// Ends one run at whatever point it is (WF-32), if its workflow allows it (WF-33).
    async fn stop_run(
        &self,
        actor: &Actor,
        conversation: ConversationId,
        run: RunId,
    ) -> Result<Stopping, Failure>;
    /// Starts a workflow by its shortcut, with the answers of its form by variable. [`Failure::Invalid`] says which
    /// answer does not fit, or why the contact does not enter.
    async fn start_shortcut(
        &self,
        actor: &Actor,
        conversation: ConversationId,
        workflow: WorkflowId,
        answers: BTreeMap<String, Value>,
    ) -> Result<RunView, Failure>;
}

/// What workflows do for one contact (WF-36).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ConversationRuns {
    /// The newest first. Those that may not be stopped are told to managers only (B-9).
    pub ongoing: Vec<RunView>,
    /// Published workflows the contact is not in: listed, not stoppable.
    pub published: Vec<Startable>,
    /// What the reader can start.
    pub shortcuts: Vec<Shortcut>,
    /// The newest first, at most 50.
    pub ended: Vec<RunView>,
    /// Why the contact did not enter although something happened that could have let it; for managers, the newest
    /// first, at most 20.
    pub stayed_out: Vec<StayedOut>,
    /// Whether the reader may read the log of a run.
    pub may_open_runs: bool,
    /// The number of the last live change it contains.
    pub as_of: i64,
    /// The server's clock.
    pub now: Timestamp,
}

/// A published workflow the contact is not in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Startable {
    pub workflow_id: WorkflowId,
    pub name: String,
    /// The trigger's name.
    pub trigger: String,
}

/// Why a contact did not enter.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StayedOut {
    pub workflow_id: WorkflowId,
    pub name: String,
    pub at: Timestamp,
    pub why: NonStart,
}

/// What came of stopping.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stopping {
    pub run: RunView,
    /// It had ended before; its reason says how.
    pub already: bool,
}

/// What workflows do for a contact.
#[server(prefix = "/rpc", endpoint = "conversation-runs", input = Json, output = Json)]
pub async fn load_conversation_runs(conversation: ConversationId) -> Result<ConversationRuns, Failure> {
    let caller = caller()?;
    answer(caller.desk.runs_of(&caller.actor, conversation).await)
}

/// Ends one run.
#[server(prefix = "/rpc", endpoint = "stop-run", input = Json, output = Json)]
pub async fn stop_run(conversation: ConversationId, run: RunId) -> Result<Stopping, Failure> {
    let caller = caller()?;
    answer(caller.desk.stop_run(&caller.actor, conversation, run).await)
}

/// Starts a workflow by its shortcut.
#[server(prefix = "/rpc", endpoint = "start-shortcut", input = Json, output = Json)]
pub async fn start_shortcut(
    conversation: ConversationId,
    workflow: WorkflowId,
    answers: BTreeMap<String, Value>,
) -> Result<RunView, Failure> {
    let caller = caller()?;
    answer(caller.desk.start_shortcut(&caller.actor, conversation, workflow, answers).await)
}
