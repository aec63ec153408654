//! What has been seen of a page's routing: the newest event of each kind, and how often it has happened.

use crate::{Error, Result, Tx};
use domain::routing::sign::{Seen, Sign, Signs};
use domain::{ConversationId, PageId, Timestamp};
use std::collections::BTreeMap;
use uuid::Uuid;

statements! {
    /// Events come in any order: the newest by Meta's clock stays.
    SEE = "
        insert into routing_sign (page_id, sign, first_at, at, times, conversation_id) values ($1, $2, $3, $4, $5, $6)
        on conflict (page_id, sign) do update set
            times = routing_sign.times + excluded.times,
            conversation_id = case when excluded.at >= routing_sign.at then excluded.conversation_id
                else routing_sign.conversation_id end,
            first_at = case when excluded.first_at < routing_sign.first_at then excluded.first_at else routing_sign.first_at end,
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

/// What a transaction saw, written when it commits: a row is shared by all conversations of a page.
#[derive(Debug, Default)]
pub(crate) struct NewSigns(BTreeMap<(String, String), NewSign>);

#[derive(Debug)]
struct NewSign {
    first_at: Timestamp,
    at: Timestamp,
    times: i64,
    conversation: Option<ConversationId>,
}

/// Notes that something showed how a page routes.
pub fn see(tx: &mut Tx, page: &PageId, sign: Sign, at: Timestamp, conversation: Option<ConversationId>) {
    let seen = tx.signs.0.entry((page.0.clone(), sign.word())).or_insert(NewSign {
        first_at: at,
        at,
        times: 0,
        conversation,
    });
    seen.times += 1;
    seen.first_at = seen.first_at.min(at);
    if at >= seen.at {
        (seen.at, seen.conversation) = (at, conversation);
    }
}

/// Writes what a transaction saw, in a fixed order: two of them cannot wait for each other.
pub(crate) async fn write(tx: &mut Tx) -> Result<()> {
    for ((page, sign), seen) in std::mem::take(&mut tx.signs.0) {
        let conversation = seen.conversation.map(|id| id.0);
        execute!(tx, SEE, &page, &sign, seen.first_at.ms(), seen.at.ms(), seen.times, conversation);
    }
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
