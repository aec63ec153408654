//! Copies files from Meta and deletes what was taken back: claims what is due, a few at a time, so that large files
//! never stand in the way of messages.

use crate::desk::media::tend;
use crate::node::Node;
use domain::{SECOND, Timestamp};
use std::sync::Arc;
use std::time::Duration;
use store::media::{self, Record};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

/// How many files a node fetches at once; each may be as large as the limit.
const AT_ONCE: usize = 4;
/// How long a file belongs to a node that claimed it, in milliseconds: longer than a download may take.
const LEASE: i64 = 90 * SECOND;
/// Another node may have left something.
const SAFETY_NET: Duration = Duration::from_secs(1);

/// Tends files until told to stop, then lets what has begun finish.
pub async fn run(node: Arc<Node>, stop: CancellationToken) {
    let mut running = JoinSet::new();
    if let Err(error) = take_back(&node).await {
        tracing::warn!(
            error = &error as &dyn std::error::Error,
            "files of an earlier run stay leased for a while"
        );
    }
    while !stop.is_cancelled() {
        let room = AT_ONCE.saturating_sub(running.len());
        match claim(&node, room).await {
            Ok(claimed) if !claimed.is_empty() => {
                for record in claimed {
                    running.spawn(carry(node.clone(), record));
                }
            }
            Ok(_) => wait(&node, &mut running, &stop).await,
            Err(error) => {
                tracing::warn!(
                    error = &error as &dyn std::error::Error,
                    "files could not be read; trying again"
                );
                crate::clock::pause(SAFETY_NET).await;
            }
        }
        while running.try_join_next().is_some() {}
    }
    while running.join_next().await.is_some() {}
}

/// The embedded database has one node: whatever is claimed when it starts was claimed by one that died.
async fn take_back(node: &Node) -> store::Result<()> {
    if node.db.is_sqlite() {
        let mut tx = node.db.begin().await?;
        media::take_back(&mut tx).await?;
        tx.commit().await?;
    }
    Ok(())
}

async fn claim(node: &Node, room: usize) -> store::Result<Vec<Record>> {
    let now = node.clock.now();
    if room == 0 || media::next_due(&mut node.db.snapshot().await?).await?.is_none_or(|due| due > now) {
        return Ok(Vec::new());
    }
    let mut tx = node.db.begin().await?;
    let claimed = media::claim(&mut tx, now, now + LEASE, i64::try_from(room).unwrap_or(1)).await?;
    tx.commit().await?;
    Ok(claimed)
}

async fn carry(node: Arc<Node>, record: Record) {
    let id = record.view.id;
    if let Err(error) = tend(&node, record).await {
        tracing::warn!(%error, media = %id, "a file could not be recorded; it is looked at again when its lease ends");
    }
}

async fn wait(node: &Node, running: &mut JoinSet<()>, stop: &CancellationToken) {
    let due = async { media::next_due(&mut node.db.snapshot().await?).await }.await;
    // While all hands are full, only a free one changes anything.
    let due = due.ok().flatten().filter(|due| *due > node.clock.now()).unwrap_or(Timestamp(i64::MAX));
    tokio::select! {
        () = node.nudges.media.notified() => {}
        Some(_) = running.join_next() => {}
        () = node.clock.until(due) => {}
        () = crate::clock::pause(SAFETY_NET) => {}
        () = stop.cancelled() => {}
    }
}
