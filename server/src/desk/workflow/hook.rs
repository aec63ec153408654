//! Incoming webhooks: somebody's program posts to an address of ours and a contact enters a workflow.

use super::start;
use crate::desk::intention::Intention;
use crate::node::Node;
use domain::workflow::field::{self, FieldKey};
use domain::workflow::happening::Happening;
use domain::workflow::status::Status;
use domain::workflow::steps::http::Path;
use domain::workflow::trigger::{Identifier, TriggerKind};
use domain::workflow::value::Value;
use domain::{ContactId, ConversationId, RunId, WorkflowId};
use std::collections::BTreeMap;
use std::sync::Arc;
use store::workflows;
use store::{Tx, conversations, fields};
use subtle::ConstantTimeEq;

/// Why a call did not let anybody in.
#[derive(Debug, thiserror::Error)]
pub enum HookRefusal {
    /// There is nothing at this address, or its key is wrong.
    #[error("There is no such webhook.")]
    Unknown,
    #[error("This workflow is stopped. Publish it first.")]
    Stopped,
    #[error("{0}")]
    Invalid(String),
    #[error(transparent)]
    Store(#[from] store::Error),
}

/// Where programs post to start a workflow. The key in it follows from the server's own, so nothing secret is stored.
pub fn address(node: &Node, id: WorkflowId) -> String {
    format!("{}/hooks/{id}/{}", node.config.public_url, key(node, id))
}

fn key(node: &Node, id: WorkflowId) -> String {
    node.vault.mark(&format!("hook:{id}"))
}

/// Lets the contact a body names enter. Answers the run; nothing when the contact stays out.
pub async fn call(
    node: &Arc<Node>,
    id: WorkflowId,
    key_given: &str,
    body: &[u8],
) -> Result<Option<RunId>, HookRefusal> {
    if !bool::from(key(node, id).as_bytes().ct_eq(key_given.as_bytes())) {
        return Err(HookRefusal::Unknown);
    }
    let mut intention = Intention::begin(node).await?;
    let workflow = workflows::find(intention.tx(), id).await?.ok_or(HookRefusal::Unknown)?;
    let kind = workflow.graph.trigger.as_ref().map(|trigger| trigger.kind.clone());
    let Some(TriggerKind::IncomingWebhook { identifier, path, mappings }) = kind else {
        return Err(HookRefusal::Unknown);
    };
    if workflow.status != Status::Published {
        return Err(HookRefusal::Stopped);
    }
    let json: serde_json::Value = serde_json::from_slice(body)
        .map_err(|error| HookRefusal::Invalid(format!("The body is not JSON: {error}.")))?;
    let read = |path: &str| Path::read(path).map(|path| path.find(&json)).unwrap_or_default();
    let named = read(&path);
    let conversation = find(intention.tx(), identifier, &named).await?.ok_or_else(|| {
        HookRefusal::Invalid(format!("No contact is known by what the body says at {path}."))
    })?;
    if intention.lock(conversation).await?.is_none() {
        return Err(HookRefusal::Unknown);
    }
    let values: BTreeMap<String, Value> =
        mappings.iter().map(|mapping| (mapping.variable.clone(), read(&mapping.path))).collect();
    let found = Happening::Webhook { values }.variables();
    let entered = start::enter_or_note(&mut intention, conversation, Arc::new(workflow), found).await?;
    intention.commit().await?;
    Ok(entered)
}

async fn find(tx: &mut Tx, identifier: Identifier, named: &Value) -> store::Result<Option<ConversationId>> {
    let text = named.to_string();
    let contact = match identifier {
        Identifier::ContactId => text.trim().parse::<ContactId>().ok(),
        Identifier::Email => with(tx, "email", field::email(&text)).await?,
        Identifier::Phone => with(tx, "phone", field::phone(&text)).await?,
    };
    match contact {
        Some(contact) => conversations::of_contact(tx, contact).await,
        None => Ok(None),
    }
}

async fn with(tx: &mut Tx, key: &str, value: Option<String>) -> store::Result<Option<ContactId>> {
    let (Ok(key), Some(value)) = (FieldKey::new(key), value) else { return Ok(None) };
    fields::contact_with(tx, &key, &Value::Text(value)).await
}
