//! What came of workflows: runs, one run with its log, and numbers.

use super::ground::TEST_VERSION;
use super::told;
use crate::desk::{Refusal, read};
use crate::node::Node;
use app::api::workflows::{RunDetail, RunsOf, StepReport, VersionRuns, WorkflowReport};
use domain::view::Listing;
use domain::workflow::graph::Graph;
use domain::workflow::view::{RunLine, RunView};
use domain::{RunId, WorkflowId};
use store::runs::{Record, Which};
use store::{Tx, changes, runs, workflow_tests, workflows};

/// Runs of a workflow, the newest first.
pub async fn runs(
    node: &Node,
    id: WorkflowId,
    which: RunsOf,
    cursor: Option<&str>,
    most: u32,
) -> Result<Listing<RunView>, Refusal> {
    let most = read::limit(most)?;
    let before = cursor.map(read::cursor).transpose()?;
    let which = match which {
        RunsOf::All => Which::All,
        RunsOf::Ongoing => Which::Ongoing,
        RunsOf::Ended => Which::Ended,
    };
    let mut tx = node.db.snapshot().await?;
    workflows::find(&mut tx, id).await?.ok_or(Refusal::Gone)?;
    let as_of = changes::last(&mut tx).await?;
    let mut records = runs::of_workflow(&mut tx, id, which, before, most + 1).await?;
    let next_cursor = read::cut(&mut records, most, |last| (last.run.started_at, last.run.id.0));
    let mut items = Vec::with_capacity(records.len());
    for record in records {
        items.extend(told::find(&mut tx, &record).await?);
    }
    Ok(Listing { items, next_cursor, as_of })
}

/// One run with a line for each turn.
pub async fn run(node: &Node, id: RunId) -> Result<RunDetail, Refusal> {
    let mut tx = node.db.snapshot().await?;
    let record = runs::find(&mut tx, id).await?.ok_or(Refusal::Gone)?;
    let graph = graph_of(&mut tx, &record).await?;
    let workflow = workflows::find(&mut tx, record.run.workflow).await?.ok_or(Refusal::Gone)?;
    let run = told::run(&mut tx, &record, &workflow, &graph).await?;
    let names = told::names(&mut tx).await?;
    let mut lines = Vec::new();
    for line in runs::lines(&mut tx, id).await? {
        let message = told::message(&mut tx, &line).await?;
        lines.push(RunLine { message, ..told::line(line, &graph, &names) });
    }
    Ok(RunDetail { run, lines, graph })
}

/// The version a run keeps. A test's is gone with its session; what was saved last is the nearest to it.
async fn graph_of(tx: &mut Tx, record: &Record) -> Result<Graph, Refusal> {
    let (workflow, version) = (record.run.workflow, record.run.version);
    let frozen = match version {
        TEST_VERSION => workflow_tests::of(tx, workflow).await?.map(|session| session.graph),
        version => workflows::version(tx, workflow, version).await?,
    };
    match frozen {
        Some(graph) => Ok(graph),
        None => Ok(workflows::find(tx, workflow).await?.ok_or(Refusal::Gone)?.graph),
    }
}

/// Reasons that mean a run came to an end of its workflow.
const FINISHED: [&str; 3] = ["completed", "closed_by_workflow", "assign_team_empty_no_next"];

/// What came of a version so far; without one, of the newest that contacts entered.
pub async fn report(node: &Node, id: WorkflowId, version: Option<i64>) -> Result<WorkflowReport, Refusal> {
    let mut tx = node.db.snapshot().await?;
    let workflow = workflows::find(&mut tx, id).await?.ok_or(Refusal::Gone)?;
    let versions = entered(&mut tx, id).await?;
    let newest = versions.first().map_or(workflow.version, |newest| newest.version);
    let version = version.unwrap_or(newest);
    let graph = match workflows::version(&mut tx, id, version).await? {
        Some(graph) => graph,
        None if version == newest => workflow.graph,
        None => return Err(Refusal::Gone),
    };
    let counted = runs::reasons(&mut tx, id, version).await?;
    let sum = |wanted: &dyn Fn(&str) -> bool| {
        counted.iter().filter(|(word, _)| wanted(word)).map(|(_, count)| count).sum::<i64>()
    };
    let is_running = |word: &str| matches!(word, "going" | "waiting");
    let reached = runs::reached(&mut tx, id, version).await?;
    let ways = runs::ways(&mut tx, id, version).await?;
    let steps = graph.walk().into_iter().filter_map(|step| {
        let name = graph.steps.get(&step)?.name.clone();
        let count = reached.iter().find(|(one, _)| *one == step.0).map_or(0, |(_, count)| *count);
        let ways = ways.iter().filter(|(one, ..)| *one == step.0).map(|(_, exit, count)| (*exit, *count));
        Some(StepReport { step, name, reached: count, ways: ways.collect() })
    });
    let steps = steps.collect();
    Ok(WorkflowReport {
        version,
        versions,
        entered: sum(&|_| true),
        running: sum(&is_running),
        finished: sum(&|word| FINISHED.contains(&word)),
        non_starts: runs::non_start_reasons(&mut tx, id).await?,
        reasons: counted.iter().filter(|(word, _)| !is_running(word)).cloned().collect(),
        steps,
    })
}

/// The versions that contacts entered, the newest first.
async fn entered(tx: &mut Tx, id: WorkflowId) -> Result<Vec<VersionRuns>, Refusal> {
    let published = workflows::versions(tx, id).await?;
    let versions = runs::versions(tx, id).await?.into_iter().filter_map(|(version, entered)| {
        let (_, published_by, published_at) = published.iter().find(|(one, ..)| *one == version)?.clone();
        Some(VersionRuns { version, entered, published_by, published_at })
    });
    Ok(versions.collect())
}
