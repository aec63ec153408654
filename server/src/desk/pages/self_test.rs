//! A test by hand: a message to somebody of the team leaves, comes back as echo, and is answered.

use crate::desk::{Refusal, read, reply};
use crate::node::Node;
use app::api::pages::{SelfTestView, StepState};
use app::api::{ListQuery, Reply};
use domain::conversation::control::OwnerKind;
use domain::conversation::message::{DeliveryState, Direction};
use domain::page::SelfTest;
use domain::person::Actor;
use domain::view::{Message, Named, View, WindowWord};
use domain::{ConversationId, MINUTE, MessageId, PageId, Timestamp};
use std::sync::Arc;
use store::{messages, pages};

/// How long Meta may take for a step, in milliseconds.
const PATIENCE: i64 = MINUTE;
/// How long the person at the phone may take to answer, in milliseconds.
const PERSONS_PATIENCE: i64 = 5 * MINUTE;
/// How many messages back an answer is looked for.
const NEWEST: i64 = 30;

/// Conversations a test could be sent to.
pub async fn partners(
    node: &Arc<Node>,
    actor: &Actor,
    page: PageId,
) -> Result<Vec<Named<ConversationId>>, Refusal> {
    let query = ListQuery { page_id: Some(page), ..ListQuery::of(View::All) };
    let listed = read::list(node, actor, query).await?.items.into_iter();
    let free = listed.filter(|one| {
        one.window.state != WindowWord::Closed
            && matches!(one.control.owner, OwnerKind::Ours | OwnerKind::Idle)
    });
    Ok(free.map(|one| Named { id: one.id, name: one.contact.name }).collect())
}

/// Sends the test message.
pub async fn start(
    node: &Arc<Node>,
    actor: &Actor,
    page: &PageId,
    conversation: ConversationId,
) -> Result<SelfTestView, Refusal> {
    let record = store::conversations::find(&mut node.db.snapshot().await?, conversation).await?;
    if record.is_none_or(|record| record.page != *page) {
        return Err(Refusal::Gone);
    }
    let message = MessageId(node.clock.id());
    let number = message.0.as_u128() % 10_000;
    let text = format!("Test {number:04} from Baton. Please answer this message with any word.");
    reply::reply(node, actor, conversation, Reply::of(message, text)).await?;
    let mut tx = node.db.begin().await?;
    let test = SelfTest { conversation, message, started_at: node.clock.now(), by: actor.name().to_owned() };
    pages::set_self_test(&mut tx, page, Some(&test)).await?;
    tx.commit().await?;
    view(node, page).await?.ok_or(Refusal::Gone)
}

/// How far the newest test is; everything is read from what is stored anyway.
pub async fn view(node: &Arc<Node>, page: &PageId) -> Result<Option<SelfTestView>, Refusal> {
    let now = node.clock.now();
    let mut tx = node.db.snapshot().await?;
    let Some(test) = pages::self_test(&mut tx, page).await? else { return Ok(None) };
    let Some(sent) = messages::find(&mut tx, test.message).await? else { return Ok(None) };
    let shown = store::conversations::view(&mut tx, test.conversation, now).await?.ok_or(Refusal::Gone)?;
    let accepted = accepted(&sent, test.started_at, now);
    let echo = messages::echoed_at(&mut tx, test.message).await?;
    let echoed = after(&accepted, echo, now - test.started_at > PATIENCE);
    let newest = messages::page(&mut tx, test.conversation, None, NEWEST).await?;
    let answer = newest.iter().filter(|message| message.direction == Direction::In && message.at > sent.at);
    let answer = answer.map(|message| message.at).min();
    let answered = after(&echoed, answer, now - test.started_at > PERSONS_PATIENCE);
    Ok(Some(SelfTestView {
        conversation: Named { id: test.conversation, name: shown.contact.name },
        started_at: test.started_at,
        accepted,
        echoed,
        answered,
    }))
}

fn accepted(sent: &Message, started: Timestamp, now: Timestamp) -> StepState {
    match sent.delivery.state {
        DeliveryState::Sent | DeliveryState::Delivered | DeliveryState::Read => {
            StepState::Done { at: sent.at }
        }
        DeliveryState::Failed | DeliveryState::Unknown => {
            StepState::Failed { why: sent.delivery.error.as_ref().map(|error| error.message.clone()) }
        }
        DeliveryState::Queued | DeliveryState::Sending | DeliveryState::Received => {
            if now - started > PATIENCE { StepState::Failed { why: None } } else { StepState::Waiting }
        }
    }
}

/// A step follows the one before it.
fn after(before: &StepState, at: Option<Timestamp>, too_late: bool) -> StepState {
    match (before, at) {
        (_, Some(at)) => StepState::Done { at },
        (StepState::Done { .. }, None) if too_late => StepState::Failed { why: None },
        (StepState::Done { .. }, None) => StepState::Waiting,
        (StepState::Later | StepState::Waiting | StepState::Failed { .. }, None) => StepState::Later,
    }
}
