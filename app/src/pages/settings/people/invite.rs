use super::Screen;
use crate::api::{self, Invitation, Me};
use crate::pages::settings::doing::Doing;
use crate::parts::{Check, Dialog, ProblemLine, TextField};
use crate::text;
use domain::TeamId;
use domain::person::Role;
use leptos::prelude::*;
use std::collections::BTreeSet;

/// Asks whom to invite, as what.
#[component]
pub fn Invite(screen: Screen) -> impl IntoView {
    let me = expect_context::<Me>().person;
    let email = RwSignal::new(String::new());
    let name = RwSignal::new(String::new());
    let role = RwSignal::new(Role::Agent);
    let teams = RwSignal::new(BTreeSet::<TeamId>::new());
    let doing = Doing::nothing();
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let new = Invitation {
            email: email.get_untracked(),
            name: name.get_untracked(),
            role: role.get_untracked(),
            teams: teams.get_untracked().into_iter().collect(),
        };
        doing.run(api::invite(new), move |link| {
            screen.inviting.set(false);
            screen.link.set(Some(link));
            email.set(String::new());
            name.set(String::new());
            teams.set(BTreeSet::new());
            screen.reload();
        });
    };
    let roles = Role::ALL
        .into_iter()
        .filter(|role| me.may_manage(*role))
        .map(|one| view! { <RoleChoice role=one chosen=role /> })
        .collect_view();
    view! {
        <Dialog open=screen.inviting title=text::invite_title()>
            <form class="form" on:submit=send>
                <TextField id="invite-email" label=text::email() value=email kind="email" />
                <TextField id="invite-name" label=text::name_if_known() value=name hint=text::name_if_known_hint() required=false />
                <fieldset class="choices"><legend>{text::role()}</legend>{roles}</fieldset>
                <TeamChoices screen=screen chosen=teams />
                <ProblemLine words=doing.problem />
                <footer>
                    <button class="button" type="button" data-size="32" on:click=move |_| screen.inviting.set(false)>{text::cancel()}</button>
                    <button class="button" type="submit" data-kind="primary" data-size="32" disabled=move || doing.busy.get()>
                        {text::make_link()}
                    </button>
                </footer>
            </form>
        </Dialog>
    }
}

#[component]
fn RoleChoice(role: Role, chosen: RwSignal<Role>) -> impl IntoView {
    view! {
        <label class="check">
            <input type="radio" name="invite-role" value=role.as_str() prop:checked=move || chosen.get() == role on:change=move |_| chosen.set(role) />
            <span>{text::role_name(role)}<small>{text::role_means(role)}</small></span>
        </label>
    }
}

#[component]
fn TeamChoices(screen: Screen, chosen: RwSignal<BTreeSet<TeamId>>) -> impl IntoView {
    let choice = move |id: TeamId, name: String| {
        let set = Callback::new(move |on: bool| {
            chosen.update(|chosen| {
                if on {
                    chosen.insert(id)
                } else {
                    chosen.remove(&id)
                };
            });
        });
        view! { <Check label=name on=Signal::derive(move || chosen.with(|chosen| chosen.contains(&id))) set=set /> }
    };
    let teams = move || screen.directory.with(|directory| directory.teams.clone());
    view! {
        <Show when=move || !teams().is_empty()>
            <fieldset class="choices">
                <legend>{text::settings_teams()}</legend>
                {move || teams().into_iter().map(|one| choice(one.team.id, one.team.name)).collect_view()}
            </fieldset>
        </Show>
    }
}
