use super::Screen;
use crate::parts::Check;
use crate::text;
use domain::person::{Reach, Restrictions, Role};
use leptos::prelude::*;

type Switch = (&'static str, &'static str, fn(&Restrictions) -> bool, fn(&mut Restrictions, bool));

/// What can be switched off for an agent, in the order in which it is told. A box that is ticked permits.
fn switches() -> [Switch; 5] {
    [
        (
            text::may_take_over(),
            text::may_take_over_hint(),
            |all| !all.no_take_over,
            |all, may| all.no_take_over = !may,
        ),
        (
            text::may_write_anywhere(),
            text::may_write_anywhere_hint(),
            |all| !all.only_assigned,
            |all, may| all.only_assigned = !may,
        ),
        (
            text::may_see_workflows(),
            text::may_see_workflows_hint(),
            |all| !all.no_workflows,
            |all, may| all.no_workflows = !may,
        ),
        (text::may_export(), text::may_export_hint(), |all| !all.no_export, |all, may| all.no_export = !may),
        (text::may_delete(), text::may_delete_hint(), |all| !all.no_delete, |all, may| all.no_delete = !may),
    ]
}

/// What an agent sees and may do. Managers and owners have no restrictions, and that is said.
#[component]
pub fn RestrictionChoices(screen: Screen, locked: Signal<bool>) -> impl IntoView {
    let is_agent = move || screen.role.get() == Role::Agent;
    let free = move || text::no_restrictions(screen.role.get());
    view! {
        <Show when=is_agent fallback=move || view! { <p class="lead">{free}</p> }>
            <fieldset class="choices">
                <legend>{text::sees()}</legend>
                {[Reach::Everybody, Reach::Team, Reach::Own].map(|reach| view! { <ReachChoice screen=screen reach=reach locked=locked /> }).collect_view()}
            </fieldset>
            <fieldset class="choices">
                <legend>{text::may()}</legend>
                {switches().map(|switch| view! { <MayChoice screen=screen switch=switch locked=locked /> }).collect_view()}
            </fieldset>
        </Show>
    }
}

#[component]
fn ReachChoice(screen: Screen, reach: Reach, locked: Signal<bool>) -> impl IntoView {
    let (name, hint) = text::reach(reach);
    view! {
        <label class="check">
            <input
                type="radio"
                name="reach"
                disabled=move || locked.get()
                checked=screen.restrictions.get_untracked().reach == reach
                prop:checked=move || screen.restrictions.get().reach == reach
                on:change=move |_| screen.restrictions.update(|all| all.reach = reach)
            />
            <span>{name}<small>{hint}</small></span>
        </label>
    }
}

#[component]
fn MayChoice(screen: Screen, switch: Switch, locked: Signal<bool>) -> impl IntoView {
    let (name, hint, read, write) = switch;
    let on = Signal::derive(move || screen.restrictions.with(read));
    let set = Callback::new(move |may| screen.restrictions.update(|all| write(all, may)));
    view! { <Check label=name hint=hint on=on disabled=locked set=set /> }
}
