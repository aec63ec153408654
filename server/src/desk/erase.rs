//! Deleting a conversation with everything known about its contact: at the customer's wish, for good and for everybody.
//!
//! What is left says that somebody deleted something, not what. Facebook keeps its own copy; when the customer writes
//! again, a new conversation begins.

use super::intention::Intention;
use super::{Refusal, sight};
use crate::node::Node;
use app::api::Holding;
use domain::ConversationId;
use domain::person::Actor;
use serde_json::json;
use std::sync::Arc;
use store::erasure;

/// What deleting a conversation would take away.
pub async fn holding(node: &Node, actor: &Actor, id: ConversationId) -> Result<Holding, Refusal> {
    let mut tx = node.db.snapshot().await?;
    let record = sight::find(&mut tx, actor, id).await?;
    sight::write(actor, &record)?;
    let erasure::Holding { messages, files, notes, fields, runs, waiting } =
        erasure::holding(&mut tx, id, record.contact).await?;
    Ok(Holding { messages, files, notes, fields, runs, waiting })
}

/// Deletes a conversation and its contact.
pub async fn delete(node: &Arc<Node>, actor: &Actor, id: ConversationId) -> Result<(), Refusal> {
    let mut intention = Intention::begin(node).await?;
    let record = sight::lock(&mut intention, actor, id).await?;
    sight::write(actor, &record)?;
    let now = intention.now();
    let held = erasure::holding(intention.tx(), id, record.contact).await?;
    erasure::forget(intention.tx(), id, record.contact, now).await?;
    intention.deleted(id);
    intention.wake_media();
    let detail = json!({ "page": record.page, "messages": held.messages, "notes": held.notes });
    intention.audit(actor, "conversation.deleted", None, detail).await?;
    Ok(intention.commit().await?)
}
