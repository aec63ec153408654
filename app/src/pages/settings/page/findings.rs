use super::Shown;
use crate::api::pages::{check_page, subscribe_page};
use crate::clock::Clock;
use crate::pages::settings::doing::Doing;
use crate::pages::settings::pages::card::{day, mark};
use crate::parts::{Icon, Shape, Toasts, When};
use crate::text;
use domain::page::{Checkup, Level, Subject, SubscriptionCheck};
use leptos::prelude::*;

/// What Meta says, value by value, with the remedy beside what is wrong.
#[component]
pub fn Findings(shown: Shown) -> impl IntoView {
    let toasts = expect_context::<Toasts>();
    let doing = Doing::nothing();
    let checkup = Memo::new(move |_| shown.detail.with(|detail| detail.card.checkup.clone()));
    let removed = Memo::new(move |_| shown.detail.with(|detail| detail.card.health.is_removed()));
    let heard = move |checkup: Checkup| {
        let fine = checkup.worst(checkup.at) == Level::Ok;
        toasts.say(if fine { text::pages::everything_works() } else { text::pages::not_everything_works() });
        shown.reload();
    };
    let check = move |_| doing.run(check_page(shown.id()), heard);
    let subscribe = move |_| {
        doing.run(subscribe_page(shown.id()), move |_| {
            toasts.say(text::pages::subscribed());
            shown.reload();
        });
    };
    let missing = Memo::new(move |_| {
        checkup.with(|checkup| {
            let found = checkup.as_ref().map(|checkup| &checkup.subscription);
            matches!(found, Some(SubscriptionCheck::Known { missing }) if !missing.is_empty())
        })
    });
    view! {
        <section aria-labelledby="checks" hidden=move || removed.get()>
            <header class="cluster">
                <h2 id="checks">{text::pages::checks()}</h2>
                {move || checkup.get().map(|checkup| view! { <small class="push"><When at=checkup.at shape=Shape::Moment /></small> })}
                <Show when=move || missing.get()>
                    <button class="button" type="button" data-kind="primary" disabled=move || doing.busy.get() on:click=subscribe>{text::pages::subscribe()}</button>
                </Show>
                <button class="button" type="button" data-kind="outline" disabled=move || doing.busy.get() on:click=check>
                    <Icon name="refresh-cw" />
                    {move || if doing.busy.get() { text::pages::checking() } else { text::pages::check_again() }}
                </button>
            </header>
            {move || doing.problem.get().map(|words| view! { <p class="problem" role="alert"><Icon name="circle-alert" /><span>{words}</span></p> })}
            {move || match checkup.get() {
                None => view! { <p class="lead">{text::pages::not_checked()}</p> }.into_any(),
                Some(checkup) => view! { <FindingList checkup=checkup /> }.into_any(),
            }}
        </section>
    }
}

/// One line for each value.
#[component]
pub fn FindingList(checkup: Checkup) -> impl IntoView {
    let clock = expect_context::<Clock>();
    let checkup = StoredValue::new(checkup);
    let line = move |subject: Subject| {
        let level =
            move || checkup.with_value(|checkup| checkup.level(subject, clock.now().unwrap_or(checkup.at)));
        let words =
            move || checkup.with_value(|checkup| text::pages::finding(checkup, subject, |at| day(clock, at)));
        view! {
            <li data-check=subject.as_str() data-level=move || level().as_str()>
                {move || view! { <Icon name=mark(level()) size=20 /> }}
                <b>{text::pages::subject(subject)}</b>
                <span class="verdict">{move || text::pages::level(level())}</span>
                <p>{words}</p>
            </li>
        }
    };
    view! { <ul class="findings">{Subject::ALL.into_iter().map(line).collect_view()}</ul> }
}
