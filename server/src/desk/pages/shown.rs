//! Pages as managers see them.

use super::apps;
use crate::desk::Refusal;
use crate::node::Node;
use app::api::pages::{BotSeen, PageCard, PageDetail, PagesOverview, RhythmView, WaitingMessage};
use domain::page;
use domain::page::rhythm::{hour_of, stretch_of};
use domain::person::Role;
use domain::{DAY, HOUR, PageId, Timestamp};
use store::outbox::{self, Waiting};
use store::pages::PageRecord;
use store::{Tx, ledger, pages, people, signs};

/// How far back the ledger looks, in milliseconds.
const LEDGER: i64 = 7 * DAY;
/// How many waiting messages are listed.
const LISTED: i64 = 50;
/// How much of a waiting message is shown, in characters.
const PREVIEW: usize = 140;

/// Everybody who may put a page right, by name.
pub async fn managers(node: &Node) -> Result<Vec<String>, Refusal> {
    let all = people::all(&mut node.db.snapshot().await?).await?;
    Ok(all.into_iter().filter(|person| person.role >= Role::Manager).map(|person| person.name).collect())
}

/// All pages and apps.
pub async fn overview(node: &Node) -> Result<PagesOverview, Refusal> {
    let now = node.clock.now();
    let mut tx = node.db.snapshot().await?;
    let records = pages::all(&mut tx).await?;
    let ours = store::apps::ours(&mut tx).await?;
    let apps = ours
        .iter()
        .map(|app| apps::shown(node, app, records.iter().filter(|page| page.page.app == app.id).count()))
        .collect();
    let mut cards = Vec::new();
    for record in records {
        cards.push(card(&mut tx, record, now).await?);
    }
    Ok(PagesOverview { pages: cards, apps, simulator: simulator(node), now })
}

/// One page with all its numbers.
pub async fn page(node: &Node, id: &PageId) -> Result<PageDetail, Refusal> {
    let now = node.clock.now();
    let mut tx = node.db.snapshot().await?;
    let record = pages::find(&mut tx, id).await?.ok_or(Refusal::Gone)?;
    let ledger = ledger::since(&mut tx, id, &record.page.app, now - LEDGER).await?;
    let waiting = outbox::waiting(&mut tx, id, LISTED).await?.into_iter().map(waiting).collect();
    let rhythm = rhythm(&mut tx, &record, now).await?;
    Ok(PageDetail { card: card(&mut tx, record, now).await?, ledger, waiting, rhythm, now })
}

async fn card(tx: &mut Tx, record: PageRecord, now: Timestamp) -> Result<PageCard, Refusal> {
    let alarms = record.alarms(now);
    let mode = record.mode(&signs::of(tx, &record.page.id).await?);
    let page = record.page;
    let waiting = outbox::waiting_count(tx, &page.id).await?;
    let bots = bots(tx, &page.id).await?;
    let app_name = store::apps::find(tx, &page.app).await?.and_then(|app| app.name);
    Ok(PageCard {
        id: page.id,
        name: page.name,
        app: page.app,
        app_name,
        health: page.health,
        checkup: record.checkup,
        last_event_at: record.last_event_at,
        last_sent_at: record.last_sent_at,
        quiet: record.quiet,
        alarms,
        mode,
        bots,
        waiting: waiting.all,
        held: waiting.held,
    })
}

/// The bots seen on a page, the most recent first. Facebook's own inbox is no bot.
async fn bots(tx: &mut Tx, page: &PageId) -> Result<Vec<BotSeen>, Refusal> {
    let known = store::apps::all(tx).await?;
    let sightings = store::apps::sightings(tx).await?.into_iter();
    let here = sightings.filter(|seen| seen.page_id == *page && !seen.app.is_page_inbox());
    Ok(here
        .map(|seen| BotSeen {
            name: known
                .iter()
                .find(|one| one.app == seen.app)
                .map_or_else(|| seen.app.0.clone(), |one| one.name.clone()),
            app: seen.app,
            last_at: seen.last_at,
            holds: seen.holds,
        })
        .collect())
}

fn waiting(row: Waiting) -> WaitingMessage {
    let stand_in = || format!("Customer {}", tail(row.psid.as_str()));
    WaitingMessage {
        message: row.message,
        conversation: row.conversation,
        customer: row.customer.clone().unwrap_or_else(stand_in),
        author: row.author,
        text: row.text.unwrap_or_default().chars().take(PREVIEW).collect(),
        at: row.at,
        held: row.held_since.is_some(),
    }
}

fn tail(text: &str) -> &str {
    text.char_indices().rev().nth(3).map_or(text, |(at, _)| &text[at..])
}

async fn rhythm(tx: &mut Tx, record: &PageRecord, now: Timestamp) -> Result<RhythmView, Refusal> {
    let rhythm = pages::rhythm(tx, &record.page.id).await?;
    let since = record.last_event_at.unwrap_or(now);
    Ok(match rhythm {
        None => RhythmView { until: None, lively: 0.0, chance: 1.0 },
        Some(rhythm) => RhythmView {
            until: Some(Timestamp(rhythm.next_hour * HOUR)),
            lively: rhythm.liveliness(hour_of(now)),
            chance: if stretch_of(since) < stretch_of(now) { rhythm.silence(since, now).chance } else { 1.0 },
        },
    })
}

/// The page of the simulator we speak to, if it is one: Meta's own address never is.
fn simulator(node: &Node) -> Option<String> {
    let url = url::Url::parse(&node.config.graph_url).ok()?;
    let local = matches!(url.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"));
    local.then(|| url.origin().ascii_serialization())
}

/// Of what kind the pages are that this server works for.
pub fn channel(node: &Node) -> page::Channel {
    if simulator(node).is_some() { page::Channel::Simulator } else { page::Channel::Messenger }
}
