use super::Shown;
use crate::api::pages::settle_warning;
use crate::clock::Clock;
use crate::pages::settings::doing::Doing;
use crate::pages::settings::pages::card::day;
use crate::parts::{Icon, ProblemLine};
use crate::text;
use domain::page::Alarm;
use leptos::prelude::*;

/// What Meta warned the page about, until somebody has dealt with it.
#[component]
pub fn Warned(shown: Shown) -> impl IntoView {
    let doing = Doing::nothing();
    let clock = expect_context::<Clock>();
    let warning = Memo::new(move |_| {
        shown.detail.with(|detail| {
            detail.card.alarms.iter().find_map(|alarm| match alarm {
                Alarm::Warned { at, reason } => Some((*at, reason.clone())),
                _ => None,
            })
        })
    });
    let settle = move |_| doing.run(settle_warning(shown.id()), move |()| shown.reload());
    move || {
        warning.get().map(|(at, reason)| {
            view! {
                <section aria-labelledby="warned">
                    <header class="cluster">
                        <h2 id="warned">{text::pages::warned_label()}</h2>
                        <button class="button push" type="button" data-kind="outline" disabled=move || doing.busy.get() on:click=settle>
                            <Icon name="check" />
                            {text::pages::settle_warning()}
                        </button>
                    </header>
                    <p dir="auto">{text::pages::warned(&day(clock, at), reason.as_deref())}</p>
                    <p class="lead">{text::pages::warned_words()}</p>
                    <ProblemLine words=doing.problem />
                </section>
            }
        })
    }
}
