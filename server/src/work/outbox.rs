//! Carries jobs to Meta: claims the oldest of each conversation, does them side by side, records what came of it.

use super::jobs::{Job, SEND};
use crate::desk::together::intend;
use crate::desk::workflow::calls;
use crate::desk::{Refusal, control, profile, send};
use crate::node::Node;
use domain::{MINUTE, SECOND, Timestamp};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;
use store::outbox::{self, Job as Row};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

/// How many jobs a node does at once.
const AT_ONCE: usize = 64;
/// How many of them may be messages, where much else waits, too: customers' answers go before our own questions, and yet
/// those are asked.
const MESSAGES_AT_ONCE: usize = 56;
/// With so many or fewer to spare, it first lets some more finish: what is claimed together costs one commit.
const FEW: usize = 16;
/// How long it lets them.
const BREATH: Duration = Duration::from_millis(5);
/// How long a claimed job belongs to a node without a sign of life, in milliseconds. Should a node stall for longer,
/// another finds the job begun and does not repeat a message.
const LEASE: i64 = 10 * SECOND;
/// How often a node says that it is still at its jobs.
const RENEWAL: Duration = Duration::from_secs(3);
/// Another node may have left something.
const SAFETY_NET: Duration = Duration::from_millis(500);

/// Works through the outbox until told to stop, then lets what has begun finish.
pub async fn run(node: Arc<Node>, stop: CancellationToken) {
    let mut running = JoinSet::new();
    let held = Arc::new(Held::default());
    let renewal = tokio::spawn(keep(node.clone(), held.clone()));
    if let Err(error) = take_back(&node).await {
        tracing::warn!(
            error = &error as &dyn std::error::Error,
            "jobs of an earlier run stay leased for a while"
        );
    }
    while !stop.is_cancelled() {
        let Some(room) = room(&mut running, &stop).await else { continue };
        match claim(&node, MESSAGES_AT_ONCE.saturating_sub(held.messages()), room).await {
            Ok(rows) if !rows.is_empty() => {
                for row in rows {
                    held.add(&row);
                    running.spawn(carry(node.clone(), held.clone(), row));
                }
            }
            Ok(_) => wait(&node, &mut running, &stop).await,
            Err(error) => {
                tracing::warn!(
                    error = &error as &dyn std::error::Error,
                    "the outbox could not be read; trying again"
                );
                crate::clock::pause(SAFETY_NET).await;
            }
        }
        while running.try_join_next().is_some() {}
    }
    while running.join_next().await.is_some() {}
    renewal.abort();
}

/// The jobs this node is at, and whether each is a message.
#[derive(Default)]
struct Held(Mutex<HashMap<Uuid, bool>>);

impl Held {
    fn add(&self, row: &Row) {
        self.jobs().insert(row.id, row.kind == SEND);
    }

    fn remove(&self, id: Uuid) {
        self.jobs().remove(&id);
    }

    fn all(&self) -> Vec<Uuid> {
        self.jobs().keys().copied().collect()
    }

    fn messages(&self) -> usize {
        self.jobs().values().filter(|is_message| **is_message).count()
    }

    fn jobs(&self) -> MutexGuard<'_, HashMap<Uuid, bool>> {
        self.0.lock().expect("no code panics while it counts")
    }
}

/// Renews the lease of what takes longer.
async fn keep(node: Arc<Node>, held: Arc<Held>) {
    loop {
        crate::clock::pause(RENEWAL).await;
        let ids = held.all();
        if ids.is_empty() {
            continue;
        }
        let renewed = async {
            let mut tx = node.db.begin().await?;
            outbox::renew(&mut tx, &ids, node.clock.now() + LEASE).await?;
            tx.commit().await
        };
        if let Err(error) = renewed.await {
            tracing::warn!(error = &error as &dyn std::error::Error, "a lease could not be renewed");
        }
    }
}

/// The embedded database has one node: whatever is claimed when it starts was claimed by one that died.
async fn take_back(node: &Node) -> store::Result<()> {
    if node.db.is_sqlite() {
        let mut tx = node.db.begin().await?;
        outbox::take_back(&mut tx).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// For how many more jobs there is room; nothing when it was told to stop before there was any.
async fn room(running: &mut JoinSet<()>, stop: &CancellationToken) -> Option<usize> {
    if running.len() >= AT_ONCE {
        tokio::select! {
            _ = running.join_next() => {}
            () = stop.cancelled() => return None,
        }
    }
    let finish = async { while running.len() + FEW > AT_ONCE && running.join_next().await.is_some() {} };
    // Those that take longer are not waited for.
    let _ = tokio::time::timeout(BREATH, finish).await;
    Some(AT_ONCE.saturating_sub(running.len()))
}

async fn claim(node: &Node, messages: usize, room: usize) -> store::Result<Vec<Row>> {
    let now = node.clock.now();
    // Looking first keeps an idle node from taking the one writer of SQLite.
    if !outbox::is_due(&mut node.db.snapshot().await?, now).await? {
        return Ok(Vec::new());
    }
    let mut tx = node.db.begin().await?;
    let count = |many: usize| i64::try_from(many).unwrap_or(1);
    let rows = outbox::claim(&mut tx, now, now + LEASE, count(messages), count(room)).await?;
    tx.commit().await?;
    Ok(rows)
}

async fn wait(node: &Node, running: &mut JoinSet<()>, stop: &CancellationToken) {
    let due = async { outbox::next_due(&mut node.db.snapshot().await?).await }.await;
    let due = due.ok().flatten().filter(|due| *due > node.clock.now()).unwrap_or(Timestamp(i64::MAX));
    tokio::select! {
        () = node.nudges.outbox.notified() => {}
        Some(_) = running.join_next() => {}
        () = node.clock.until(due) => {}
        () = crate::clock::pause(SAFETY_NET) => {}
        () = stop.cancelled() => {}
    }
}

async fn carry(node: Arc<Node>, held: Arc<Held>, row: Row) {
    let id = row.id;
    if let Err(error) = perform(&node, row).await {
        tracing::warn!(%error, job = %id, "a job could not be recorded; it is looked at again when its lease ends");
    }
    held.remove(id);
    node.nudges.outbox.notify_one();
}

async fn perform(node: &Arc<Node>, row: Row) -> Result<(), Refusal> {
    let job: Job = match serde_json::from_str(&row.payload) {
        Ok(job) => job,
        Err(error) => {
            tracing::error!(%error, job = %row.id, "a job cannot be read and is dropped");
            return finish(node, &row, None).await;
        }
    };
    match job {
        Job::Send { message, by, through, then, content, again } => {
            Ok(send::perform(node, send::Sending { row, message, by, through, then, content, again }).await?)
        }
        Job::Settle { message, content, .. } => Ok(send::settle(node, &row, message, content).await?),
        Job::Call { conversation, ticket, call } => {
            Ok(calls::carry_out(node, &row, conversation, ticket, &call).await?)
        }
        Job::Ask { conversation, ticket } => {
            let again = control::ask(node, conversation, row.id, ticket).await?;
            finish(node, &row, again).await
        }
        Job::Profile { conversation } => {
            let again = profile::fetch(node, conversation).await?;
            finish(node, &row, again).await?;
            // Runs that wait to know whom they greet go on, with a name or without.
            node.nudges.timers.notify_one();
            Ok(())
        }
        Job::Take { .. } | Job::Release { .. } => control::carry_out(node, &row, job).await,
    }
}

/// Ends a job, or puts it off by so many milliseconds. After ten tries it ends.
async fn finish(node: &Arc<Node>, row: &Row, again: Option<i64>) -> Result<(), Refusal> {
    let (id, attempts) = (row.id, row.attempts);
    let later = again.filter(|_| attempts < 10).map(|pause| (pause << attempts.clamp(0, 6)).min(10 * MINUTE));
    let finished = intend(node, move |intention| {
        Box::pin(async move {
            let now = intention.now();
            match later {
                Some(pause) => outbox::retry(intention.tx(), id, now + pause, true).await,
                None => outbox::done(intention.tx(), id).await,
            }
        })
    });
    Ok(finished.await?)
}
