//! Workflows as files.

use super::check::surroundings;
use super::list::{self, New};
use crate::desk::Refusal;
use crate::desk::intention::Intention;
use crate::node::Node;
use app::api::workflows::{ImportReport, Naming, WorkflowFile};
use domain::WorkflowId;
use domain::person::Actor;
use domain::workflow::transfer::{self, Unreadable};
use serde_json::json;
use std::sync::Arc;
use store::workflows;

/// A workflow as a file (WF-42). Who took it out is written down.
pub async fn export(node: &Arc<Node>, actor: &Actor, id: WorkflowId) -> Result<WorkflowFile, Refusal> {
    let mut intention = Intention::begin(node).await?;
    let record = workflows::find(intention.tx(), id).await?.ok_or(Refusal::Gone)?;
    intention.audit(actor, "workflow.exported", None, json!({ "workflow": record.name })).await?;
    intention.commit().await?;
    let json = transfer::export(&record.name, &record.description, record.settings, &record.graph);
    Ok(WorkflowFile { name: format!("{}.json", slug(&record.name)), json })
}

fn slug(name: &str) -> String {
    let words: Vec<String> = name
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    let slug: String = words.join("-").chars().take(60).collect();
    if slug.is_empty() { "workflow".to_owned() } else { slug }
}

/// Reads a file into a draft (WF-43 to WF-48).
pub async fn import(node: &Arc<Node>, actor: &Actor, file: &str) -> Result<ImportReport, Refusal> {
    let workspace = surroundings(&mut node.db.snapshot().await?).await?.workspace();
    let imported = transfer::import(file.as_bytes(), &workspace).map_err(refused)?;
    let removed = imported.removed.clone();
    let workflow = list::add(node, actor, "workflow.imported", |taken| {
        let name = transfer::free_name(&imported.name, taken);
        let naming = Naming { name, description: imported.description };
        Ok(New { naming, settings: imported.settings, graph: imported.graph })
    })
    .await?;
    Ok(ImportReport { workflow, removed })
}

fn refused(unreadable: Unreadable) -> Refusal {
    if let Unreadable::InvalidSchema { reason } = &unreadable {
        tracing::info!(reason, "a workflow file was refused");
    }
    Refusal::Invalid { message: unreadable.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_called_like_its_workflow() {
        assert_eq!(slug("Away Message: Büro / \"Nacht\""), "away-message-büro-nacht");
        assert_eq!(slug("../.."), "workflow");
    }
}
