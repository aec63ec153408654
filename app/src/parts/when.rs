use crate::calendar::{self, Locale};
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
        clock
            .locale()
            .zip(clock.now())
            .map(|(locale, now)| words(shape, locale, now, at.get()))
            .unwrap_or_default()
    };
    let full = move || clock.locale().map(|locale| calendar::full(locale, at.get()));
    view! {
        <time datetime=move || calendar::iso(at.get()) title=full>
            {words}
        </time>
    }
}

fn words(shape: Shape, locale: Locale, now: Timestamp, at: Timestamp) -> String {
    match shape {
        Shape::Short => calendar::short(locale, now, at),
        Shape::Moment => calendar::moment(locale, now, at),
        Shape::Clock => calendar::time(locale, at),
        Shape::Coming => calendar::coming(locale, now, at),
    }
}
