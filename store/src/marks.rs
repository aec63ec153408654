//! How far each person has looked into a conversation (B-18). The team's unread mark is another thing.

use crate::{Result, Tx};
use domain::{ConversationId, PersonId, Timestamp};

statements! {
    /// Two screens of one person report in any order; the mark only moves forward.
    SET = "
        insert into seen (conversation_id, person_id, at) values ($1, $2, $3)
        on conflict (conversation_id, person_id) do update set at = excluded.at where seen.at < excluded.at";
    GET = "select at from seen where conversation_id = $1 and person_id = $2";
}

/// Remembers that a person has looked.
pub async fn set(tx: &mut Tx, conversation: ConversationId, person: PersonId, at: Timestamp) -> Result<()> {
    execute!(tx, SET, conversation.0, person.0, at.ms());
    Ok(())
}

/// When a person last looked.
pub async fn get(tx: &mut Tx, conversation: ConversationId, person: PersonId) -> Result<Option<Timestamp>> {
    let row: Option<(i64,)> = fetch_optional!(tx, GET, conversation.0, person.0);
    Ok(row.map(|(at,)| Timestamp(at)))
}
