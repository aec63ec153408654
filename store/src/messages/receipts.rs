//! Receipts: "everything until then has arrived", "everything until then was read".

use crate::{Result, Tx, text};
use domain::conversation::message::DeliveryState;
use domain::{ConversationId, MessageId, Timestamp};
use uuid::Uuid;

statements! {
    KEEP = "
        insert into receipt (conversation_id, state, watermark) values ($1, $2, $3)
        on conflict (conversation_id, state) do update set watermark = excluded.watermark
            where receipt.watermark < excluded.watermark";
    KEPT = "select state, watermark from receipt where conversation_id = $1 order by state";

    /// Only what Meta has: a message without a mid may still wait here, and one that failed did not arrive.
    DELIVERED = "
        update message set state = 'delivered', error = null
        where conversation_id = $1 and coalesce(sent_at, at) <= $2 and direction = 'out' and mid is not null
          and state in ('sending', 'sent', 'unknown')
        returning id";
    READ = "
        update message set state = 'read', error = null
        where conversation_id = $1 and coalesce(sent_at, at) <= $2 and direction = 'out' and mid is not null
          and state in ('sending', 'sent', 'unknown', 'delivered')
        returning id";
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
    let statement = if state == DeliveryState::Read { READ } else { DELIVERED };
    let mut changed: Vec<(Uuid,)> = fetch_all!(tx, statement, conversation.0, watermark.ms());
    changed.sort_unstable();
    Ok(changed.into_iter().map(|(id,)| MessageId(id)).collect())
}
