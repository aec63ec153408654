//! Holes in what Meta told us: threads that moved on without us are read from Meta's history.

use crate::desk::intention::Intention;
use crate::desk::{Refusal, history, meta_refused};
use crate::node::Node;
use crate::work::jobs::Job;
use domain::{ConversationId, MINUTE, PageId, SECOND};
use messenger::{Credentials, ThreadMark};
use std::sync::Arc;
use store::{conversations, pages};

/// Every look begins this much before the last one ended, in milliseconds: clocks differ.
const OVERLAP: i64 = 5 * MINUTE;
/// What was written just now is still on its way to us, in milliseconds.
const ON_ITS_WAY: i64 = 20 * SECOND;
/// How many messages of a thread are fetched; Meta gives details of the newest 20.
const HISTORY: u32 = 25;

/// Compares the threads that moved since the last look with ours, and adds what is missing. How many messages were.
pub async fn fill(node: &Arc<Node>, id: &PageId) -> Result<i64, Refusal> {
    let begun = node.clock.now();
    let record = pages::find(&mut node.db.snapshot().await?, id).await?.ok_or(Refusal::Gone)?;
    if record.page.health.is_removed() {
        return Ok(0);
    }
    let credentials = super::credentials(node, id).await?;
    let before = pages::filled_until(&mut node.db.snapshot().await?, id).await?;
    let since = before.or(record.last_event_at).unwrap_or(begun) - OVERLAP;
    let marks = node.messenger.threads_since(&credentials, since).await;
    let marks = marks.map_err(|error| meta_refused(&error))?;
    let mut found = 0;
    for mark in marks.into_iter().filter(|mark| mark.updated_at < begun - ON_ITS_WAY) {
        if let Some(conversation) = behind(node, id, &mark).await? {
            found += catch_up(node, &credentials, conversation, &mark).await?;
        }
    }
    let mut tx = node.db.begin().await?;
    pages::set_filled(&mut tx, id, begun).await?;
    tx.commit().await?;
    if found > 0 {
        tracing::info!(page = %id, messages = found, "messages that no webhook brought were fetched");
    }
    Ok(found)
}

/// The conversation of a thread that moved on without us; it may be new.
async fn behind(
    node: &Arc<Node>,
    page: &PageId,
    mark: &ThreadMark,
) -> Result<Option<ConversationId>, Refusal> {
    let known = conversations::last_of(&mut node.db.snapshot().await?, page, &mark.psid).await?;
    match known {
        // Meta's time is cut to the second.
        Some((_, Some(at))) if at >= mark.updated_at => Ok(None),
        Some((id, _)) => Ok(Some(id)),
        None => {
            let mut intention = Intention::begin(node).await?;
            let id = intention.open(page, &mark.psid).await?;
            intention.commit().await?;
            Ok(Some(id))
        }
    }
}

async fn catch_up(
    node: &Arc<Node>,
    credentials: &Credentials,
    id: ConversationId,
    mark: &ThreadMark,
) -> Result<i64, Refusal> {
    let history = node.messenger.history(credentials, &mark.psid, HISTORY).await;
    let history = history.map_err(|error| meta_refused(&error))?;
    let mut intention = Intention::begin(node).await?;
    let Some(record) = intention.lock(id).await? else { return Ok(0) };
    let page = record.page.clone();
    let found = history::merge(&mut intention, id, history).await?;
    if found > 0 {
        // Who has control now is not in the history.
        intention.job(Job::Ask { conversation: id, ticket: None }, &page, None).await?;
    }
    intention.commit().await?;
    Ok(found)
}
