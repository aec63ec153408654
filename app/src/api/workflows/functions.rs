//! What screens call.

use super::{
    Builder, Checked, Draft, ImportReport, Naming, Publishing, Rehearsal, RunDetail, RunsOf, Saving,
    TestSession, TestSettings, WorkflowFile, WorkflowReport, Workflows,
};
use crate::api::Failure;
use crate::api::codec::Json;
#[cfg(feature = "ssr")]
use crate::api::{answer, caller};
use domain::view::Listing;
use domain::workflow::graph::Graph;
use domain::workflow::settings::Settings;
use domain::workflow::view::{RunView, WorkflowRow};
use domain::{RunId, WorkflowId};
use leptos::prelude::*;

/// Every workflow.
#[server(prefix = "/rpc", endpoint = "workflows", input = Json, output = Json)]
pub async fn load_workflows() -> Result<Workflows, Failure> {
    let caller = caller()?;
    answer(caller.desk.workflows(&caller.actor).await)
}

/// Makes an empty draft.
#[server(prefix = "/rpc", endpoint = "create-workflow", input = Json, output = Json)]
pub async fn create_workflow(naming: Naming) -> Result<WorkflowRow, Failure> {
    let caller = caller()?;
    answer(caller.desk.create_workflow(&caller.actor, naming).await)
}

/// Makes a draft of a template.
#[server(prefix = "/rpc", endpoint = "use-template", input = Json, output = Json)]
pub async fn use_template(key: String) -> Result<WorkflowRow, Failure> {
    let caller = caller()?;
    answer(caller.desk.create_from_template(&caller.actor, key).await)
}

/// Copies a workflow.
#[server(prefix = "/rpc", endpoint = "clone-workflow", input = Json, output = Json)]
pub async fn clone_workflow(id: WorkflowId) -> Result<WorkflowRow, Failure> {
    let caller = caller()?;
    answer(caller.desk.clone_workflow(&caller.actor, id).await)
}

/// A workflow as a file.
#[server(prefix = "/rpc", endpoint = "export-workflow", input = Json, output = Json)]
pub async fn export_workflow(id: WorkflowId) -> Result<WorkflowFile, Failure> {
    let caller = caller()?;
    answer(caller.desk.export_workflow(&caller.actor, id).await)
}

/// Reads a file into a draft.
#[server(prefix = "/rpc", endpoint = "import-workflow", input = Json, output = Json)]
pub async fn import_workflow(file: String) -> Result<ImportReport, Failure> {
    let caller = caller()?;
    answer(caller.desk.import_workflow(&caller.actor, file).await)
}

/// Deletes a workflow for good.
#[server(prefix = "/rpc", endpoint = "delete-workflow", input = Json, output = Json)]
pub async fn delete_workflow(id: WorkflowId) -> Result<(), Failure> {
    let caller = caller()?;
    answer(caller.desk.delete_workflow(&caller.actor, id).await)
}

/// Gives a workflow another name and description.
#[server(prefix = "/rpc", endpoint = "rename-workflow", input = Json, output = Json)]
pub async fn rename_workflow(id: WorkflowId, naming: Naming) -> Result<WorkflowRow, Failure> {
    let caller = caller()?;
    answer(caller.desk.rename_workflow(&caller.actor, id, naming).await)
}

/// Changes a workflow's settings.
#[server(prefix = "/rpc", endpoint = "workflow-settings", input = Json, output = Json)]
pub async fn set_workflow_settings(id: WorkflowId, settings: Settings) -> Result<WorkflowRow, Failure> {
    let caller = caller()?;
    answer(caller.desk.set_workflow_settings(&caller.actor, id, settings).await)
}

/// Everything the builder needs.
#[server(prefix = "/rpc", endpoint = "workflow", input = Json, output = Json)]
pub async fn load_workflow(id: WorkflowId) -> Result<Builder, Failure> {
    let caller = caller()?;
    answer(caller.desk.workflow(&caller.actor, id).await)
}

/// Keeps what somebody builds.
#[server(prefix = "/rpc", endpoint = "keep-working-copy", input = Json, output = Json)]
pub async fn keep_working_copy(id: WorkflowId, draft: Draft) -> Result<(), Failure> {
    let caller = caller()?;
    answer(caller.desk.keep_working_copy(&caller.actor, id, draft).await)
}

/// Forgets what somebody built and did not save.
#[server(prefix = "/rpc", endpoint = "drop-working-copy", input = Json, output = Json)]
pub async fn drop_working_copy(id: WorkflowId) -> Result<(), Failure> {
    let caller = caller()?;
    answer(caller.desk.drop_working_copy(&caller.actor, id).await)
}

/// Saves a whole workflow.
#[server(prefix = "/rpc", endpoint = "save-workflow", input = Json, output = Json)]
pub async fn save_workflow(id: WorkflowId, draft: Draft) -> Result<Saving, Failure> {
    let caller = caller()?;
    answer(caller.desk.save_workflow(&caller.actor, id, draft).await)
}

/// Checks a workflow with what only the server knows.
#[server(prefix = "/rpc", endpoint = "check-workflow", input = Json, output = Json)]
pub async fn check_workflow(id: WorkflowId, graph: Graph) -> Result<Checked, Failure> {
    let caller = caller()?;
    answer(caller.desk.check_workflow(&caller.actor, id, graph).await)
}

/// Lets contacts enter.
#[server(prefix = "/rpc", endpoint = "publish-workflow", input = Json, output = Json)]
pub async fn publish_workflow(id: WorkflowId, confirmed: bool) -> Result<Publishing, Failure> {
    let caller = caller()?;
    answer(caller.desk.publish_workflow(&caller.actor, id, confirmed).await)
}

/// Stops a workflow for everybody.
#[server(prefix = "/rpc", endpoint = "stop-workflow", input = Json, output = Json)]
pub async fn stop_workflow(id: WorkflowId) -> Result<WorkflowRow, Failure> {
    let caller = caller()?;
    answer(caller.desk.stop_workflow(&caller.actor, id).await)
}

/// Begins a test.
#[server(prefix = "/rpc", endpoint = "start-workflow-test", input = Json, output = Json)]
pub async fn start_workflow_test(id: WorkflowId, settings: TestSettings) -> Result<TestSession, Failure> {
    let caller = caller()?;
    answer(caller.desk.start_workflow_test(&caller.actor, id, settings).await)
}

/// Ends a test.
#[server(prefix = "/rpc", endpoint = "end-workflow-test", input = Json, output = Json)]
pub async fn end_workflow_test(id: WorkflowId) -> Result<(), Failure> {
    let caller = caller()?;
    answer(caller.desk.end_workflow_test(&caller.actor, id).await)
}

/// What a graph would have done with conversations of the past.
#[server(prefix = "/rpc", endpoint = "rehearse-workflow", input = Json, output = Json)]
pub async fn rehearse_workflow(id: WorkflowId, graph: Graph) -> Result<Rehearsal, Failure> {
    let caller = caller()?;
    answer(caller.desk.rehearse_workflow(&caller.actor, id, graph).await)
}

/// Runs of a workflow, the newest first.
#[server(prefix = "/rpc", endpoint = "workflow-runs", input = Json, output = Json)]
pub async fn load_workflow_runs(
    id: WorkflowId,
    which: RunsOf,
    cursor: Option<String>,
    limit: u32,
) -> Result<Listing<RunView>, Failure> {
    let caller = caller()?;
    answer(caller.desk.workflow_runs(&caller.actor, id, which, cursor, limit).await)
}

/// One run with its log.
#[server(prefix = "/rpc", endpoint = "run", input = Json, output = Json)]
pub async fn load_run(id: RunId) -> Result<RunDetail, Failure> {
    let caller = caller()?;
    answer(caller.desk.run(&caller.actor, id).await)
}

/// What came of a version of a workflow so far; without one, of the newest that contacts entered.
#[server(prefix = "/rpc", endpoint = "workflow-report", input = Json, output = Json)]
pub async fn load_workflow_report(id: WorkflowId, version: Option<i64>) -> Result<WorkflowReport, Failure> {
    let caller = caller()?;
    answer(caller.desk.workflow_report(&caller.actor, id, version).await)
}
