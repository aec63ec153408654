use super::{Icon, Shape, When};
use crate::calendar;
use crate::clock::Clock;
use crate::text;
use domain::Timestamp;
use domain::conversation::control::OwnerKind;
use domain::view::ControlChange;
use leptos::prelude::*;

/// A change of owner, as one line between messages.
#[component]
pub fn OwnerMarker(change: ControlChange) -> impl IntoView {
    let icon = match change.owner {
        OwnerKind::Ours => "lock-open",
        OwnerKind::Bot | OwnerKind::PageInbox => "lock",
        OwnerKind::Idle => "undo-2",
        OwnerKind::Unknown => "circle-question-mark",
    };
    view! {
        <p class="marker" data-control=change.owner.as_str()>
            <Icon name=icon size=14 />
            <span>{text::control_marker(&change)}</span>
            <span aria-hidden="true">"·"</span>
            <When at=change.at shape=Shape::Clock />
        </p>
    }
}

/// The heading between two days.
#[component]
pub fn DayMarker(at: Timestamp) -> impl IntoView {
    let clock = expect_context::<Clock>();
    let words = move || {
        clock
            .zone()
            .zip(clock.now())
            .map(|(zone, now)| calendar::day_heading(zone, now, at))
            .unwrap_or_default()
    };
    view! { <p class="day"><span>{words}</span></p> }
}
