//! Listening: each page has its rhythm, and a silence that does not fit it makes us ask Meta.

use super::fill;
use crate::desk::Refusal;
use crate::desk::intention::Intention;
use crate::node::Node;
use crate::work::pages::Task;
use domain::page::ledger::Kind;
use domain::page::rhythm::{Rhythm, Silence, hour_of};
use domain::page::{Health, Quiet, QuietAnswer};
use domain::{PageId, Timestamp};
use std::sync::Arc;
use store::{Tx, ledger, page_tasks, pages};

/// Learns the hours that are over and rings when the present silence is too unlikely to be chance.
pub async fn listen(node: &Arc<Node>, id: &PageId) -> Result<(), Refusal> {
    let mut tx = node.db.begin().await?;
    let now = node.clock.now();
    let Some(record) = pages::find(&mut tx, id).await? else { return Ok(()) };
    let rhythm = learn(&mut tx, id, hour_of(now)).await?;
    let silence = record.last_event_at.map(|since| rhythm.silence(since, now));
    let rings = silence.filter(|silence| silence.rings(now) && record.page.health == Health::Connected);
    let Some(silence) = rings else {
        tx.commit().await?;
        return match record.quiet {
            Some(_) => keep(node, id, None).await,
            None => Ok(()),
        };
    };
    tx.commit().await?;
    match record.quiet {
        Some(quiet) if quiet.silence.since == silence.since => Ok(()),
        Some(_) | None => ring(node, id, silence).await,
    }
}

/// Folds every hour that is over into what was learned.
async fn learn(tx: &mut Tx, id: &PageId, this_hour: i64) -> Result<Rhythm, Refusal> {
    let known = pages::rhythm(tx, id).await?;
    let is_new = known.is_none();
    let mut rhythm = known.unwrap_or_else(|| Rhythm::new(this_hour));
    let active = ledger::hours(tx, id, Kind::Active, rhythm.next_hour, this_hour).await?;
    let mut active = active.into_iter().peekable();
    let learned = rhythm.next_hour < this_hour;
    for hour in rhythm.next_hour..this_hour {
        let count = active.next_if(|(at, _)| *at == hour).map_or(0, |(_, count)| count);
        rhythm.learn(hour, count);
    }
    if is_new || learned {
        pages::set_rhythm(tx, id, &rhythm).await?;
    }
    Ok(rhythm)
}

/// Keeps the alarm, or ends it, and tells everybody.
async fn keep(node: &Arc<Node>, id: &PageId, quiet: Option<Quiet>) -> Result<(), Refusal> {
    let mut intention = Intention::begin(node).await?;
    pages::set_quiet(intention.tx(), id, quiet.as_ref()).await?;
    if let Some(quiet) = quiet {
        // A silent page may have lost its subscription: look now, not tomorrow.
        page_tasks::set(intention.tx(), id, Task::Check.as_str(), quiet.rang_at).await?;
    }
    intention.page_changed(id).await?;
    Ok(intention.commit().await?)
}

/// How many messages no webhook told of since the hour in which it fell silent. The hourly look at Meta's history may
/// have found them before anybody wondered about the silence.
async fn found_since(node: &Arc<Node>, id: &PageId, since: Timestamp) -> Result<i64, Refusal> {
    let until = hour_of(node.clock.now()) + 1;
    let mut tx = node.db.snapshot().await?;
    let found = ledger::hours(&mut tx, id, Kind::Filled, hour_of(since), until).await?;
    Ok(found.into_iter().map(|(_, count)| count).sum())
}

/// Asks Meta whether customers wrote meanwhile, fetches what they wrote, and keeps the alarm with the answer.
async fn ring(node: &Arc<Node>, id: &PageId, silence: Silence) -> Result<(), Refusal> {
    let asked = fill::fill(node, id).await;
    let missed = found_since(node, id, silence.since).await?;
    let answer = match asked {
        Err(Refusal::Store(error)) => return Err(error.into()),
        Ok(_) | Err(_) if missed > 0 => QuietAnswer::Missed { messages: missed },
        Ok(_) => QuietAnswer::NothingNewer,
        Err(_) => QuietAnswer::Unreachable,
    };
    keep(node, id, Some(Quiet { silence, rang_at: node.clock.now(), answer })).await?;
    tracing::warn!(page = %id, chance = silence.chance, expected = silence.expected, "a page is quieter than usual");
    Ok(())
}
