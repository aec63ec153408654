//! What has been seen of a page's routing: the newest event of each kind, and how often it has happened.

use crate::{Error, Result, Tx};
use domain::routing::sign::{Seen, Sign, Signs};
use domain::{ConversationId, PageId, Timestamp};
use uuid::Uuid;

statements! {
    /// Events come in any order: the newest by Meta's clock stays.
    SEE = "
        insert into routing_sign (page_id, sign, first_at, at, times, conversation_id) values ($1, $2, $3, $3, 1, $4)
        on conflict (page_id, sign) do update set
            times = routing_sign.times + 1,
            conversation_id = case when excluded.at >= routing_sign.at then excluded.conversation_id
                else routing_sign.conversation_id end,
            first_at = case when excluded.at < routing_sign.first_at then excluded.at else routing_sign.first_at end,
            at = case when excluded.at > routing_sign.at then excluded.at else routing_sign.at end";
    OF = "
        select sign, first_at, at, times, conversation_id from routing_sign where page_id = $1 order by sign";
}

#[derive(sqlx::FromRow)]
struct Row {
    sign: String,
    first_at: i64,
    at: i64,
    times: i64,
    conversation_id: Option<Uuid>,
}

/// Notes that something showed how a page routes.
pub async fn see(
    tx: &mut Tx,
    page: &PageId,
    sign: Sign,
    at: Timestamp,
    conversation: Option<ConversationId>,
) -> Result<()> {
    execute!(tx, SEE, page.as_str(), sign.word(), at.ms(), conversation.map(|id| id.0));
    Ok(())
}

/// Everything seen on a page.
pub async fn of(tx: &mut Tx, page: &PageId) -> Result<Signs> {
    let rows: Vec<Row> = fetch_all!(tx, OF, page.as_str());
    let seen = rows.into_iter().map(|row| {
        let inconsistent = |_| Error::Inconsistent { table: "routing_sign", what: row.sign.clone() };
        Ok(Seen {
            sign: row.sign.parse().map_err(inconsistent)?,
            first_at: Timestamp(row.first_at),
            at: Timestamp(row.at),
            times: row.times,
            conversation: row.conversation_id.map(ConversationId),
        })
    });
    Ok(Signs(seen.collect::<Result<_>>()?))
}
