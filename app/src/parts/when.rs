use crate::calendar::{self, Zone};
use crate::clock::Clock;
use domain::Timestamp;
use leptos::prelude::*;

/// How a moment is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// "14:03", "Fri", "3 Nov"
    Short,
    /// "14:03", "Fri 14:03"
    Moment,
    /// "14:03"
    Clock,
    /// "14:03", "tomorrow 14:03", "Fri 14:03": for what is still to come
    Coming,
}

/// A moment: words for people, in full on hover, and exact for machines. The words come with the browser's zone.
#[component]
pub fn When(#[prop(into)] at: Signal<Timestamp>, shape: Shape) -> impl IntoView {
    let clock = expect_context::<Clock>();
    let words = move || {
        clock.zone().zip(clock.now()).map(|(zone, now)| words(shape, zone, now, at.get())).unwrap_or_default()
    };
    let full = move || clock.zone().map(|zone| calendar::full(zone, at.get()));
    view! {
        <time datetime=move || calendar::iso(at.get()) title=full>
            {words}
        </time>
    }
}

fn words(shape: Shape, zone: Zone, now: Timestamp, at: Timestamp) -> String {
    match shape {
        Shape::Short => calendar::short(zone, now, at),
        Shape::Moment => calendar::moment(zone, now, at),
        Shape::Clock => zone.read(at).clock(),
        Shape::Coming => calendar::coming(zone, now, at),
    }
}
