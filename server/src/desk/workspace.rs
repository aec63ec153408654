//! The workspace: its name, its time zone, and what is still to be done before it can answer customers.

use super::intention::Intention;
use super::read::WORKSPACE;
use super::workflow::ground::ZONE;
use super::workflow::zones;
use super::{Desk, Refusal, allow};
use crate::node::Node;
use app::api::{Failure, FirstSteps, Report, Workspace, WorkspaceChange};
use domain::person::{Act, Actor};
use domain::routing::check::Verdict;
use serde_json::json;
use std::sync::Arc;
use store::{Tx, checks, invitations, pages, people, schedules, settings};

/// The longest name of a workspace, in characters.
const LONGEST_NAME: usize = 80;

#[async_trait::async_trait]
impl app::api::WorkspaceDesk for Desk {
    async fn workspace(&self, actor: &Actor) -> Result<Workspace, Failure> {
        allow(actor, Act::Configure)?;
        Ok(view(&self.node).await?)
    }

    async fn keep_workspace(&self, actor: &Actor, change: WorkspaceChange) -> Result<Workspace, Failure> {
        allow(actor, Act::Configure)?;
        keep(&self.node, actor, change).await?;
        Ok(view(&self.node).await?)
    }
}

async fn view(node: &Node) -> Result<Workspace, Refusal> {
    let mut tx = node.db.snapshot().await?;
    let name = settings::get(&mut tx, WORKSPACE).await?.unwrap_or_else(|| "Baton".into());
    let zone = settings::get(&mut tx, ZONE).await?;
    let steps = FirstSteps { zone: zone.is_some(), ..first_steps(&mut tx).await? };
    Ok(Workspace { name, zone: zone.unwrap_or_else(|| "UTC".into()), steps })
}

async fn first_steps(tx: &mut Tx) -> Result<FirstSteps, Refusal> {
    let connected: Vec<_> =
        pages::all(tx).await?.into_iter().filter(|record| !record.page.health.is_removed()).collect();
    let mut routing = None;
    for record in &connected {
        let newest = checks::newest::<Report>(tx, &record.page.id, 1).await?;
        let well = newest
            .first()
            .is_some_and(|run| run.report.findings.iter().all(|finding| finding.verdict != Verdict::Wrong));
        if !well && routing.is_none() {
            routing = Some(record.page.id.to_string());
        }
    }
    let people = people::all(tx).await?.len() > 1 || !invitations::open(tx).await?.is_empty();
    let hours = !schedules::all(tx).await?.is_empty();
    Ok(FirstSteps { page: !connected.is_empty(), routing, people, hours, ..FirstSteps::default() })
}

async fn keep(node: &Arc<Node>, actor: &Actor, change: WorkspaceChange) -> Result<(), Refusal> {
    let name = change.name.trim();
    let invalid = |message: &str| Err(Refusal::Invalid { message: message.into() });
    if name.is_empty() || name.chars().count() > LONGEST_NAME || name.contains(char::is_control) {
        return invalid("Give the workspace a name of one line and at most 80 characters.");
    }
    if !zones::is_known(&change.zone) {
        return invalid("This is no time zone we know. Choose one from the list, such as Europe/Oslo.");
    }
    let mut intention = Intention::begin(node).await?;
    settings::put(intention.tx(), WORKSPACE, name).await?;
    settings::put(intention.tx(), ZONE, &change.zone).await?;
    let detail = json!({ "name": name, "zone": change.zone });
    intention.audit(actor, "workspace.changed", None, detail).await?;
    Ok(intention.commit().await?)
}
