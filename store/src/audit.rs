//! Who did what. Entries are only ever added.

use crate::{Result, Tx, text};
use domain::{ConversationId, Timestamp};
use serde_json::Value;
use uuid::Uuid;

/// One entry.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    pub id: Uuid,
    pub at: Timestamp,
    /// The person or token, as others read it.
    pub actor: String,
    /// The word for what was done.
    pub act: String,
    pub conversation: Option<ConversationId>,
    pub detail: Value,
}

statements! {
    PUT = "
        insert into audit (id, at, actor, act, conversation_id, detail) values ($1, $2, $3, $4, $5, $6)";
    OF = "
        select id, at, actor, act, conversation_id, detail from audit
        where conversation_id = $1 order by at desc, id desc limit $2";
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    at: i64,
    actor: String,
    act: String,
    conversation_id: Option<Uuid>,
    detail: String,
}

/// Adds an entry.
pub async fn put(tx: &mut Tx, entry: &Entry) -> Result<()> {
    let (conversation, detail) = (entry.conversation.map(|id| id.0), text::write("audit", &entry.detail)?);
    execute!(
        tx,
        PUT,
        entry.id,
        entry.at.ms(),
        entry.actor.as_str(),
        entry.act.as_str(),
        conversation,
        &detail
    );
    Ok(())
}

/// What was done in a conversation, newest first.
pub async fn of(tx: &mut Tx, conversation: ConversationId, limit: i64) -> Result<Vec<Entry>> {
    let rows: Vec<Row> = fetch_all!(tx, OF, conversation.0, limit);
    rows.into_iter()
        .map(|row| {
            Ok(Entry {
                id: row.id,
                at: Timestamp(row.at),
                actor: row.actor,
                act: row.act,
                conversation: row.conversation_id.map(ConversationId),
                detail: text::read("audit", &row.detail)?,
            })
        })
        .collect()
}
