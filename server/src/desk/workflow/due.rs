//! Runs whose waiting is over, and runs that wait for somebody to assign to.

use super::occurred::Occurred;
use crate::desk::intention::Intention;
use crate::node::Node;
use domain::{ConversationId, RunId};
use std::sync::Arc;
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
pub async fn look_for_people(node: &Arc<Node>) -> Result<()> {
    let waiting = runs::waiting_for(&mut node.db.snapshot().await?, "assignee", BATCH).await?;
    for record in waiting {
        let run: RunId = record.run.id;
        hear(node, record.run.conversation, Occurred::Candidates { run }).await?;
    }
    Ok(())
}

async fn hear(node: &Arc<Node>, conversation: ConversationId, what: Occurred) -> Result<()> {
    let mut intention = Intention::begin(node).await?;
    intention.occurred(conversation, what);
    intention.commit().await
}
