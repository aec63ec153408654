//! The zero-loss ledger: counts by page (or app), hour and kind.
//!
//! Counts are collected in the transaction ([`Tx::count`]) and written once, when it commits, in a fixed order: whatever
//! a transaction holds by then, two of them cannot wait for each other.

use crate::{Error, Result, Tx};
use domain::page::ledger::{Kind, Ledger};
use domain::page::rhythm::{hour_of, stretch_of};
use domain::{AppId, PageId, Timestamp};
use std::collections::BTreeMap;

/// What a transaction notes about pages, written when it commits.
#[derive(Debug, Default)]
pub(crate) struct Notes {
    /// By subject, hour since 1970 and kind.
    counts: BTreeMap<(String, i64, &'static str), i64>,
    /// By page: when Meta told something, and when it took something.
    pulses: BTreeMap<String, Pulse>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Pulse {
    heard: Option<Timestamp>,
    sent: Option<Timestamp>,
}

statements! {
    ADD = "
        insert into ledger (subject, hour, kind, n) values ($1, $2, $3, $4)
        on conflict (subject, hour, kind) do update set n = ledger.n + excluded.n";
    SUMS = "
        select kind, cast(sum(n) as bigint) as n from ledger
        where subject = $1 and hour >= $2 group by kind order by kind";
    HOURS = "
        select hour, n from ledger where subject = $1 and kind = $2 and hour >= $3 and hour < $4 order by hour";
    HEARD_AT = "select heard_at from page_pulse where page_id = $1";
    BEAT = "
        insert into page_pulse (page_id, heard_at, sent_at) values ($1, $2, $3)
        on conflict (page_id) do update set
            heard_at = case when page_pulse.heard_at > excluded.heard_at then page_pulse.heard_at
                else coalesce(excluded.heard_at, page_pulse.heard_at) end,
            sent_at = case when page_pulse.sent_at > excluded.sent_at then page_pulse.sent_at
                else coalesce(excluded.sent_at, page_pulse.sent_at) end";
    BODIES_WAITING = "select count(*) from inbound where state = 'new' and app_id = $1 and received_at >= $2";
    PRUNE = "delete from ledger where hour < $1";
}

impl Tx {
    /// Counts something; written when the transaction commits.
    pub fn count(&mut self, page: &PageId, at: Timestamp, kind: Kind, n: i64) {
        self.count_of(page.as_str(), at, kind, n);
    }

    pub(crate) fn count_of(&mut self, subject: &str, at: Timestamp, kind: Kind, n: i64) {
        *self.notes.counts.entry((subject.to_owned(), hour_of(at), kind.as_str())).or_default() += n;
    }

    /// Notes that Meta told something about a page of ours.
    pub fn heard(&mut self, page: &PageId, at: Timestamp) {
        let pulse = self.notes.pulses.entry(page.0.clone()).or_default();
        pulse.heard = pulse.heard.max(Some(at));
    }

    /// Notes that Meta took a message of a page of ours.
    pub fn sent(&mut self, page: &PageId, at: Timestamp) {
        let pulse = self.notes.pulses.entry(page.0.clone()).or_default();
        pulse.sent = pulse.sent.max(Some(at));
    }
}

/// Writes what the transaction noted.
pub(crate) async fn write(tx: &mut Tx) -> Result<()> {
    for (page, Pulse { heard, sent }) in std::mem::take(&mut tx.notes.pulses) {
        if let Some(at) = heard {
            let before: Option<(Option<i64>,)> = fetch_optional!(tx, HEARD_AT, &page);
            let before = before.and_then(|(at,)| at).map(Timestamp);
            if before.is_none_or(|before| stretch_of(before) < stretch_of(at)) {
                tx.count_of(&page, at, Kind::Active, 1);
            }
        }
        execute!(tx, BEAT, &page, heard.map(Timestamp::ms), sent.map(Timestamp::ms));
    }
    for ((subject, hour, kind), n) in std::mem::take(&mut tx.notes.counts) {
        if n != 0 {
            execute!(tx, ADD, &subject, hour, kind, n);
        }
    }
    Ok(())
}

/// The counts of a page and of its app's webhook bodies since the hour of a moment.
pub async fn since(tx: &mut Tx, page: &PageId, app: &AppId, since: Timestamp) -> Result<Ledger> {
    let hour = hour_of(since);
    let mut ledger = Ledger::default();
    for subject in [page.as_str(), app.as_str()] {
        let sums: Vec<(String, i64)> = fetch_all!(tx, SUMS, subject, hour);
        for (kind, n) in sums {
            let kind: Kind = kind
                .parse()
                .map_err(|_| Error::Inconsistent { table: "ledger", what: format!("kind {kind}") })?;
            ledger.add(kind, n);
        }
    }
    let from = Timestamp(hour * domain::HOUR);
    let (waiting,): (i64,) = fetch_one!(tx, BODIES_WAITING, app.as_str(), from.ms());
    ledger.bodies_waiting = waiting;
    Ok(ledger)
}

/// One count hour by hour, from `from` up to but without `until` (hours since 1970). Hours without any are left out.
pub async fn hours(tx: &mut Tx, page: &PageId, kind: Kind, from: i64, until: i64) -> Result<Vec<(i64, i64)>> {
    Ok(fetch_all!(tx, HOURS, page.as_str(), kind.as_str(), from, until))
}

/// Forgets counts of hours before a moment.
pub async fn prune(tx: &mut Tx, before: Timestamp) -> Result<u64> {
    Ok(execute!(tx, PRUNE, hour_of(before)))
}
