//! The check of one page: what Facebook answers now, and what events have shown, judged item by item (CR-11).

use super::watch;
use crate::desk::intention::Intention;
use crate::desk::{Refusal, control};
use crate::node::{NoCredentials, Node};
use app::api::{Report, RoutingView, Run, RunLine};
use domain::conversation::evidence::Answer;
use domain::person::Actor;
use domain::routing::check::{Facts, Missed, PERIOD, Subscribed, judge};
use domain::{MINUTE, PageId, SECOND};
use messenger::error::Verdict;
use messenger::{Credentials, Error, FIELDS, Glimpse};
use std::sync::Arc;
use store::pages::PageRecord;
use store::{apps, checks, pages, signs};

/// How many of a page's conversations are compared with what Facebook remembers.
const COMPARED: u32 = 25;
/// About how many threads Facebook is asked whose they are.
const ASKED: usize = 3;
/// What is younger may still be on its way to us, in milliseconds.
const ON_ITS_WAY: i64 = 10 * SECOND;
/// Facebook's clock and ours differ, in milliseconds.
const SKEW: i64 = MINUTE;

/// What is known of a page's routing: the runs so far, the apps seen, what events have shown.
pub async fn view(node: &Node, page: &PageId) -> Result<RoutingView, Refusal> {
    let mut tx = node.db.snapshot().await?;
    let record = pages::find(&mut tx, page).await?.ok_or(Refusal::Gone)?;
    let signs = signs::of(&mut tx, page).await?;
    let mut runs = checks::newest::<Report>(&mut tx, page, checks::KEPT).await?;
    let history = runs.iter().map(line).collect();
    let latest = (!runs.is_empty()).then(|| runs.remove(0));
    let sightings = apps::sightings(&mut tx).await?.into_iter().filter(|seen| seen.page_id == *page);
    let sightings = sightings.collect();
    let now = node.clock.now();
    Ok(RoutingView {
        page: record.view(now),
        mode: record.mode(&signs),
        ours: record.page.app,
        latest: latest.map(|run| Run { at: run.at, by: run.by, report: run.report }),
        history,
        apps: apps::all(&mut tx).await?,
        sightings,
        signs,
        now,
    })
}

fn line(run: &checks::Run<Report>) -> RunLine {
    use domain::routing::check::Verdict as V;
    let count = |verdict| run.report.findings.iter().filter(|finding| finding.verdict == verdict).count();
    RunLine { at: run.at, by: run.by.clone(), wrong: count(V::Wrong), unsure: count(V::CannotVerify) }
}

/// Checks a page and keeps what was found.
pub async fn run(node: &Arc<Node>, actor: &Actor, page: &PageId) -> Result<RoutingView, Refusal> {
    let record = pages::find(&mut node.db.snapshot().await?, page).await?.ok_or(Refusal::Gone)?;
    let (subscribed, missed) = match credentials(node, &record).await? {
        Ok(credentials) => ask(node, &credentials).await?,
        Err(words) => (Subscribed::Refused { words }, None),
    };
    let report = report(node, page, subscribed, missed).await?;
    let mut intention = Intention::begin(node).await?;
    let (id, at) = (node.clock.id(), intention.now());
    let run = checks::Run { at, by: actor.name().to_owned(), report };
    checks::put(intention.tx(), id, page, &run).await?;
    intention.audit(actor, "routing_checked", None, serde_json::json!({ "page": page })).await?;
    intention.commit().await?;
    view(node, page).await
}

async fn credentials(node: &Node, record: &PageRecord) -> Result<Result<Credentials, String>, Refusal> {
    let mut tx = node.db.snapshot().await?;
    match node.credentials(&mut tx, record).await {
        Ok(credentials) => Ok(Ok(credentials)),
        Err(NoCredentials::Store(error)) => Err(error.into()),
        Err(error) => Ok(Err(error.to_string())),
    }
}

/// Asks Facebook everything it may answer. A question it does not answer leaves the others alone.
async fn ask(node: &Arc<Node>, page: &Credentials) -> Result<(Subscribed, Option<Missed>), Refusal> {
    let (subscribed, recent) = tokio::join!(subscribed(node, page), node.messenger.recent(page, COMPARED));
    ask_about_held(node, &page.page).await?;
    let missed = match recent {
        Ok(recent) => missed(node, page, recent).await?,
        Err(error) => {
            // Without the list nothing is called missing; what was overheard still counts.
            tracing::warn!(error = &error as &dyn std::error::Error, page = %page.page, "Facebook's list of conversations could not be read");
            None
        }
    };
    Ok((subscribed, missed))
}

async fn subscribed(node: &Arc<Node>, page: &Credentials) -> Subscribed {
    let apps = match node.messenger.subscriptions(page).await {
        Ok(apps) => apps,
        Err(error) => return not_answered(&error),
    };
    for app in apps.iter().filter(|app| app.app != page.app) {
        if let Err(refusal) = super::apps::named_by_meta(node, &page.page, &app.app, &app.name).await {
            // The name of a neighbour is no reason to tell nothing about the page.
            tracing::warn!(%refusal, app = %app.app, "an app beside us could not be noted");
        }
    }
    let Some(ours) = apps.into_iter().find(|app| app.app == page.app) else { return Subscribed::No };
    let needed = FIELDS.iter().map(|field| (*field).to_owned());
    let missing = needed.filter(|field| !ours.fields.contains(field)).collect();
    Subscribed::Yes { fields: ours.fields.len(), missing }
}

fn not_answered(error: &Error) -> Subscribed {
    let words = error.words();
    match error.kind {
        Verdict::Admin => Subscribed::Refused { words },
        Verdict::Retry { .. }
        | Verdict::GiveUp
        | Verdict::NotOwner
        | Verdict::WindowClosed
        | Verdict::OutcomeUnknown
        | Verdict::Unreachable => Subscribed::NotAnswered { words },
    }
}

/// Asks who has threads that, as far as we know, a bot has: whether Facebook names the owner shows whether we are the
/// default app. The answers are kept like those of any re-sync.
async fn ask_about_held(node: &Arc<Node>, page: &PageId) -> Result<(), Refusal> {
    let most = i64::try_from(ASKED).unwrap_or(1);
    let held = checks::held(&mut node.db.snapshot().await?, page, most).await?;
    for conversation in held {
        control::ask(node, conversation, node.clock.id(), None).await?;
    }
    Ok(())
}

/// Conversations with news that never reached us while another app has them.
async fn missed(
    node: &Arc<Node>,
    page: &Credentials,
    recent: Vec<Glimpse>,
) -> Result<Option<Missed>, Refusal> {
    let mut missed = Missed::default();
    for glimpse in unheard(node, &page.page, recent).await?.into_iter().take(ASKED) {
        // What is ours and did not arrive has another cause than the standby switch.
        let Ok(answer) = node.messenger.owner(page, &glimpse.psid).await else { continue };
        if matches!(answer.answer, Answer::Ours | Answer::Idle) {
            continue;
        }
        watch::answered(node, &page.page, None, &answer.answer).await?;
        missed.conversations += 1;
        missed.newest = missed.newest.max(glimpse.updated_at);
    }
    Ok((missed.conversations > 0).then_some(missed))
}

/// Those of which Facebook remembers more than we were told.
async fn unheard(node: &Node, page: &PageId, recent: Vec<Glimpse>) -> Result<Vec<Glimpse>, Refusal> {
    let settled = node.clock.now() - ON_ITS_WAY;
    let mut tx = node.db.snapshot().await?;
    let mut unheard = Vec::new();
    for glimpse in recent.into_iter().filter(|glimpse| glimpse.updated_at <= settled) {
        let kept = checks::kept(&mut tx, page, &glimpse.psid).await?;
        let heard = kept.and_then(|kept| kept.last_at).is_some_and(|last| glimpse.updated_at <= last + SKEW);
        if !heard {
            unheard.push(glimpse);
        }
    }
    Ok(unheard)
}

async fn report(
    node: &Node,
    page: &PageId,
    subscribed: Subscribed,
    missed: Option<Missed>,
) -> Result<Report, Refusal> {
    let now = node.clock.now();
    let mut tx = node.db.snapshot().await?;
    let signs = signs::of(&mut tx, page).await?;
    let seen = apps::sightings(&mut tx).await?;
    let bot_seen = seen.iter().any(|seen| seen.page_id == *page && !seen.app.is_page_inbox());
    let (pace, fast) = store::radar::pace(&mut tx, page, now - PERIOD).await?;
    let measures = super::radar::measure(&mut tx, page, now, &pace, fast).await?;
    let facts = Facts { now, subscribed, signs, missed, pace, bot_seen };
    Ok(Report { findings: judge(&facts), measures })
}

/// Subscribes the page again to every kind of event an inbox needs, then checks anew.
pub async fn subscribe(node: &Arc<Node>, actor: &Actor, page: &PageId) -> Result<RoutingView, Refusal> {
    crate::desk::set_up::subscribe(node, page).await.map_err(|message| Refusal::ByMeta { message })?;
    run(node, actor, page).await
}
