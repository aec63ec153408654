//! One person: what they may do, and the end of their place in the team.

mod leaving;
mod restrictions;

use super::doing::Doing;
use super::loaded::loaded;
use crate::api::{self, Directory, Me, Member, PersonChange};
use crate::clock::Clock;
use crate::pages::address::piece;
use crate::parts::{Avatar, Check, Empty, Icon, Kind, ProblemLine, Toasts};
use crate::text;
use domain::person::{Restrictions, Role};
use domain::{PersonId, TeamId};
use leaving::Leaving;
use leptos::prelude::*;
use leptos_meta::Title;
use restrictions::RestrictionChoices;
use std::collections::BTreeSet;

/// The section at `/settings/people/{person}`.
#[component]
pub fn PersonSection() -> impl IntoView {
    let person = piece(2);
    let id = Memo::new(move |_| person.with(|id| id.parse::<PersonId>().ok()));
    let directory = Resource::new_blocking(|| (), |()| api::load_directory());
    let draw = move |directory: Directory| {
        match id.get_untracked().and_then(|id| found(&directory, id)) {
        Some(member) => view! { <PersonPage directory=directory member=member /> }.into_any(),
        None => view! {
            <Title text=text::settings_people() />
            <Empty title=text::nobody_here() words=text::nobody_here_words()>
                <a class="button" data-kind="outline" data-size="32" href="/settings/people">{text::settings_people()}</a>
            </Empty>
        }
        .into_any(),
    }
    };
    view! { <div class="page">{loaded(directory, draw)}</div> }
}

fn found(directory: &Directory, id: PersonId) -> Option<Member> {
    directory.people.iter().find(|member| member.person.id == id).cloned()
}

/// What the page shows and what is chosen there.
#[derive(Clone, Copy)]
struct Screen {
    directory: RwSignal<Directory>,
    member: RwSignal<Member>,
    role: RwSignal<Role>,
    teams: RwSignal<BTreeSet<TeamId>>,
    restrictions: RwSignal<Restrictions>,
    doing: Doing,
    toasts: Toasts,
    /// Whether whoever looks may change this person.
    mine_to_change: bool,
}

impl Screen {
    fn is_dirty(self) -> bool {
        self.member.with(|member| {
            let teams: BTreeSet<TeamId> = member.person.teams.iter().copied().collect();
            member.person.role != self.role.get()
                || member.person.restrictions != self.restrictions.get()
                || teams != self.teams.get()
        })
    }

    fn save(self) {
        let change = PersonChange {
            id: self.member.with_untracked(|member| member.person.id),
            role: self.role.get_untracked(),
            teams: self.teams.get_untracked().into_iter().collect(),
            restrictions: self.restrictions.get_untracked(),
        };
        self.doing.run(api::change_person(change), move |()| {
            self.toasts.say(text::saved());
            self.reload();
        });
    }

    /// Reads the person again, after something was done.
    fn reload(self) {
        self.doing.run(api::load_directory(), move |directory| {
            let id = self.member.with_untracked(|member| member.person.id);
            if let Some(member) = found(&directory, id) {
                self.role.set(member.person.role);
                self.teams.set(member.person.teams.iter().copied().collect());
                self.restrictions.set(member.person.restrictions);
                self.member.set(member);
            }
            self.directory.set(directory);
        });
    }
}

#[component]
fn PersonPage(directory: Directory, member: Member) -> impl IntoView {
    expect_context::<Clock>().set(directory.now);
    let me = expect_context::<Me>().person;
    let person = member.person.clone();
    let screen = Screen {
        mine_to_change: me.may_manage(person.role),
        role: RwSignal::new(person.role),
        teams: RwSignal::new(person.teams.iter().copied().collect()),
        restrictions: RwSignal::new(person.restrictions),
        directory: RwSignal::new(directory),
        member: RwSignal::new(member),
        doing: Doing::nothing(),
        toasts: expect_context(),
    };
    let active = move || screen.member.with(|member| member.active);
    let locked = Signal::derive(move || !screen.mine_to_change || !active());
    let note = (!screen.mine_to_change).then(|| view! { <p class="lead">{text::only_owners()}</p> });
    let roles = Role::ALL
        .into_iter()
        .filter(|role| !screen.mine_to_change || me.may_manage(*role))
        .map(|role| view! { <RoleChoice screen=screen role=role locked=locked /> })
        .collect_view();
    let save = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        screen.save();
    };
    view! {
        <Title text=person.name.clone() />
        <header class="bar">
            <a class="button up" data-icon="" href="/settings/people" aria-label=text::to_people() title=text::to_people()><Icon name="chevron-left" /></a>
            <Avatar id=person.id.0 name=person.name.clone() kind=Kind::Agent />
            <span class="titles" dir="auto"><h1>{person.name.clone()}</h1><small>{person.email.clone()}</small></span>
        </header>
        <div class="page-body">
            {note}
            <form class="form" on:submit=save>
                <fieldset class="choices"><legend>{text::role()}</legend>{roles}</fieldset>
                <TeamChoices screen=screen locked=locked />
                <RestrictionChoices screen=screen locked=locked />
                <ProblemLine words=screen.doing.problem />
                <Show when=move || !locked.get()>
                    <div class="cluster">
                        <button class="button" type="submit" data-kind="primary" data-size="32" disabled=move || !screen.is_dirty() || screen.doing.busy.get()>
                            {text::save_changes()}
                        </button>
                    </div>
                </Show>
            </form>
            <Show when=move || screen.mine_to_change>
                <TwoFactorReset screen=screen />
                <Leaving screen=screen />
            </Show>
        </div>
    }
}

#[component]
fn RoleChoice(screen: Screen, role: Role, locked: Signal<bool>) -> impl IntoView {
    view! {
        <label class="check">
            <input
                type="radio"
                name="role"
                value=role.as_str()
                disabled=move || locked.get()
                checked=screen.role.get_untracked() == role
                prop:checked=move || screen.role.get() == role
                on:change=move |_| screen.role.set(role)
            />
            <span>{text::role_name(role)}<small>{text::role_means(role)}</small></span>
        </label>
    }
}

#[component]
fn TeamChoices(screen: Screen, locked: Signal<bool>) -> impl IntoView {
    let choice = move |id: TeamId, name: String| {
        let set = Callback::new(move |on: bool| {
            screen.teams.update(|teams| {
                if on {
                    teams.insert(id)
                } else {
                    teams.remove(&id)
                };
            });
        });
        let on = Signal::derive(move || screen.teams.with(|teams| teams.contains(&id)));
        view! { <Check label=name on=on disabled=locked set=set /> }
    };
    let teams = move || screen.directory.with(|directory| directory.teams.clone());
    view! {
        <fieldset class="choices">
            <legend>{text::settings_teams()}</legend>
            {move || teams().into_iter().map(|one| choice(one.team.id, one.team.name)).collect_view()}
            <Show when=move || teams().is_empty()>
                <p class="aside">{text::no_teams_yet()}" "<a class="link" href="/settings/teams">{text::settings_teams()}</a></p>
            </Show>
        </fieldset>
    }
}

#[component]
fn TwoFactorReset(screen: Screen) -> impl IntoView {
    let id = screen.member.with_untracked(|member| member.person.id);
    let mine = expect_context::<Me>().person.id == id;
    let on = move || screen.member.with(|member| member.two_factor) && !mine;
    let reset = move |_| {
        screen.doing.run(api::reset_two_factor(id), move |()| {
            screen.toasts.say(text::two_factor_taken());
            screen.reload();
        });
    };
    view! {
        <Show when=on>
            <section class="block" aria-labelledby="second-step">
                <h2 id="second-step">{text::two_factor()}</h2>
                <p class="lead">{text::two_factor_reset_words()}</p>
                <div class="cluster">
                    <button class="button" type="button" data-kind="danger" data-size="32" on:click=reset>{text::two_factor_reset()}</button>
                </div>
            </section>
        </Show>
    }
}
