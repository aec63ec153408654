use super::Shown;
use crate::api::pages::{SelfTestView, StepState, self_test, start_test, test_partners};
use crate::pages::settings::doing::Doing;
use crate::pages::settings::pages::every;
use crate::parts::{Icon, Shape, When};
use crate::text;
use domain::ConversationId;
use domain::view::Named;
use leptos::prelude::*;
use std::time::Duration;

/// How often a test that runs is looked at.
const LOOK: Duration = Duration::from_secs(1);

/// A message to somebody of the team: it leaves, its echo comes back, it is answered.
#[component]
pub fn SelfTest(shown: Shown) -> impl IntoView {
    let (opening, doing, looking) = (Doing::nothing(), Doing::nothing(), Doing::nothing());
    let partners = RwSignal::new(None::<Vec<Named<ConversationId>>>);
    let chosen = RwSignal::new(String::new());
    let test = RwSignal::new(None::<SelfTestView>);
    let open = move |_| {
        opening.run(test_partners(shown.id()), move |found| {
            chosen.set(found.first().map(|one| one.id.to_string()).unwrap_or_default());
            partners.set(Some(found));
        });
    };
    let start = move |_| {
        if let Ok(conversation) = chosen.get_untracked().parse() {
            doing.run(start_test(shown.id(), conversation), move |begun| test.set(Some(begun)));
        }
    };
    // A test that was begun before this page was loaded goes on.
    Effect::new(move || looking.run(self_test(shown.id()), move |begun| test.set(begun)));
    every(LOOK, move || {
        if test.with_untracked(|test| test.as_ref().is_some_and(is_running)) {
            looking.run(self_test(shown.id()), move |fresh| test.set(fresh));
        }
    });
    let sends = Memo::new(move |_| shown.detail.with(|detail| detail.card.health.sends()));
    let problem = move || doing.problem.get().or_else(|| opening.problem.get());
    view! {
        <section aria-labelledby="test" hidden=move || !sends.get()>
            <header class="cluster">
                <h2 id="test">{text::pages::self_test()}</h2>
            </header>
            <p class="lead">{text::pages::self_test_words()}</p>
            {move || problem().map(|words| view! { <p class="problem" role="alert"><Icon name="circle-alert" /><span>{words}</span></p> })}
            {move || match partners.get() {
                None => view! {
                    <button class="button" type="button" data-kind="outline" data-size="32" disabled=move || opening.busy.get() on:click=open>
                        <Icon name="play" />
                        {text::pages::self_test()}
                    </button>
                }
                .into_any(),
                Some(found) if found.is_empty() => view! { <p class="notice"><Icon name="circle-alert" /><span>{text::pages::self_test_nobody()}</span></p> }.into_any(),
                Some(found) => view! {
                    <div class="cluster try">
                        <label for="partner">{text::pages::self_test_to()}</label>
                        <select class="input" id="partner" on:change=move |event| chosen.set(event_target_value(&event))>
                            {found.into_iter().map(|one| view! { <option value=one.id.to_string()>{one.name}</option> }).collect_view()}
                        </select>
                        <button class="button" type="button" data-kind="primary" data-size="32" disabled=move || doing.busy.get() on:click=start>{text::pages::start_test()}</button>
                    </div>
                }
                .into_any(),
            }}
            {move || test.get().map(|test| view! { <Steps test=test /> })}
        </section>
    }
}

fn is_running(test: &SelfTestView) -> bool {
    !matches!(
        (&test.accepted, &test.echoed, &test.answered),
        (_, _, StepState::Done { .. } | StepState::Failed { .. })
            | (StepState::Failed { .. }, ..)
            | (_, StepState::Failed { .. }, _)
    )
}

#[component]
fn Steps(test: SelfTestView) -> impl IntoView {
    let line = |name: &'static str, state: StepState, fix: &'static str| {
        let (icon, word) = match &state {
            StepState::Later => ("circle", "later"),
            StepState::Waiting => ("hourglass", "waiting"),
            StepState::Done { .. } => ("circle-check", "ok"),
            StepState::Failed { .. } => ("circle-x", "failed"),
        };
        let at = match &state {
            StepState::Done { at } => Some(view! { <When at=*at shape=Shape::Clock /> }),
            StepState::Later | StepState::Waiting | StepState::Failed { .. } => None,
        };
        let why = match state {
            StepState::Failed { why } => Some(why.unwrap_or_else(|| fix.to_owned())),
            StepState::Later | StepState::Waiting | StepState::Done { .. } => None,
        };
        view! {
            <li data-level=word>
                <Icon name=icon size=20 />
                <b>{name}</b>
                <span class="verdict">{at}</span>
                {why.map(|words| view! { <p>{words}</p> })}
            </li>
        }
    };
    view! {
        <div role="status">
            <ol class="findings">
                {line(text::pages::test_accepted(), test.accepted, text::pages::test_accepted_fix())}
                {line(text::pages::test_echoed(), test.echoed, text::pages::test_echoed_fix())}
                {line(text::pages::test_answered(), test.answered, text::pages::test_answered_fix())}
            </ol>
        </div>
    }
}
