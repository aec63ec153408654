//! What a message said before each of its changes. The original is number 0.

use crate::{Result, Tx};
use domain::{MessageId, Timestamp};

statements! {
    /// Edits come in any order and more than once.
    PUT = "
        insert into message_edit (message_id, n, at, text) values ($1, $2, $3, $4)
        on conflict (message_id, n) do nothing";
    OF = "select at, text from message_edit where message_id = $1 order by n";
    FORGET = "delete from message_edit where message_id = $1";
}

/// Keeps the text of a message after its `n`-th change, or before the first as number 0.
pub async fn put(tx: &mut Tx, message: MessageId, n: i64, at: Timestamp, text: &str) -> Result<()> {
    execute!(tx, PUT, message.0, n, at.ms(), text);
    Ok(())
}

/// What a message has said, the original first, each with the time it was written.
pub async fn of(tx: &mut Tx, message: MessageId) -> Result<Vec<(Timestamp, String)>> {
    let rows: Vec<(i64, String)> = fetch_all!(tx, OF, message.0);
    Ok(rows.into_iter().map(|(at, text)| (Timestamp(at), text)).collect())
}

/// Forgets what a message said, because its writer took it back.
pub async fn forget(tx: &mut Tx, message: MessageId) -> Result<()> {
    execute!(tx, FORGET, message.0);
    Ok(())
}
