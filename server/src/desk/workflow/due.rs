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
const BATCH: i64 = 256;
/// How many of them move in one transaction, where only one can write.
const TOGETHER: usize = 64;
/// How many of them move side by side, where many can write.
const AT_ONCE: usize = 8;

/// Moves runs whose time is up, and those that were about to go on; answers how many.
///
/// # Errors
/// When the database does not answer, or a run cannot be moved; the others are.
pub async fn fire(node: &Arc<Node>) -> Result<usize> {
    let mut tx = node.db.snapshot().await?;
    let mut due = runs::due(&mut tx, node.clock.now(), BATCH).await?;
    due.extend(runs::ready(&mut tx, BATCH).await?);
    drop(tx);
    let count = due.len();
    let occurred = |(run, conversation)| (conversation, Occurred::Due { run });
    hear_all(node, due.into_iter().map(occurred).collect()).await?;
    Ok(count)
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
        hear(node, &[(conversation, Occurred::Candidates { run })]).await?;
        let heads = runs::first_in_line(&mut node.db.snapshot().await?, "assignee").await?;
        if heads.iter().any(|(head, ..)| *head == run) {
            nobody_fits.insert(queue);
        }
    }
}

type Heard = (ConversationId, Occurred);

/// Each is an intention of its own. The embedded database has one writer, whose time goes into making commits durable:
/// there many intentions share a commit, which fails or holds for all of them. What fails is tried again by itself, so
/// that one run that cannot move holds up no other. PostgreSQL joins the commits of many by itself.
async fn hear_all(node: &Arc<Node>, all: Vec<Heard>) -> Result<()> {
    let mut failed = None;
    if node.db.is_sqlite() {
        for together in all.chunks(TOGETHER) {
            if hear(node, together).await.is_ok() {
                continue;
            }
            for one in together {
                failed = failed.or(hear(node, std::slice::from_ref(one)).await.err());
            }
        }
    } else {
        for side_by_side in all.chunks(AT_ONCE) {
            let each = side_by_side.iter().map(|one| hear(node, std::slice::from_ref(one)));
            for heard in futures::future::join_all(each).await {
                failed = failed.or(heard.err());
            }
        }
    }
    failed.map_or(Ok(()), Err)
}

async fn hear(node: &Arc<Node>, together: &[Heard]) -> Result<()> {
    let mut intention = Intention::begin(node).await?;
    for (conversation, what) in together {
        intention.occurred(*conversation, what.clone());
    }
    intention.commit().await
}
