//! The desk's side of it.

use super::{
    Builder, Checked, Draft, ImportReport, Naming, Publishing, Rehearsal, RunDetail, RunsOf, Saving,
    TemplateCard, TemplatePreview, TestSession, TestSettings, WorkflowFile, WorkflowReport, Workflows,
};
use crate::api::Failure;
use domain::person::Actor;
use domain::view::Listing;
use domain::workflow::graph::Graph;
use domain::workflow::settings::Settings;
use domain::workflow::view::{RunView, WorkflowRow};
use domain::{RunId, WorkflowId};

/// Building, running and understanding workflows. All of it is for those who configure the workspace (WF-01).
#[async_trait::async_trait]
pub trait WorkflowsDesk: Send + Sync + 'static {
    async fn workflows(&self, actor: &Actor) -> Result<Workflows, Failure>;
    async fn create_workflow(&self, actor: &Actor, naming: Naming) -> Result<WorkflowRow, Failure>;
    /// Every template, before it is looked at (WF-10).
    async fn templates(&self, actor: &Actor) -> Result<Vec<TemplateCard>, Failure>;
    /// One template with its steps and what it asks for that this workspace has none of.
    async fn template(&self, actor: &Actor, key: String) -> Result<TemplatePreview, Failure>;
    /// Makes a draft of a template; what its author has to fill in is incomplete (WF-09). The name may be taken: it
    /// then gets a number.
    async fn create_from_template(&self, actor: &Actor, key: String) -> Result<WorkflowRow, Failure>;
    async fn clone_workflow(&self, actor: &Actor, id: WorkflowId) -> Result<WorkflowRow, Failure>;
    async fn export_workflow(&self, actor: &Actor, id: WorkflowId) -> Result<WorkflowFile, Failure>;
    /// Reads a file into a draft. [`Failure::Invalid`] says what is wrong with the file (WF-44, WF-48).
    async fn import_workflow(&self, actor: &Actor, file: String) -> Result<ImportReport, Failure>;
    /// Deletes it with everything that happened in it; who is in it leaves (WF-39 to WF-41).
    async fn delete_workflow(&self, actor: &Actor, id: WorkflowId) -> Result<(), Failure>;
    async fn rename_workflow(
        &self,
        actor: &Actor,
        id: WorkflowId,
        naming: Naming,
    ) -> Result<WorkflowRow, Failure>;
    /// While it is published only `may_be_stopped` can change (WF-34).
    async fn set_workflow_settings(
        &self,
        actor: &Actor,
        id: WorkflowId,
        settings: Settings,
    ) -> Result<WorkflowRow, Failure>;

    /// Everything the builder needs.
    async fn workflow(&self, actor: &Actor, id: WorkflowId) -> Result<Builder, Failure>;
    /// Keeps what the asker builds, complete or not.
    async fn keep_working_copy(&self, actor: &Actor, id: WorkflowId, draft: Draft) -> Result<(), Failure>;
    async fn drop_working_copy(&self, actor: &Actor, id: WorkflowId) -> Result<(), Failure>;
    /// Saves a whole workflow (WF-13). It must not be published.
    async fn save_workflow(&self, actor: &Actor, id: WorkflowId, draft: Draft) -> Result<Saving, Failure>;
    /// The check the browser does as well, and the search for loops, which only the server can do.
    async fn check_workflow(&self, actor: &Actor, id: WorkflowId, graph: Graph) -> Result<Checked, Failure>;
    /// [`Failure::Invalid`] carries the loop in its exact words (WF-85), or says what is incomplete.
    async fn publish_workflow(
        &self,
        actor: &Actor,
        id: WorkflowId,
        confirmed: bool,
    ) -> Result<Publishing, Failure>;
    /// Stops it; everybody who is in it leaves at once (WF-29).
    async fn stop_workflow(&self, actor: &Actor, id: WorkflowId) -> Result<WorkflowRow, Failure>;

    /// Begins a test, or answers the one that is going on.
    async fn start_workflow_test(
        &self,
        actor: &Actor,
        id: WorkflowId,
        settings: TestSettings,
    ) -> Result<TestSession, Failure>;
    /// Ends it: the code does nothing from now on, and test runs end.
    async fn end_workflow_test(&self, actor: &Actor, id: WorkflowId) -> Result<(), Failure>;
    /// What a graph would have done with the newest conversations.
    async fn rehearse_workflow(
        &self,
        actor: &Actor,
        id: WorkflowId,
        graph: Graph,
    ) -> Result<Rehearsal, Failure>;

    /// The newest first.
    async fn workflow_runs(
        &self,
        actor: &Actor,
        id: WorkflowId,
        which: RunsOf,
        cursor: Option<String>,
        limit: u32,
    ) -> Result<Listing<RunView>, Failure>;
    async fn run(&self, actor: &Actor, id: RunId) -> Result<RunDetail, Failure>;
    /// Without a version: of the newest that contacts entered.
    async fn workflow_report(
        &self,
        actor: &Actor,
        id: WorkflowId,
        version: Option<i64>,
    ) -> Result<WorkflowReport, Failure>;
}
