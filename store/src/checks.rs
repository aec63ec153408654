//! What checks of a page's routing found, the newest few of each page.

use crate::{Result, Tx, text};
use domain::{ConversationId, PageId, Psid, Timestamp};
use serde::Serialize;
use serde::de::DeserializeOwned;
use uuid::Uuid;

/// How many runs of a page are kept.
pub const KEPT: i64 = 20;

/// One run, with what it found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run<T> {
    pub at: Timestamp,
    /// Who asked for it.
    pub by: String,
    pub report: T,
}

/// Where a customer's conversation stands here, to compare with what Facebook remembers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    pub conversation: ConversationId,
    /// The time of the newest message we have.
    pub last_at: Option<Timestamp>,
}

statements! {
    PUT = "insert into routing_check (id, page_id, at, by_name, report) values ($1, $2, $3, $4, $5)";
    PRUNE = "
        delete from routing_check where page_id = $1 and id not in (
            select id from routing_check where page_id = $1 order by at desc, id desc limit $2)";
    NEWEST = "
        select at, by_name, report from routing_check where page_id = $1 order by at desc, id desc limit $2";
    KEPT_OF = "select id, last_at from conversation where page_id = $1 and psid = $2";
    HELD = "
        select id from conversation where page_id = $1 and owner = 'bot' and status = 'open'
        order by updated_at desc, id desc limit $2";
}

/// Keeps what a run found and forgets the oldest.
pub async fn put<T: Serialize>(tx: &mut Tx, id: Uuid, page: &PageId, run: &Run<T>) -> Result<()> {
    let report = text::write("routing_check", &run.report)?;
    execute!(tx, PUT, id, page.as_str(), run.at.ms(), run.by.as_str(), &report);
    execute!(tx, PRUNE, page.as_str(), KEPT);
    Ok(())
}

/// The newest runs of a page, the newest first.
pub async fn newest<T: DeserializeOwned>(tx: &mut Tx, page: &PageId, limit: i64) -> Result<Vec<Run<T>>> {
    let rows: Vec<(i64, String, String)> = fetch_all!(tx, NEWEST, page.as_str(), limit);
    let runs = rows.into_iter().map(|(at, by, report)| {
        Ok(Run { at: Timestamp(at), by, report: text::read("routing_check", &report)? })
    });
    runs.collect()
}

/// What we have of a customer's conversation; nothing when we never heard of it.
pub async fn kept(tx: &mut Tx, page: &PageId, psid: &Psid) -> Result<Option<Kept>> {
    let row: Option<(Uuid, Option<i64>)> = fetch_optional!(tx, KEPT_OF, page.as_str(), psid.as_str());
    Ok(row.map(|(id, last_at)| Kept { conversation: ConversationId(id), last_at: last_at.map(Timestamp) }))
}

/// Open conversations of a page that another app has, the most recent first.
pub async fn held(tx: &mut Tx, page: &PageId, limit: i64) -> Result<Vec<ConversationId>> {
    let rows: Vec<(Uuid,)> = fetch_all!(tx, HELD, page.as_str(), limit);
    Ok(rows.into_iter().map(|(id,)| ConversationId(id)).collect())
}
