//! What keeps a workflow from being saved or published, as only the server can know it.

use super::{ground, zones};
use crate::desk::Refusal;
use crate::node::Node;
use app::api::workflows::{Checked, Startable, Surroundings};
use domain::WorkflowId;
use domain::page::Channel;
use domain::view::PageView;
use domain::workflow::check::{self, Flaw, Workspace, advise, check_zones};
use domain::workflow::graph::Graph;
use domain::workflow::loops::{self, Loop};
use domain::workflow::status::Status;
use domain::workflow::trigger::TriggerKind;
use store::connections::Kind;
use store::workflows::Record;
use store::{Result, Tx, apps, connections, fields, pages, people, schedules, workflows};

/// What exists in the workspace, by name.
pub async fn surroundings(tx: &mut Tx) -> Result<Surroundings> {
    let everybody = people::all(tx).await?;
    let connections = connections::all(tx).await?;
    let named = |kind: Kind| {
        connections.iter().filter(|one| one.kind == kind).map(|one| one.name.clone()).collect::<Vec<_>>()
    };
    let all = workflows::all(tx).await?;
    let is_manual = |graph: &Graph| {
        graph.trigger.as_ref().is_some_and(|trigger| matches!(trigger.kind, TriggerKind::Manual {}))
    };
    let pages = pages::all(tx).await?.into_iter().map(|record| PageView {
        id: record.page.id,
        name: record.page.name,
        health: record.page.health,
        // What is to be put right at a page is no matter of its workflows.
        alarms: Vec::new(),
    });
    Ok(Surroundings {
        people: everybody.into_iter().map(|person| (person.id, person.name)).collect(),
        teams: people::teams(tx).await?.into_iter().map(|team| (team.id, team.name)).collect(),
        fields: fields::all(tx).await?,
        schedules: schedules::all(tx).await?,
        manual: all.into_iter().filter(|one| is_manual(&one.graph)).map(startable).collect(),
        apps: apps::all(tx).await?,
        pages: pages.collect(),
        channel: Channel::default(),
        tags: fields::tags(tx).await?,
        connections: named(Kind::Ai),
        accounts: named(Kind::Sheets),
        zone: ground::zone(tx).await?,
    })
}

/// A workflow others can start, with its steps from top to bottom.
fn startable(workflow: Record) -> Startable {
    let Record { id, name, graph, .. } = workflow;
    let step = |id| Some((id, graph.steps.get(&id)?.name.clone()));
    Startable { id, name, steps: graph.walk().into_iter().filter_map(step).collect() }
}

/// What keeps a graph from being saved.
pub fn flaws(graph: &Graph, workspace: &Workspace) -> Vec<Flaw> {
    let mut flaws = check::check(graph, workspace);
    flaws.extend(check_zones(graph, &zones::is_known));
    flaws
}

/// Everything there is to say about a graph.
pub async fn check(node: &Node, id: WorkflowId, graph: &Graph) -> std::result::Result<Checked, Refusal> {
    let mut tx = node.db.snapshot().await?;
    let record = workflows::find(&mut tx, id).await?.ok_or(Refusal::Gone)?;
    let workspace = surroundings(&mut tx).await?.workspace();
    let closes_loop = find_loop(&mut tx, id, &record.name, graph).await?;
    Ok(Checked {
        flaws: flaws(graph, &workspace),
        advice: advise(graph),
        closes_loop: closes_loop.map(|found| found.to_string()),
    })
}

/// The loop that publishing this graph would close (WF-85).
pub async fn find_loop(tx: &mut Tx, id: WorkflowId, name: &str, graph: &Graph) -> Result<Option<Loop>> {
    let published = workflows::published(tx).await?;
    let others: Vec<loops::Node<'_>> = published
        .iter()
        .filter(|one| one.status == Status::Published)
        .map(|one| loops::Node { id: one.id, name: &one.name, graph: &one.graph })
        .collect();
    Ok(loops::find(loops::Node { id, name, graph }, &others))
}
