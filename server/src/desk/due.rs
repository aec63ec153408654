//! What happens when a timer is due.

use super::control;
use super::intention::{EXPIRY, Intention, RESET, SNOOZE};
use crate::node::Node;
use crate::work::jobs::Job;
use domain::conversation::evidence::{Evidence, What};
use std::sync::Arc;
use store::Result;
use store::timers::{self, Timer};

/// How many timers of the embedded database ring in one transaction: it has one writer, whose time goes into making
/// commits durable.
const TOGETHER: usize = 64;

/// Fires timers, each once, whatever happened since it was set.
///
/// # Errors
/// When one cannot be fired; the others are.
pub async fn fire(node: &Arc<Node>, timers: &[Timer]) -> Result<()> {
    let mut failed = None;
    let together = if node.db.is_sqlite() { TOGETHER } else { 1 };
    for some in timers.chunks(together) {
        let Err(error) = fire_some(node, some).await else { continue };
        if some.len() == 1 {
            failed = failed.or(Some(error));
            continue;
        }
        // One that cannot be fired holds up no other.
        for one in some {
            failed = failed.or(fire_some(node, std::slice::from_ref(one)).await.err());
        }
    }
    failed.map_or(Ok(()), Err)
}

async fn fire_some(node: &Arc<Node>, timers: &[Timer]) -> Result<()> {
    let mut intention = Intention::begin(node).await?;
    for timer in timers {
        ring(&mut intention, timer).await?;
    }
    intention.commit().await
}

async fn ring(intention: &mut Intention, timer: &Timer) -> Result<()> {
    if !timers::remove(intention.tx(), timer.conversation, &timer.kind, timer.due_at).await? {
        return Ok(());
    }
    let id = timer.conversation;
    let Some(record) = intention.lock(id).await?.cloned() else { return Ok(()) };
    match timer.kind.as_str() {
        RESET if record.standing.reset_at().is_some_and(|due| due <= intention.now()) => {
            intention.job(control::automatic_release(id), &record.page, Some(id)).await?;
        }
        EXPIRY => {
            let key = format!("expired:{}", timer.due_at.ms());
            intention.observe(id, Evidence { at: timer.due_at, key, what: What::Expired }).await?;
            // Meta announces no expiry; it may have counted from a message we did not see.
            intention.job(Job::Ask { conversation: id, ticket: None }, &record.page, None).await?;
        }
        SNOOZE => {
            let key = format!("woken:{}", timer.due_at.ms());
            intention.observe(id, Evidence { at: timer.due_at, key, what: What::Woken }).await?;
            if intention.held(id).standing.woken_at == Some(timer.due_at) {
                // It comes back to the top, where somebody sees it.
                let now = intention.now();
                let record = intention.held_mut(id);
                record.updated_at = record.updated_at.max(now);
            }
        }
        _ => {}
    }
    Ok(())
}
