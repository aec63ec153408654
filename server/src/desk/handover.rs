//! What a bot is told when it gets a thread back: how the human part went, in numbers and names, never in the customer's
//! words.

use super::Refusal;
use crate::node::Node;
use domain::conversation::control::OwnerKind;
use domain::conversation::message::{AuthorKind, Direction};
use domain::{ConversationId, SECOND};
use serde_json::json;
use std::collections::BTreeSet;
use store::{contacts, conversations, evidence, messages};

/// How far back the human part is looked at, in messages.
const MESSAGES: i64 = 100;
/// How far back the change to us is looked for.
const CHANGES: i64 = 20;
/// The most names that are told: Meta's older pages allow 1000 characters in all.
const NAMES: usize = 8;

/// The summary, as small JSON.
pub async fn summary(node: &Node, id: ConversationId) -> Result<String, Refusal> {
    let mut tx = node.db.snapshot().await?;
    let now = node.clock.now();
    let timeline = evidence::timeline(&mut tx, id, CHANGES).await?;
    let since = timeline.iter().find(|change| change.owner == OwnerKind::Ours).map(|change| change.at);
    let newest = messages::page(&mut tx, id, None, MESSAGES).await?;
    let human: Vec<_> =
        newest.iter().take_while(|message| since.is_none_or(|since| message.at >= since)).collect();
    let ours = |kind| human.iter().filter(move |message| message.author.kind == kind);
    let names: BTreeSet<String> = ours(AuthorKind::Agent)
        .filter_map(|message| message.author.name.clone())
        .take(MESSAGES as usize)
        .collect();
    let conversation = conversations::view(&mut tx, id, now).await?;
    let known = match &conversation {
        Some(conversation) => contacts::known(&mut tx, conversation.contact.id).await?,
        None => None,
    };
    let summary = json!({
        "from": "baton",
        "event": "handed_back",
        "agents": names.into_iter().take(NAMES).collect::<Vec<_>>(),
        "answers": ours(AuthorKind::Agent).count(),
        "customer_messages": human.iter().filter(|message| message.direction == Direction::In).count(),
        "seconds": since.map(|since| (now - since) / SECOND),
        "status": conversation.map(|conversation| conversation.status),
        // A bot that can be told to stay silent for a contact hears of the switch here (WF-84).
        "bot_status": known.map(|known| known.bot_status()),
    });
    Ok(summary.to_string())
}
