//! Forgets what nobody needs any more: old log entries, applied webhooks, ended sessions.

use crate::desk::team::leaving;
use crate::node::Node;
use domain::{DAY, HOUR};
use std::sync::Arc;
use store::{changes, drafts, inbound, invitations, ledger, logins, notifications, runs, sessions};
use tokio_util::sync::CancellationToken;

/// How long a browser that was away can still catch up without a reload.
const LOG_KEPT: i64 = 2 * DAY;
/// How long raw webhooks are kept after they were applied.
const BODIES_KEPT: i64 = 7 * DAY;

/// How long a link that has run out can still say so.
const LINKS_KEPT: i64 = 30 * DAY;
/// How long the ledger's counts are kept, hour by hour.
const LEDGER_KEPT: i64 = 400 * DAY;
/// How long a blank draft is kept, so that a browser that was away learns that its words were sent.
const BLANK_DRAFTS_KEPT: i64 = 30 * DAY;
/// How long people can look up what they were told of.
const NOTIFICATIONS_KEPT: i64 = 90 * DAY;

/// How long it can be looked up why a contact did not enter a workflow.
const NON_STARTS_KEPT: i64 = 30 * DAY;

/// Tidies once an hour until told to stop.
pub async fn run(node: Arc<Node>, stop: CancellationToken) {
    while !stop.is_cancelled() {
        if let Err(error) = tidy(&node).await {
            tracing::warn!(
                error = &error as &dyn std::error::Error,
                "old rows could not be removed; trying again in an hour"
            );
        }
        if let Err(error) = crate::desk::writing::uploads::tidy(&node).await {
            tracing::warn!(%error, "files nobody sent could not be removed; trying again in an hour");
        }
        let next = node.clock.now() + HOUR;
        tokio::select! {
            () = node.clock.until(next) => {}
            () = stop.cancelled() => {}
        }
    }
}

async fn tidy(node: &Arc<Node>) -> store::Result<()> {
    let now = node.clock.now();
    if let Err(refusal) = leaving::carry_on_all(node).await {
        tracing::warn!(error = %refusal, "conversations of somebody who left could not be handed over; trying again in an hour");
    }
    let mut tx = node.db.begin().await?;
    changes::prune(&mut tx, now - LOG_KEPT).await?;
    inbound::prune(&mut tx, now - BODIES_KEPT).await?;
    sessions::prune(&mut tx, now).await?;
    invitations::prune(&mut tx, now - LINKS_KEPT).await?;
    logins::prune(&mut tx, now).await?;
    ledger::prune(&mut tx, now - LEDGER_KEPT).await?;
    drafts::prune(&mut tx, now - BLANK_DRAFTS_KEPT).await?;
    notifications::prune(&mut tx, now - NOTIFICATIONS_KEPT).await?;
    runs::prune_non_starts(&mut tx, now - NON_STARTS_KEPT).await?;
    tx.commit().await
}
