//! Messages that were kept back while their page was lost: they leave, or not, as somebody decides.

use crate::desk::Refusal;
use crate::desk::intention::Intention;
use crate::node::Node;
use domain::conversation::message::{Delivery, DeliveryError, DeliveryState};
use domain::person::Actor;
use domain::workflow::turn::Input;
use domain::{MessageId, PageId};
use serde_json::json;
use std::sync::Arc;
use store::{messages, outbox};

/// Lets one message leave, or all. Answers how many.
pub async fn send(
    node: &Arc<Node>,
    actor: &Actor,
    page: &PageId,
    message: Option<MessageId>,
) -> Result<u64, Refusal> {
    let mut intention = Intention::begin(node).await?;
    intention.page(page).await?.ok_or(Refusal::Gone)?;
    let now = intention.now();
    let count = match message {
        Some(message) => u64::from(outbox::let_go(intention.tx(), page, message, now).await?),
        None => outbox::let_all_go(intention.tx(), page, now).await?,
    };
    intention.audit(actor, "page.waiting_sent", None, json!({ "page": page, "messages": count })).await?;
    // Wakes the outbox.
    intention.page_changed(page).await?;
    intention.commit().await?;
    Ok(count)
}

/// A message never leaves; its bubble says who decided so.
pub async fn discard(
    node: &Arc<Node>,
    actor: &Actor,
    page: &PageId,
    message: MessageId,
) -> Result<(), Refusal> {
    let mut intention = Intention::begin(node).await?;
    if !outbox::discard(intention.tx(), page, message).await? {
        return Err(Refusal::Gone);
    }
    let Some(found) = messages::find(intention.tx(), message).await? else { return Err(Refusal::Gone) };
    intention.lock(found.conversation_id).await?.ok_or(Refusal::Gone)?;
    let words = format!("Not sent. {} discarded it while the page was being connected again.", actor.name());
    let error = DeliveryError { code: 0, subcode: None, message: words.clone() };
    if intention.deliver(&found, Delivery { state: DeliveryState::Failed, error: Some(error) }).await? {
        intention.held_mut(found.conversation_id).failed += 1;
        crate::desk::send::answer_run(&mut intention, &found, Input::NotSent { words });
    }
    let conversation = Some(found.conversation_id);
    intention.audit(actor, "page.waiting_discarded", conversation, json!({ "page": page })).await?;
    Ok(intention.commit().await?)
}
