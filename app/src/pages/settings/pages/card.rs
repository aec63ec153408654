use crate::api::pages::{BotSeen, PageCard};
use crate::calendar;
use crate::clock::Clock;
use crate::parts::{Icon, Shape, When};
use crate::text;
use domain::page::{Alarm, Health, Level};
use domain::{MINUTE, Timestamp};
use leptos::prelude::*;

/// How bad it is at a glance, as an icon of its own shape.
pub const fn mark(level: Level) -> &'static str {
    match level {
        Level::Ok => "circle-check",
        Level::Unverified => "circle-question-mark",
        Level::Warning => "triangle-alert",
        Level::Failed => "circle-x",
    }
}

/// A page at a glance.
#[component]
pub fn Card(card: PageCard) -> impl IntoView {
    let address = format!("/settings/pages/{}", card.id);
    let routing = format!("{address}/routing");
    view! {
        <section class="connection" aria-label=card.name.clone() data-page=card.id.0.clone() data-health=word(&card.health)>
            <Head card=card.clone() />
            <Vitals card=card.clone() />
            <Alarms card=card.clone() />
            <footer class="cluster">
                <a class="button" data-kind="outline" href=address>{text::pages::details_of_page()}</a>
                <a class="button" href=routing>{text::pages::routing_check()}</a>
            </footer>
        </section>
    }
}

/// The word of a state in attributes.
pub const fn word(health: &Health) -> &'static str {
    match health {
        Health::Connected => "connected",
        Health::Paused { .. } => "paused",
        Health::Disconnected { .. } => "disconnected",
        Health::Removed { .. } => "removed",
    }
}

/// Which page, how it is, and the remedy.
#[component]
pub fn Head(card: PageCard) -> impl IntoView {
    let lost = matches!(card.health, Health::Disconnected { .. } | Health::Removed { .. });
    let worst = card.alarms.iter().map(Alarm::level).max();
    let icon = match card.health {
        Health::Connected => mark(worst.unwrap_or(Level::Ok)),
        Health::Paused { .. } => "hourglass",
        Health::Disconnected { .. } => "circle-alert",
        Health::Removed { .. } => "circle-slash",
    };
    view! {
        <header data-level=worst.map(Level::as_str)>
            <Icon name=icon size=20 />
            <div>
                <h2 dir="auto">{card.name.clone()}</h2>
                <p>
                    <b>{text::pages::health_word(&card.health)}</b>
                    {match (&card.health, card.alarms.first()) {
                        (Health::Connected, None) => None,
                        (Health::Connected, Some(alarm)) => Some(format!(" · {}", text::pages::alarm(alarm))),
                        (health, _) => Some(format!(" · {}", text::pages::health(health))),
                    }}
                </p>
            </div>
            {lost
                .then(|| {
                    let address = format!("/settings/pages/connect?page={}", card.id);
                    view! { <a class="button push" data-kind="primary" data-size="32" href=address>{text::pages::reconnect()}</a> }
                })}
        </header>
    }
}

/// The numbers that tell whether it lives.
#[component]
pub fn Vitals(card: PageCard) -> impl IntoView {
    let moment = |at: Option<Timestamp>| match at {
        Some(at) => view! { <When at=at shape=Shape::Moment /> }.into_any(),
        None => text::pages::never_yet().into_any(),
    };
    let clock = expect_context::<Clock>();
    let checkup = StoredValue::new(card.checkup.clone());
    let access =
        move || checkup.with_value(|checkup| text::pages::access(checkup.as_ref(), |at| day(clock, at)));
    view! {
        <dl class="vitals">
            <div><dt>{text::pages::last_in()}</dt><dd>{moment(card.last_event_at)}</dd></div>
            <div><dt>{text::pages::last_out()}</dt><dd>{moment(card.last_sent_at)}</dd></div>
            <div><dt>{text::pages::access_label()}</dt><dd>{access}</dd></div>
            <div><dt>{text::pages::permissions_label()}</dt><dd>{text::pages::permissions(card.checkup.as_ref())}</dd></div>
            <div><dt>{text::pages::subscription_label()}</dt><dd>{text::pages::subscription(card.checkup.as_ref())}</dd></div>
            <div><dt>{text::pages::mode()}</dt><dd>{text::mode(card.mode)}</dd></div>
            <div><dt>{text::pages::app()}</dt><dd dir="auto">{card.app_name.clone().unwrap_or_else(|| card.app.0.clone())}</dd></div>
            <div><dt>{text::pages::bots()}</dt><dd><Bots bots=card.bots.clone() /></dd></div>
            <div><dt>{text::pages::waiting()}</dt><dd>{card.waiting}</dd></div>
        </dl>
    }
}

/// Which bots answer here, and since when they were not heard of.
#[component]
fn Bots(bots: Vec<BotSeen>) -> impl IntoView {
    if bots.is_empty() {
        return text::pages::no_bots().into_any();
    }
    let bot = |bot: BotSeen| {
        view! {
            <li>
                <span dir="auto">{bot.name}</span>", "<When at=bot.last_at shape=Shape::Moment />
                {(bot.holds > 0).then(|| format!(", {}", text::pages::holds(bot.holds)))}
            </li>
        }
    };
    view! { <ul>{bots.into_iter().map(bot).collect_view()}</ul> }.into_any()
}

/// What somebody should look at.
#[component]
pub fn Alarms(card: PageCard) -> impl IntoView {
    let held = (card.held > 0).then(|| text::pages::held(card.held));
    let quiet = card.quiet.as_ref().map(|quiet| {
        let minutes = (quiet.rang_at - quiet.silence.since) / MINUTE;
        text::pages::quiet(minutes, quiet.silence.expected, quiet.silence.chance, quiet.answer)
    });
    let line = |icon: &'static str, words: String| {
        view! { <p class="notice" data-tone="warning" role="status"><Icon name=icon /><span>{words}</span></p> }
    };
    let told = match card.health {
        // The first stands beside the state already.
        Health::Connected => 1,
        Health::Paused { .. } | Health::Disconnected { .. } => 0,
        // Nobody expects anything of it.
        Health::Removed { .. } => card.alarms.len(),
    };
    // Of a silence, the line of its own says more.
    let others = card.alarms.iter().skip(told).filter(|alarm| !matches!(alarm, Alarm::Quiet { .. }));
    let others = others.map(|alarm| line(mark(alarm.level()), text::pages::alarm(alarm))).collect_view();
    view! {
        {others}
        {held.map(|words| line("hourglass", words))}
        {quiet.map(|words| line("bell", words))}
    }
}

/// "18 Jan 2027", as far as the reader's zone is known.
pub fn day(clock: Clock, at: Timestamp) -> String {
    match clock.locale() {
        Some(locale) => calendar::date(locale, at),
        None => calendar::iso(at).chars().take(10).collect(),
    }
}
