//! Looks after pages: asks Meta once a day whether our access still counts, listens for silence, looks for holes.

use crate::desk::pages;
use crate::node::Node;
use domain::{DAY, HOUR, MINUTE, SECOND, Timestamp};
use std::sync::Arc;
use std::time::Duration;
use store::page_tasks::{self, PageTask};
use tokio_util::sync::CancellationToken;

/// How many tasks are read at a time.
const BATCH: i64 = 64;
/// Another node may have set an earlier task.
const SAFETY_NET: Duration = Duration::from_secs(2);
/// How long a page that was just connected is left alone, in milliseconds.
pub const FIRST: i64 = 30 * SECOND;

/// What is done for a page again and again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Task {
    /// Asks Meta about token, permissions and subscription.
    Check,
    /// Learns the page's rhythm and notices when it is broken.
    Listen,
    /// Compares Meta's history with ours and fetches what is missing.
    Fill,
}

/// All of them.
pub const TASKS: [Task; 3] = [Task::Check, Task::Listen, Task::Fill];

impl Task {
    /// The word stored with the row.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Check => "check",
            Self::Listen => "listen",
            Self::Fill => "fill",
        }
    }

    /// How long until it is due again, in milliseconds.
    const fn every(self) -> i64 {
        match self {
            Self::Check => DAY,
            Self::Listen => 10 * MINUTE,
            Self::Fill => HOUR,
        }
    }
}

/// Does what is due until told to stop. A node that comes up looks for holes first: it may have been away.
pub async fn run(node: Arc<Node>, stop: CancellationToken) {
    if let Err(error) = after_absence(&node).await {
        tracing::warn!(error = &error as &dyn std::error::Error, "pages are not looked at right away");
    }
    while !stop.is_cancelled() {
        match work(&node, &stop).await {
            Ok(0) => wait(&node, &stop).await,
            Ok(_) => {}
            Err(error) => {
                tracing::warn!(
                    error = &error as &dyn std::error::Error,
                    "pages could not be looked after; trying again"
                );
                crate::clock::pause(SAFETY_NET).await;
            }
        }
    }
}

async fn after_absence(node: &Node) -> store::Result<()> {
    let mut tx = node.db.begin().await?;
    let due = node.clock.now() + FIRST;
    for record in store::pages::all(&mut tx).await? {
        page_tasks::set(&mut tx, &record.page.id, Task::Fill.as_str(), due).await?;
    }
    tx.commit().await
}

async fn work(node: &Arc<Node>, stop: &CancellationToken) -> store::Result<usize> {
    let due = page_tasks::due(&mut node.db.snapshot().await?, node.clock.now(), BATCH).await?;
    for row in &due {
        let Some(task) = TASKS.into_iter().find(|task| task.as_str() == row.kind) else { continue };
        if !take(node, row, task).await? {
            continue;
        }
        tokio::select! {
            () = carry_out(node, row, task) => {}
            () = stop.cancelled() => return Ok(0),
        }
    }
    Ok(due.len())
}

async fn take(node: &Node, row: &PageTask, task: Task) -> store::Result<bool> {
    let mut tx = node.db.begin().await?;
    let taken = page_tasks::take(&mut tx, row, node.clock.now() + task.every()).await?;
    tx.commit().await?;
    Ok(taken)
}

async fn carry_out(node: &Arc<Node>, row: &PageTask, task: Task) {
    let done = match task {
        Task::Check => pages::checkup::by_itself(node, &row.page).await.map(drop),
        Task::Listen => pages::quiet::listen(node, &row.page).await,
        Task::Fill => pages::fill::fill(node, &row.page).await.map(drop),
    };
    if let Err(error) = done {
        tracing::debug!(%error, page = %row.page, task = task.as_str(), "a page could not be looked after");
    }
}

async fn wait(node: &Node, stop: &CancellationToken) {
    let next = async { page_tasks::next_due(&mut node.db.snapshot().await?).await }.await;
    let due = next.ok().flatten().unwrap_or(Timestamp(i64::MAX));
    tokio::select! {
        () = node.clock.until(due) => {}
        () = crate::clock::pause(SAFETY_NET) => {}
        () = stop.cancelled() => {}
    }
}
