//! The settings of what is selected: the trigger's, or a step's.
//!
//! To add a kind of step: its form in `steps`, its line in `body`.

mod conditions;
mod content;
mod fields;
mod form;
mod rows;
mod steps;
mod trigger;
mod ways;

use super::canvas::face;
use super::screen::Screen;
use crate::browser;
use crate::parts::Icon;
use crate::state::builder::Spot;
use crate::text::builder as words;
use domain::workflow::check::At;
use domain::workflow::graph::StepId;
use leptos::prelude::*;

#[component]
pub fn Drawer(screen: Screen) -> impl IntoView {
    // The form is drawn anew only when something else is selected, or the kind changes: not while somebody types.
    let shown = Memo::new(move |_| {
        let spot = screen.selected.get();
        let kind = screen.graph.with(|graph| match spot {
            Spot::Trigger => graph.trigger.as_ref().map(|trigger| words::trigger_name(&trigger.kind)),
            Spot::Step(id) => graph.steps.get(&id).map(|step| words::step_name(&step.kind)),
            Spot::End(_) => None,
        });
        (spot, kind)
    });
    let open = move || screen.drawer.get() && !matches!(shown.get().0, Spot::End(_));
    let close = move |_| {
        screen.drawer.set(false);
        browser::focus_spot(screen.selected.get_untracked());
    };
    let icon = move || face(screen, shown.get().0).icon;
    let title = move || shown.get().1.unwrap_or(words::trigger());
    view! {
        <Show when=open>
            <aside class="drawer" aria-label=words::step_settings() on:focusout=move |_| screen.state.update(|state| state.seal())>
                <header class="bar">
                    <span class="glyph">{move || view! { <Icon name=icon() /> }}</span>
                    <h2>{title}</h2>
                    <div class="cluster push">
                        {move || match shown.get().0 {
                            Spot::Step(id) => Some(view! { <StepActs screen=screen id=id /> }),
                            Spot::Trigger | Spot::End(_) => None,
                        }}
                        <button class="button" type="button" data-icon="" aria-label=words::close_esc() title=words::close_esc() on:click=close>
                            <Icon name="x" />
                        </button>
                    </div>
                </header>
                <div class="scroll" tabindex="-1">
                    <fieldset class="fields" disabled=move || screen.locked.get() aria-label=words::step_settings()>
                        {move || match shown.get() {
                            (Spot::Trigger, _) => trigger::form(screen),
                            (Spot::Step(id), Some(_)) => step(screen, id),
                            (_, _) => ().into_any(),
                        }}
                    </fieldset>
                    {move || match shown.get().0 {
                        Spot::Step(id) => ways::ways(screen, id),
                        Spot::Trigger | Spot::End(_) => ().into_any(),
                    }}
                </div>
                <footer>
                    <Foot screen=screen />
                </footer>
            </aside>
        </Show>
    }
}

#[component]
fn StepActs(screen: Screen, id: StepId) -> impl IntoView {
    let duplicate = move |_| {
        screen.act(|state| state.duplicate(id));
    };
    view! {
        <button class="button" type="button" data-icon="" aria-label=words::duplicate() title=words::duplicate() disabled=move || screen.locked.get() on:click=duplicate>
            <Icon name="plus" />
        </button>
        <button class="button" type="button" data-icon="" aria-label=words::copy_step() title=words::copy_step() on:click=move |_| screen.copy(id, false)>
            <Icon name="copy" />
        </button>
        <button class="button" type="button" data-icon="" aria-label=words::delete_step() title=words::delete_step() disabled=move || screen.locked.get() on:click=move |_| screen.delete(id)>
            <Icon name="trash-2" />
        </button>
    }
}

#[component]
fn Foot(screen: Screen) -> impl IntoView {
    let wrong = Memo::new(move |_| screen.faults.with(|faults| faults.len()));
    view! {
        <span>{move || words::left(wrong.get())}</span>
        <Show when=move || wrong.get() != 0>
            <button class="button push" type="button" data-kind="outline" aria-keyshortcuts="F8" on:click=move |_| screen.next_flaw()>
                {words::next_error()}
                <kbd aria-hidden="true">"F8"</kbd>
            </button>
        </Show>
    }
}

/// The form of a step: its name and its settings.
fn step(screen: Screen, id: StepId) -> AnyView {
    view! {
        {fields::name(screen, id)}
        {general(screen, At::Step(id))}
        {steps::body(screen, id)}
        {fields::comment(screen, id)}
    }
    .into_any()
}

/// What is wrong with no field in particular.
fn general(screen: Screen, at: At) -> AnyView {
    let of = |field| fields::errors(fields::flaws_of(screen, at, field));
    let advice = Memo::new(move |_| {
        screen.advice.with(|advice| {
            let own = advice
                .iter()
                .filter(|flaw| flaw.at == at && matches!(flaw.field.as_str(), "variables" | "format"));
            own.map(words::flaw).collect::<Vec<_>>()
        })
    });
    view! {
        {of("variables")}
        {of("steps")}
        {of("trigger")}
        {move || advice.get().into_iter().map(|words| view! { <p class="hint advice"><Icon name="circle-alert" size=14 /><span dir="auto">{words}</span></p> }).collect_view()}
    }
    .into_any()
}
