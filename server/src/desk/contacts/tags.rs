//! The team's tags: added, called something else, made one, taken off everybody.

use super::clean_tag;
use crate::desk::Refusal;
use crate::desk::intention::Intention;
use crate::node::Node;
use app::api::TagUse;
use domain::person::Actor;
use serde_json::json;
use std::sync::Arc;
use store::{fields, workflows};

/// Every tag, by name.
pub async fn all(node: &Node) -> Result<Vec<TagUse>, Refusal> {
    let tags = fields::tag_uses(&mut node.db.snapshot().await?).await?;
    Ok(tags.into_iter().map(|(name, contacts)| TagUse { name, contacts }).collect())
}

/// Adds a tag, or calls one something else.
pub async fn put(node: &Arc<Node>, actor: &Actor, was: Option<&str>, name: &str) -> Result<(), Refusal> {
    let name = &*clean_tag(name)?;
    let mut intention = Intention::begin(node).await?;
    let now = intention.now();
    match was {
        None => {
            if !fields::add_tag(intention.tx(), name, now).await? {
                return Err(Refusal::Invalid { message: format!("There is a tag “{name}” already.") });
            }
            intention.audit(actor, "tag.added", None, json!({ "tag": name })).await?;
        }
        Some(was) => {
            refuse_named(&mut intention, was).await?;
            if !fields::rename_tag(intention.tx(), was, name, now).await? {
                return Err(Refusal::Gone);
            }
            let detail = json!({ "tag": was, "name": name });
            intention.audit(actor, "tag.renamed", None, detail).await?;
        }
    }
    Ok(intention.commit().await?)
}

/// Takes a tag off everybody.
pub async fn remove(node: &Arc<Node>, actor: &Actor, name: &str) -> Result<(), Refusal> {
    let mut intention = Intention::begin(node).await?;
    refuse_named(&mut intention, name).await?;
    if !fields::remove_tag(intention.tx(), name).await? {
        return Err(Refusal::Gone);
    }
    intention.audit(actor, "tag.removed", None, json!({ "tag": name })).await?;
    Ok(intention.commit().await?)
}

/// A published workflow that puts the tag on or asks for it would bring the old one back.
async fn refuse_named(intention: &mut Intention, name: &str) -> Result<(), Refusal> {
    let published = workflows::published(intention.tx()).await?;
    match published.into_iter().find(|workflow| workflow.graph.names_tag(name)) {
        Some(workflow) => Err(Refusal::Invalid {
            message: format!("“{}” uses it. Stop that workflow first.", workflow.name),
        }),
        None => Ok(()),
    }
}
