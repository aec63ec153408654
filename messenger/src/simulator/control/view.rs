//! The simulation as the phone page sees it.

use crate::simulator::Simulator;
use crate::simulator::setup::{Mode, PageSetup};
use crate::simulator::world::{Page, Thread, World};
use domain::{PageId, Psid, Timestamp};
use serde_json::{Value, json};

/// How many messages of a thread are shown.
const SHOWN: usize = 200;
/// How many threads are shown: under load there are more than anybody would look at.
const LISTED: usize = 100;

impl Simulator {
    pub(super) fn state(&self) -> Value {
        let (now, world) = (self.now(), self.world());
        let pages: Vec<Value> = world.pages.values().map(|page| page_view(page, &world, now)).collect();
        json!({ "now": now, "pages": pages, "webhooks": self.faults().of_webhooks(), "faults": self.faults().of_calls() })
    }

    pub(super) fn page_or_first(&self, page: Option<PageId>) -> PageId {
        let first = || self.world().pages.keys().next().cloned();
        page.or_else(first).unwrap_or_else(|| PageId(String::new()))
    }
}

fn page_view(page: &Page, world: &World, now: Timestamp) -> Value {
    let setup = &page.setup;
    let mut threads: Vec<&Thread> = page.threads.values().collect();
    threads.sort_by_key(|thread| (std::cmp::Reverse(last_at(thread)), thread.name()));
    let apps: Vec<Value> = setup
        .apps
        .iter()
        .map(|app| {
            json!({
                "id": app.id, "name": app.name, "take_control": app.take_control, "standby": app.standby,
                "subscribed": !app.fields.is_empty(), "webhook": app.webhook, "scripted": app.bot.is_some(),
                "token_expired": world.expired_tokens.contains(&app.access_token),
            })
        })
        .collect();
    json!({
        "id": setup.id,
        "name": setup.name,
        "routing": {
            "mode": match setup.routing.mode { Mode::On => "on", Mode::ZeroConfig => "zero_config", Mode::Legacy => "legacy" },
            "default_app": setup.routing.default_app, "social_app": setup.routing.social_app,
        },
        "apps": apps,
        "threads": threads.iter().take(LISTED).map(|thread| thread_view(thread, setup, now)).collect::<Vec<_>>(),
    })
}

fn last_at(thread: &Thread) -> Option<Timestamp> {
    thread.messages.last().map(|message| message.at)
}

fn thread_view(thread: &Thread, setup: &PageSetup, now: Timestamp) -> Value {
    let owner = thread.owner(now);
    let name = owner.map(|owner| match setup.app(owner) {
        Some(app) => app.name.clone(),
        None if owner.is_page_inbox() => "Page inbox".to_owned(),
        None => owner.0.clone(),
    });
    let skipped = thread.messages.len().saturating_sub(SHOWN);
    json!({
        "id": thread.id,
        "psid": thread.psid,
        "name": thread.name(),
        "owner": owner,
        "owner_name": name,
        "owner_until": thread.control.as_ref().filter(|_| owner.is_some()).map(|control| control.until),
        "window": thread.window.at(now),
        "messages": &thread.messages[skipped..],
    })
}

/// The first letter of a name on a colour made from the id.
pub(super) fn portrait(simulator: &Simulator, psid: &Psid) -> String {
    let world = simulator.world();
    let thread = world.pages.values().find_map(|page| page.threads.get(psid));
    let letter =
        thread.and_then(|thread| thread.first_name.chars().next()).filter(|letter| letter.is_alphanumeric());
    let hue = psid.as_str().bytes().fold(0_u32, |hue, byte| (hue * 31 + u32::from(byte)) % 360);
    format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96"><rect width="96" height="96" fill="hsl({hue} 45% 45%)"/><text x="48" y="62" font-family="sans-serif" font-size="42" fill="white" text-anchor="middle">{}</text></svg>"#,
        letter.unwrap_or('?')
    )
}
