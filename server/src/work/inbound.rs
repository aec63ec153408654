//! Applies stored webhooks, oldest first, exactly once: what an item changes and the mark that it is done commit
//! together. One node at a time applies; the others stand by.

use crate::desk::intention::Intention;
use crate::desk::receive;
use crate::node::Node;
use messenger::event;
use std::sync::Arc;
use std::time::Duration;
use store::inbound::{self, Body};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

/// How many bodies one transaction applies.
const BATCH: usize = 64;
/// How long applying steps aside to see whether more comes in than it can apply.
const GLANCE: Duration = Duration::from_millis(5);
/// In a flood, applying rests this many times as long as it worked: Meta's patience is short, ours is not.
const REST: u32 = 7;
/// Even in a flood it never rests longer.
const LONGEST_REST: Duration = Duration::from_millis(200);
/// Looked at this often when nobody wakes us: another node may have stored something and died.
const SAFETY_NET: Duration = Duration::from_millis(500);

/// Applies what is stored until told to stop.
pub async fn run(node: Arc<Node>, stop: CancellationToken) {
    while !stop.is_cancelled() {
        let (start, taken) = (Instant::now(), node.ingest.taken());
        match apply_next(&node).await {
            Ok(0) => {
                tokio::select! {
                    () = node.nudges.inbound.notified() => {}
                    () = crate::clock::pause(SAFETY_NET) => {}
                    () = stop.cancelled() => {}
                }
            }
            Ok(applied) if applied < BATCH || node.ingest.taken() == taken => {}
            Ok(_) => give_way(&node, start.elapsed()).await,
            Err(error) => {
                tracing::warn!(
                    error = &error as &dyn std::error::Error,
                    "stored webhooks could not be applied; trying again"
                );
                crate::clock::pause(SAFETY_NET).await;
            }
        }
    }
}

/// Leaves the writer to incoming webhooks while they come faster than a batch that took this long can be applied.
async fn give_way(node: &Node, worked: Duration) {
    let before = node.ingest.taken();
    crate::clock::pause(GLANCE).await;
    let came = node.ingest.taken() - before;
    if worked.as_secs_f64() * came as f64 > GLANCE.as_secs_f64() * BATCH as f64 {
        crate::clock::pause((worked * REST).min(LONGEST_REST)).await;
    }
}

/// Applies one batch, or one by one when the batch fails; how many were done.
async fn apply_next(node: &Arc<Node>) -> store::Result<usize> {
    match apply(node, BATCH).await {
        Err(store::Error::Inconsistent { .. } | store::Error::Conflict) => apply_or_park(node).await,
        other => other,
    }
}

async fn apply(node: &Arc<Node>, limit: usize) -> store::Result<usize> {
    let mut intention = Intention::begin(node).await?;
    let bodies = inbound::next(intention.tx(), i64::try_from(limit).unwrap_or(1)).await?;
    for body in &bodies {
        apply_body(&mut intention, body).await?;
    }
    if bodies.is_empty() {
        return Ok(0);
    }
    inbound::done(intention.tx(), &bodies).await?;
    intention.commit().await?;
    Ok(bodies.len())
}

async fn apply_body(intention: &mut Intention, body: &Body) -> store::Result<()> {
    let reading = match event::read(&body.body) {
        Ok(reading) => reading,
        Err(error) => {
            let text = String::from_utf8_lossy(&body.body).into_owned();
            return intention.park(body.id, None, text, error.to_string()).await;
        }
    };
    for item in reading.items {
        match item {
            Ok(item) => receive::receive(intention, &body.app, body.id, item).await?,
            Err(parked) => intention.park(body.id, parked.page, parked.raw, parked.reason).await?,
        }
    }
    Ok(())
}

/// One body alone; if it is the one that cannot be applied, it is set aside with the reason.
async fn apply_or_park(node: &Arc<Node>) -> store::Result<usize> {
    let error = match apply(node, 1).await {
        Err(error @ (store::Error::Inconsistent { .. } | store::Error::Conflict)) => error,
        other => return other,
    };
    let mut intention = Intention::begin(node).await?;
    let bodies = inbound::next(intention.tx(), 1).await?;
    let Some(body) = bodies.first() else { return Ok(0) };
    tracing::error!(error = &error as &dyn std::error::Error, "a stored webhook is set aside");
    let text = String::from_utf8_lossy(&body.body).into_owned();
    intention.park(body.id, None, text, error.to_string()).await?;
    inbound::done(intention.tx(), &bodies[..1]).await?;
    intention.commit().await?;
    Ok(1)
}
