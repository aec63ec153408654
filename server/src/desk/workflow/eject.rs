//! Everybody leaves: a workflow is stopped or deleted, or a test ends.

use super::{list, turns};
use crate::desk::Refusal;
use crate::desk::intention::Intention;
use crate::node::Node;
use domain::WorkflowId;
use domain::person::Actor;
use domain::workflow::run::Reason;
use domain::workflow::status::Status;
use domain::workflow::view::WorkflowRow;
use serde_json::json;
use std::sync::Arc;
use store::{Result, runs, workflows};

/// How many runs end in one transaction.
const BATCH: i64 = 500;

/// Stops a workflow. From the moment it counts nobody enters; then everybody who is in it leaves (WF-29). Stopping
/// twice is as good as once.
pub async fn stop(
    node: &Arc<Node>,
    actor: &Actor,
    id: WorkflowId,
) -> std::result::Result<WorkflowRow, Refusal> {
    let mut intention = Intention::begin(node).await?;
    let mut record = workflows::lock(intention.tx(), id).await?.ok_or(Refusal::Gone)?;
    match record.status {
        Status::Draft => {
            let message = "This workflow was never published, so there is nothing to stop.".into();
            return Err(Refusal::Invalid { message });
        }
        Status::Stopped => {}
        Status::Published => {
            record.status = Status::Stopped;
            workflows::save(intention.tx(), &mut record).await?;
            intention.workflows_changed();
            let detail = json!({ "workflow": record.name });
            intention.audit(actor, "workflow.stopped", None, detail).await?;
        }
    }
    intention.commit().await?;
    everybody(node, id, false, &Reason::WorkflowStopped {}).await?;
    list::row(node, id).await
}

/// Ends the runs of contacts, or those of a test.
pub async fn everybody(node: &Arc<Node>, id: WorkflowId, test: bool, reason: &Reason) -> Result<()> {
    loop {
        let mut intention = Intention::begin(node).await?;
        let some = runs::active_of_workflow(intention.tx(), id, test, BATCH).await?;
        if some.is_empty() {
            return Ok(());
        }
        for mut record in some {
            turns::end(&mut intention, &mut record, reason.clone()).await?;
        }
        intention.commit().await?;
    }
}

/// Ends runs of workflows that were stopped just before a crash.
pub async fn left_behind(node: &Arc<Node>) -> Result<()> {
    let stopped = runs::left_behind(&mut node.db.snapshot().await?).await?;
    for id in stopped {
        everybody(node, id, false, &Reason::WorkflowStopped {}).await?;
    }
    Ok(())
}
