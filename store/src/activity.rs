//! The markers of a thread: what the team did (audit) and what customers and apps did besides writing.

use crate::{Result, Tx, text};
use domain::view::Activity;
use domain::{ConversationId, Timestamp};
use serde_json::Value;
use uuid::Uuid;

statements! {
    /// Meta repeats events; the id made of the event's key makes the second one a no-op.
    PUT = "
        insert into happening (id, conversation_id, at, act, detail) values ($1, $2, $3, $4, $5)
        on conflict (id) do nothing";
    OF = "
        select id, at, act, actor, detail from (
            select id, conversation_id, at, act, actor, detail from audit
            union all
            select id, conversation_id, at, act, null as actor, detail from happening) a
        where conversation_id = $1 order by at desc, id desc limit $2";
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    at: i64,
    act: String,
    actor: Option<String>,
    detail: String,
}

/// Notes something a customer or an app did. `false` when it is known.
pub async fn put(tx: &mut Tx, conversation: ConversationId, activity: &Activity) -> Result<bool> {
    let detail = text::write("happening", &activity.detail)?;
    let added =
        execute!(tx, PUT, activity.id, conversation.0, activity.at.ms(), activity.act.as_str(), &detail);
    Ok(added == 1)
}

/// What was done in a conversation and what happened to it, newest first.
pub async fn of(tx: &mut Tx, conversation: ConversationId, limit: i64) -> Result<Vec<Activity>> {
    let rows: Vec<Row> = fetch_all!(tx, OF, conversation.0, limit);
    rows.into_iter()
        .map(|row| {
            let detail: Value = text::read("happening", &row.detail)?;
            Ok(Activity { id: row.id, at: Timestamp(row.at), act: row.act, by: row.actor, detail })
        })
        .collect()
}
