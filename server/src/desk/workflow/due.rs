//! Runs whose waiting is over, and runs that wait for somebody to assign to.

use super::occurred::Occurred;
use crate::desk::intention::Intention;
use crate::node::Node;
use domain::ConversationId;
use std::collections::BTreeSet;
use std::sync::Arc;
use store::runs::Queue;
use store::{Result, runs};

/// How many runs are looked at at a time.
const BATCH: i64 = 128;

/// Moves runs whose time is up, and those that were about to go on; answers how many.
pub async fn fire(node: &Arc<Node>) -> Result<usize> {
    let mut tx = node.db.snapshot().await?;
    let mut due = runs::due(&mut tx, node.clock.now(), BATCH).await?;
    due.extend(runs::ready(&mut tx, BATCH).await?);
    drop(tx);
    for (run, conversation) in &due {
        hear(node, *conversation, Occurred::Due { run: *run }).await?;
    }
    Ok(due.len())
}

/// Lets runs that wait for a person look again: somebody may have come, closed something or joined a team.
///
/// Those at the same step look for the same people, so one who finds nobody answers for everybody behind; whoever
/// waits longest is asked first, across all queues, however many there are.
pub async fn look_for_people(node: &Arc<Node>) -> Result<()> {
    let mut nobody_fits: BTreeSet<Queue> = BTreeSet::new();
    loop {
        let heads = runs::first_in_line(&mut node.db.snapshot().await?, "assignee").await?;
        let next = heads.into_iter().find(|(.., queue)| !nobody_fits.contains(queue));
        let Some((run, conversation, queue)) = next else { return Ok(()) };
        hear(node, conversation, Occurred::Candidates { run }).await?;
        let heads = runs::first_in_line(&mut node.db.snapshot().await?, "assignee").await?;
        if heads.iter().any(|(head, ..)| *head == run) {
            nobody_fits.insert(queue);
        }
    }
}

async fn hear(node: &Arc<Node>, conversation: ConversationId, what: Occurred) -> Result<()> {
    let mut intention = Intention::begin(node).await?;
    intention.occurred(conversation, what);
    intention.commit().await
}
