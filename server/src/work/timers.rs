//! Fires what is due. Timers are rows; the worker sleeps until the next one or until somebody sets an earlier one.

use crate::desk::due;
use crate::desk::workflow;
use crate::node::Node;
use domain::Timestamp;
use std::sync::Arc;
use std::time::Duration;
use store::{runs, timers};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

/// How many timers are read at a time.
const BATCH: i64 = 256;
/// Another node may have set an earlier timer.
const SAFETY_NET: Duration = Duration::from_secs(1);

/// Whether somebody has come for whom runs wait is looked at this often while timers ring; and whenever none does.
const LOOK: Duration = Duration::from_secs(1);

/// Fires timers until told to stop.
pub async fn run(node: Arc<Node>, stop: CancellationToken) {
    if let Err(error) = workflow::eject::left_behind(&node).await {
        tracing::warn!(
            error = &error as &dyn std::error::Error,
            "runs of stopped workflows end with their next turn"
        );
    }
    let mut looked = Instant::now();
    while !stop.is_cancelled() {
        match fire(&node, &mut looked).await {
            Ok(0) => wait(&node, &stop).await,
            Ok(_) => {}
            Err(error) => {
                tracing::warn!(
                    error = &error as &dyn std::error::Error,
                    "something that is due could not be done; trying again"
                );
                crate::clock::pause(SAFETY_NET).await;
            }
        }
    }
}

async fn fire(node: &Arc<Node>, looked: &mut Instant) -> store::Result<usize> {
    let timers = timers::due(&mut node.db.snapshot().await?, node.clock.now(), BATCH).await?;
    // A timer that cannot ring holds up no run.
    let rang = due::fire(node, &timers).await;
    if looked.elapsed() >= LOOK {
        workflow::due::look_for_people(node).await?;
        *looked = Instant::now();
    }
    let fired = timers.len() + workflow::due::fire(node).await?;
    if fired == 0 {
        workflow::due::look_for_people(node).await?;
        *looked = Instant::now();
    }
    rang.map(|()| fired)
}

async fn wait(node: &Node, stop: &CancellationToken) {
    let next = async {
        let mut tx = node.db.snapshot().await?;
        let due = [timers::next_due(&mut tx).await?, runs::next_due(&mut tx).await?];
        Ok::<_, store::Error>(due.into_iter().flatten().min())
    };
    let due = next.await.ok().flatten().unwrap_or(Timestamp(i64::MAX));
    tokio::select! {
        () = node.clock.until(due) => {}
        () = node.nudges.timers.notified() => {}
        () = crate::clock::pause(SAFETY_NET) => {}
        () = stop.cancelled() => {}
    }
}
