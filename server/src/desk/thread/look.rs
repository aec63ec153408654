//! Looking closer at a thread: finding words in it, going back to a message, what a message said before, and what Meta
//! sent.

use crate::desk::Refusal;
use crate::node::Node;
use crate::presence::{self, Sign};
use app::api::{Doing, Found, Original, Wording};
use domain::person::{Act, Actor};
use domain::view::{Colleague, Listing, Message};
use domain::{ConversationId, MessageId, Timestamp};
use serde_json::Value;
use std::str::from_utf8;
use store::{Tx, changes, conversations, edits, inbound, messages};

/// The most places a search in a thread finds.
const HITS: i64 = 200;
/// The most messages going back loads; what lies further is reached through the search or page by page.
const BACK: usize = 4_000;
/// How many messages are read at a time.
const PAGE: i64 = 200;
/// How many messages are shown before the one somebody went back to.
const BEFORE: i64 = 10;

/// Where a text stands in a thread, newest first.
pub async fn search(
    node: &Node,
    actor: &Actor,
    id: ConversationId,
    text: &str,
) -> Result<Vec<Found>, Refusal> {
    let mut tx = node.db.snapshot().await?;
    visible(&mut tx, actor, id).await?;
    if text.trim().is_empty() {
        return Ok(Vec::new());
    }
    let found = messages::search(&mut tx, id, text, HITS).await?;
    Ok(found.into_iter().map(|message| Found { id: message.id, at: message.at }).collect())
}

/// All messages from the one asked for up to those already shown, newest first.
pub async fn back_to(
    node: &Node,
    actor: &Actor,
    id: ConversationId,
    message: MessageId,
    shown: (Timestamp, MessageId),
) -> Result<Listing<Message>, Refusal> {
    let mut tx = node.db.snapshot().await?;
    visible(&mut tx, actor, id).await?;
    let wanted = messages::find(&mut tx, message).await?.filter(|found| found.conversation_id == id);
    let wanted = wanted.ok_or(Refusal::Gone)?;
    let as_of = changes::last(&mut tx).await?;
    let mut items: Vec<Message> = Vec::new();
    let mut before = shown;
    while before > (wanted.at, wanted.id) && items.len() < BACK {
        let page = messages::page(&mut tx, id, Some(before), PAGE).await?;
        let Some(oldest) = page.last() else { break };
        before = (oldest.at, oldest.id);
        items.extend(page);
    }
    let keep = items.iter().position(|one| (one.at, one.id) < (wanted.at, wanted.id));
    let more = messages::page(&mut tx, id, Some(before), BEFORE).await?;
    let whole = more.is_empty();
    if keep.is_none() {
        items.extend(more);
    }
    let next_cursor =
        items.last().filter(|_| !whole).map(|last| format!("{}.{}", last.at.ms(), last.id.0.simple()));
    Ok(Listing { items, next_cursor, as_of })
}

/// What a message said, the original first. What was taken back is not told.
pub async fn wordings(node: &Node, actor: &Actor, message: MessageId) -> Result<Vec<Wording>, Refusal> {
    let mut tx = node.db.snapshot().await?;
    let found = messages::find(&mut tx, message).await?.ok_or(Refusal::Gone)?;
    visible(&mut tx, actor, found.conversation_id).await?;
    let said = edits::of(&mut tx, message).await?;
    Ok(said.into_iter().map(|(at, text)| Wording { at, text }).collect())
}

/// A message as Meta sent it and as we keep it, for managers. Tokens are in neither.
pub async fn original(node: &Node, actor: &Actor, message: MessageId) -> Result<Original, Refusal> {
    if !actor.may(Act::Configure) {
        return Err(Refusal::Forbidden);
    }
    let mut tx = node.db.snapshot().await?;
    let found = messages::find(&mut tx, message).await?.ok_or(Refusal::Gone)?;
    visible(&mut tx, actor, found.conversation_id).await?;
    let sent = match messages::inbound_of(&mut tx, message).await? {
        // What a customer took back is not shown from another shelf either.
        Some(body) if !found.deleted => {
            inbound::body(&mut tx, body).await?.and_then(|body| item(&body, &found))
        }
        Some(_) | None => None,
    };
    let pretty = |value: &Value| serde_json::to_string_pretty(value).unwrap_or_default();
    let kept = serde_json::to_value(&found).map_err(|error| Refusal::Internal(error.to_string()))?;
    Ok(Original { sent: sent.as_ref().map(pretty), kept: pretty(&kept) })
}

/// Notes what somebody does at a conversation, and says who else is there. Programs are nowhere.
pub async fn here(
    node: &Node,
    actor: &Actor,
    id: ConversationId,
    doing: Doing,
) -> Result<Vec<Colleague>, Refusal> {
    visible(&mut node.db.snapshot().await?, actor, id).await?;
    let Some(person) = actor.person() else { return Ok(Vec::new()) };
    let sign = Sign {
        conversation: id,
        person: person.id,
        name: person.name.clone(),
        typing: doing == Doing::Typing,
        left: doing == Doing::Left,
    };
    presence::note(node, sign).await;
    Ok(node.presence.others(id, person.id, node.clock.now()))
}

/// The item of a webhook body that told of this message.
fn item(body: &[u8], message: &Message) -> Option<Value> {
    let body: Value = serde_json::from_str(from_utf8(body).ok()?).ok()?;
    let entries = body.get("entry")?.as_array()?;
    let lists = entries.iter().flat_map(|entry| ["messaging", "standby"].map(|name| entry.get(name)));
    let mut items = lists.flatten().filter_map(Value::as_array).flatten();
    let mid = message.mid.as_ref()?.as_str();
    let told = |item: &&Value| {
        ["/message/mid", "/postback/mid"]
            .iter()
            .any(|place| item.pointer(place).and_then(Value::as_str) == Some(mid))
    };
    items.find(told).cloned()
}

/// Whoever does not see the conversation does not learn that it exists.
async fn visible(tx: &mut Tx, actor: &Actor, id: ConversationId) -> Result<(), Refusal> {
    let found = conversations::find(tx, id).await?.ok_or(Refusal::Gone)?;
    match actor.may(Act::Look) && actor.sight().sees(found.assignee, found.team) {
        true => Ok(()),
        false => Err(Refusal::Gone),
    }
}
