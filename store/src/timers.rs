//! What is due later, once per conversation and kind.

use crate::{Result, Tx};
use domain::{ConversationId, Timestamp};
use uuid::Uuid;

/// Something that is due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timer {
    pub conversation: ConversationId,
    pub kind: String,
    pub due_at: Timestamp,
}

statements! {
    SET = "
        insert into timer (conversation_id, kind, due_at) values ($1, $2, $3)
        on conflict (conversation_id, kind) do update set due_at = excluded.due_at";
    CLEAR = "delete from timer where conversation_id = $1 and kind = $2";
    DUE = "
        select conversation_id, kind, due_at from timer
        where due_at <= $1 order by due_at, conversation_id, kind limit $2";
    NEXT_DUE = "select min(due_at) from timer";
    REMOVE = "delete from timer where conversation_id = $1 and kind = $2 and due_at = $3";
}

/// Sets a timer, or sets it to another time.
pub async fn set(tx: &mut Tx, conversation: ConversationId, kind: &str, due_at: Timestamp) -> Result<()> {
    execute!(tx, SET, conversation.0, kind, due_at.ms());
    Ok(())
}

/// Stops a timer, if it runs.
pub async fn clear(tx: &mut Tx, conversation: ConversationId, kind: &str) -> Result<()> {
    execute!(tx, CLEAR, conversation.0, kind);
    Ok(())
}

/// What is due, the longest waiting first. It stays until [`remove`].
pub async fn due(tx: &mut Tx, now: Timestamp, limit: i64) -> Result<Vec<Timer>> {
    let rows: Vec<(Uuid, String, i64)> = fetch_all!(tx, DUE, now.ms(), limit);
    let timer =
        |(id, kind, due_at)| Timer { conversation: ConversationId(id), kind, due_at: Timestamp(due_at) };
    Ok(rows.into_iter().map(timer).collect())
}

/// When the next timer is due.
pub async fn next_due(tx: &mut Tx) -> Result<Option<Timestamp>> {
    let (at,): (Option<i64>,) = fetch_one!(tx, NEXT_DUE);
    Ok(at.map(Timestamp))
}

/// Takes a timer that rang. `false` when it was stopped, set to another time, or taken by another node meanwhile.
pub async fn remove(
    tx: &mut Tx,
    conversation: ConversationId,
    kind: &str,
    due_at: Timestamp,
) -> Result<bool> {
    Ok(execute!(tx, REMOVE, conversation.0, kind, due_at.ms()) == 1)
}
