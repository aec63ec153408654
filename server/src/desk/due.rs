//! What happens when a timer is due.

use super::control;
use super::intention::{EXPIRY, Intention, RESET, SNOOZE};
use crate::node::Node;
use crate::work::jobs::Job;
use domain::conversation::evidence::{Evidence, What};
use std::sync::Arc;
use store::Result;
use store::timers::{self, Timer};

/// Fires one timer, once, whatever happened since it was set.
pub async fn fire(node: &Arc<Node>, timer: &Timer) -> Result<()> {
    let mut intention = Intention::begin(node).await?;
    if !timers::remove(intention.tx(), timer.conversation, &timer.kind, timer.due_at).await? {
        return Ok(());
    }
    let id = timer.conversation;
    let Some(record) = intention.lock(id).await?.cloned() else { return intention.commit().await };
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
    intention.commit().await
}
