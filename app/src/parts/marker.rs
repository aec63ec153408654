use super::{Apps, Icon, Shape, When};
use crate::calendar;
use crate::clock::Clock;
use crate::state::{Event, EventKind};
use crate::text;
use domain::Timestamp;
use domain::conversation::control::OwnerKind;
use leptos::prelude::*;

/// So many events stand one by one; more are told as one line that opens.
const APART: usize = 2;

/// What happened between two messages. What the customer did is part of what they say and always stands open.
#[component]
pub fn Markers(events: Vec<Event>, #[prop(into)] customer: String) -> AnyView {
    let together = |one: &Event, next: &Event| !is_customers(one) && !is_customers(next);
    events.chunk_by(together).map(|events| stretch(events, &customer)).collect_view().into_any()
}

fn is_customers(event: &Event) -> bool {
    event.kind() == EventKind::Customer
}

/// Events that follow one another, behind one line where they are many.
fn stretch(events: &[Event], customer: &str) -> AnyView {
    let count = events.len();
    let last = events.last().map(|event| text::event(event, customer));
    let lines = events.iter().cloned().map(|event| marker(event, customer)).collect_view();
    if count <= APART {
        return lines.into_any();
    }
    view! {
        <details class="markers">
            <summary class="marker"><b>{text::events(count)}</b><span aria-hidden="true">"·"</span><span>{last}</span></summary>
            {lines}
        </details>
    }
    .into_any()
}

/// One event, as one line between messages.
fn marker(event: Event, customer: &str) -> impl IntoView + use<> {
    let (control, icon) = match &event {
        Event::Control(change) => {
            let icon = match change.owner {
                OwnerKind::Ours => "lock-open",
                OwnerKind::Bot | OwnerKind::PageInbox => "lock",
                OwnerKind::Idle => "undo-2",
                OwnerKind::Unknown => "circle-question-mark",
            };
            (Some(change.owner.as_str()), icon)
        }
        Event::Activity(activity) => (None, text::activity_icon(&activity.act)),
    };
    let act = match &event {
        Event::Control(_) => None,
        Event::Activity(activity) => Some(activity.act.clone()),
    };
    let app = match &event {
        Event::Control(change) => change.app_id.clone(),
        Event::Activity(_) => None,
    };
    let apps = Apps::of_page();
    let facts = text::event_facts(&event);
    let facts = (!facts.is_empty()).then(|| {
        let facts = facts
            .into_iter()
            .map(|(name, value)| view! { <div><dt>{name}</dt><dd dir="auto">{value}</dd></div> })
            .collect_view();
        view! { <dl class="brief" data-centred="">{facts}</dl> }
    });
    view! {
        <p class="marker" data-control=control data-colour=move || apps.colour(app.as_ref()) data-act=act>
            <Icon name=icon size=14 />
            <span>{text::event(&event, customer)}</span>
            <span aria-hidden="true">"·"</span>
            <When at=event.at() shape=Shape::Clock />
        </p>
        {facts}
    }
}

/// Where what the reader had not seen begins.
#[component]
pub fn UnseenMarker() -> impl IntoView {
    view! { <p class="day" data-unseen=""><span>{text::unseen()}</span></p> }
}

/// The heading between two days.
#[component]
pub fn DayMarker(at: Timestamp) -> impl IntoView {
    let clock = expect_context::<Clock>();
    let words = move || {
        clock
            .locale()
            .zip(clock.now())
            .map(|(locale, now)| calendar::day_heading(locale, now, at))
            .unwrap_or_default()
    };
    view! { <p class="day"><span>{words}</span></p> }
}
