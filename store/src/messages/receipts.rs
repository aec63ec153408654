//! Receipts: "everything until then has arrived", "everything until then was read".

use super::counted::{self, Place};
use crate::{Result, Tx, text};
use domain::conversation::message::DeliveryState;
use domain::{ConversationId, MessageId, Timestamp};

statements! {
    KEEP = "
        insert into receipt (conversation_id, state, watermark) values ($1, $2, $3)
        on conflict (conversation_id, state) do update set watermark = excluded.watermark
            where receipt.watermark < excluded.watermark";
    KEPT = "select state, watermark from receipt where conversation_id = $1 order by state";

    /// Only what Meta has: a message without a mid may still wait here, and one that failed did not arrive.
    UNDELIVERED = "
        select id, page_id, at, state, direction, origin from message
        where conversation_id = $1 and coalesce(sent_at, at) <= $2 and direction = 'out' and mid is not null
          and state in ('sending', 'sent', 'unknown') order by id";
    UNREAD = "
        select id, page_id, at, state, direction, origin from message
        where conversation_id = $1 and coalesce(sent_at, at) <= $2 and direction = 'out' and mid is not null
          and state in ('sending', 'sent', 'unknown', 'delivered') order by id";
    ARRIVED = "update message set state = $2, error = null where id = $1";
}

/// Applies a receipt to all messages of ours until the watermark that have not come further yet, and answers which.
/// `state` is delivered or read; other states are no receipts and change nothing. The watermark is kept, see
/// [`receipts_again`].
pub async fn receipt(
    tx: &mut Tx,
    conversation: ConversationId,
    watermark: Timestamp,
    state: DeliveryState,
) -> Result<Vec<MessageId>> {
    if !matches!(state, DeliveryState::Delivered | DeliveryState::Read) {
        return Ok(Vec::new());
    }
    execute!(tx, KEEP, conversation.0, state.as_str(), watermark.ms());
    apply(tx, conversation, watermark, state).await
}

/// Applies the receipts a conversation has had once more. Call it when a message gets its mid: the receipt may have
/// come before Meta's answer.
pub async fn receipts_again(tx: &mut Tx, conversation: ConversationId) -> Result<Vec<MessageId>> {
    let kept: Vec<(String, i64)> = fetch_all!(tx, KEPT, conversation.0);
    let mut changed = Vec::new();
    for (state, watermark) in kept {
        let state = text::word("receipt", &state)?;
        changed.extend(apply(tx, conversation, Timestamp(watermark), state).await?);
    }
    changed.sort_unstable();
    changed.dedup();
    Ok(changed)
}

async fn apply(
    tx: &mut Tx,
    conversation: ConversationId,
    watermark: Timestamp,
    state: DeliveryState,
) -> Result<Vec<MessageId>> {
    let statement = if state == DeliveryState::Read { UNREAD } else { UNDELIVERED };
    let before: Vec<Place> = fetch_all!(tx, statement, conversation.0, watermark.ms());
    let mut changed = Vec::with_capacity(before.len());
    for place in before {
        execute!(tx, ARRIVED, place.id, state.as_str());
        counted::moved(tx, &place, state)?;
        changed.push(MessageId(place.id));
    }
    Ok(changed)
}
