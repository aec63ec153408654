//! What is left of deleted workflows: that a contact was in one, and why that ended.

use crate::{Result, Tx, text};
use domain::workflow::graph::{Graph, StepId};
use domain::workflow::run::State;
use domain::{ConversationId, RunId, Timestamp, WorkflowId};
use std::collections::BTreeMap;
use uuid::Uuid;

/// A run of a workflow that is gone.
#[derive(Clone, Debug, PartialEq)]
pub struct PastRun {
    pub id: RunId,
    pub workflow: WorkflowId,
    /// The workflow's name.
    pub name: String,
    pub version: i64,
    pub started_at: Timestamp,
    pub state: State,
    /// The names of the steps of its version.
    pub steps: BTreeMap<StepId, String>,
}

statements! {
    VERSIONS = "select version, graph from workflow_version where workflow_id = $1 order by version";
    KEEP = "
        insert into deleted_workflow (id, name, steps, deleted_at)
        select id, name, $2, cast($3 as bigint) from workflow where id = $1";
    KEEP_RUNS = "
        insert into deleted_run (id, workflow_id, contact_id, conversation_id, version, state, started_at)
        select id, workflow_id, contact_id, conversation_id, version, state, started_at
        from run where workflow_id = $1 and phase = 'ended' and not test";
    OF = "
        select r.id, r.workflow_id, w.name, r.version, r.started_at, r.state, w.steps
        from deleted_run r join deleted_workflow w on w.id = r.workflow_id
        where r.conversation_id = $1 order by r.started_at desc, r.id desc limit $2";
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    workflow_id: Uuid,
    name: String,
    version: i64,
    started_at: i64,
    state: String,
    steps: String,
}

type Steps = BTreeMap<i64, BTreeMap<StepId, String>>;

/// Keeps what is worth keeping of a workflow that is about to be removed. Its runs have ended.
pub async fn keep(tx: &mut Tx, id: WorkflowId, now: Timestamp) -> Result<()> {
    let versions: Vec<(i64, String)> = fetch_all!(tx, VERSIONS, id.0);
    let mut steps = Steps::new();
    for (version, graph) in versions {
        let graph: Graph = text::read("workflow_version", &graph)?;
        steps.insert(version, graph.steps.into_iter().map(|(id, step)| (id, step.name)).collect());
    }
    let steps = text::write("deleted_workflow", &steps)?;
    execute!(tx, KEEP, id.0, &steps, now.ms());
    execute!(tx, KEEP_RUNS, id.0);
    Ok(())
}

/// The runs of a conversation whose workflows are gone, the newest first.
pub async fn runs_of(tx: &mut Tx, conversation: ConversationId, limit: i64) -> Result<Vec<PastRun>> {
    let rows: Vec<Row> = fetch_all!(tx, OF, conversation.0, limit);
    rows.into_iter()
        .map(|row| {
            let mut steps: Steps = text::read("deleted_workflow", &row.steps)?;
            Ok(PastRun {
                id: RunId(row.id),
                workflow: WorkflowId(row.workflow_id),
                name: row.name,
                version: row.version,
                started_at: Timestamp(row.started_at),
                state: text::read("deleted_run", &row.state)?,
                steps: steps.remove(&row.version).unwrap_or_default(),
            })
        })
        .collect()
}
