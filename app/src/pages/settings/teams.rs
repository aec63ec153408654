//! Teams: making them, who is in them, and their end.

use super::doing::Doing;
use super::loaded::loaded;
use crate::api::{self, Directory, TeamChange, TeamRemoval, TeamView};
use crate::parts::{Avatar, Check, Dialog, Empty, Icon, Kind, ProblemLine, TextField};
use crate::text;
use domain::{PersonId, TeamId};
use leptos::prelude::*;
use leptos_meta::Title;
use std::collections::BTreeSet;

/// The section at `/settings/teams`.
#[component]
pub fn TeamsSection() -> impl IntoView {
    let directory = Resource::new_blocking(|| (), |()| api::load_directory());
    view! {
        <Title text=text::settings_teams() />
        <div class="page">{loaded(directory, |directory| view! { <Teams directory=directory /> }.into_any())}</div>
    }
}

/// What the section shows and what is being changed.
#[derive(Clone, Copy)]
struct Screen {
    directory: RwSignal<Directory>,
    /// The team in the dialog; without an id it is a new one.
    id: RwSignal<Option<TeamId>>,
    name: RwSignal<String>,
    members: RwSignal<BTreeSet<PersonId>>,
    editing: RwSignal<bool>,
    /// The team that shall end.
    ending: RwSignal<Option<TeamView>>,
    doing: Doing,
}

impl Screen {
    fn edit(self, team: Option<&TeamView>) {
        self.id.set(team.map(|one| one.team.id));
        self.name.set(team.map(|one| one.team.name.clone()).unwrap_or_default());
        self.members.set(team.map(|one| one.members.iter().copied().collect()).unwrap_or_default());
        self.doing.problem.set(None);
        self.editing.set(true);
    }

    fn save(self) {
        let change = TeamChange {
            id: self.id.get_untracked(),
            name: self.name.get_untracked(),
            members: self.members.get_untracked().into_iter().collect(),
        };
        self.doing.run(api::put_team(change), move |_| {
            self.editing.set(false);
            self.reload();
        });
    }

    fn reload(self) {
        self.doing.run(api::load_directory(), move |directory| self.directory.set(directory));
    }
}

#[component]
fn Teams(directory: Directory) -> impl IntoView {
    let screen = Screen {
        directory: RwSignal::new(directory),
        id: RwSignal::new(None),
        name: RwSignal::new(String::new()),
        members: RwSignal::new(BTreeSet::new()),
        editing: RwSignal::new(false),
        ending: RwSignal::new(None),
        doing: Doing::nothing(),
    };
    let rows = move || {
        let teams = screen.directory.with(|directory| directory.teams.clone());
        teams.into_iter().map(|one| view! { <TeamRow screen=screen view=one /> }).collect_view()
    };
    let none = move || screen.directory.with(|directory| directory.teams.is_empty());
    view! {
        <header class="bar">
            <h1>{text::settings_teams()}</h1>
            <button class="button push" type="button" data-kind="primary" data-size="32" on:click=move |_| screen.edit(None)>
                <Icon name="plus" />
                {text::new_team()}
            </button>
        </header>
        <div class="page-body">
            <p class="lead">{text::teams_lead()}</p>
            <Show when=none>
                <Empty title=text::no_teams_yet() words=text::no_teams_words() />
            </Show>
            <ul class="entries">{rows}</ul>
        </div>
        <Edit screen=screen />
        <End screen=screen />
    }
}

#[component]
fn TeamRow(screen: Screen, view: TeamView) -> impl IntoView {
    let people = screen.directory.with_untracked(|directory| directory.people.clone());
    let members = people.iter().filter(|member| view.members.contains(&member.person.id)).map(|member| {
        let name = member.person.name.clone();
        view! { <Avatar id=member.person.id.0 name=name.clone() kind=Kind::Agent size=24 label=name /> }
    });
    let members = members.collect_view();
    let (to_edit, to_end) = (view.clone(), view.clone());
    let name = view.team.name.clone();
    view! {
        <li>
            <span class="what"><b dir="auto">{name.clone()}</b><small>{text::team_size(view.members.len(), view.open)}</small></span>
            <span class="avatars">{members}</span>
            <span class="cluster">
                <button class="button" type="button" data-kind="outline" aria-label=text::edit_team(&name) on:click=move |_| screen.edit(Some(&to_edit))>
                    {text::edit()}
                </button>
                <button class="button" type="button" data-icon="" aria-label=text::delete_team(&name) title=text::delete() on:click=move |_| screen.ending.set(Some(to_end.clone()))>
                    <Icon name="trash-2" />
                </button>
            </span>
        </li>
    }
}

#[component]
fn Edit(screen: Screen) -> impl IntoView {
    let choices = move || {
        let people = screen.directory.with(|directory| directory.people.clone());
        let active = people.into_iter().filter(|member| member.active);
        active
            .map(|member| {
                let id = member.person.id;
                let on = Signal::derive(move || screen.members.with(|members| members.contains(&id)));
                let set = Callback::new(move |on: bool| {
                    screen.members.update(|members| {
                        if on {
                            members.insert(id)
                        } else {
                            members.remove(&id)
                        };
                    });
                });
                view! { <Check label=member.person.name hint=member.person.email on=on set=set /> }
            })
            .collect_view()
    };
    let save = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        screen.save();
    };
    view! {
        <Dialog open=screen.editing title=text::team()>
            <form class="form" on:submit=save>
                <TextField id="team-name" label=text::name() value=screen.name />
                <fieldset class="choices" data-long=""><legend>{text::members()}</legend>{choices}</fieldset>
                <ProblemLine words=screen.doing.problem />
                <footer>
                    <button class="button" type="button" data-size="32" on:click=move |_| screen.editing.set(false)>{text::cancel()}</button>
                    <button class="button" type="submit" data-kind="primary" data-size="32" disabled=move || screen.doing.busy.get()>{text::save()}</button>
                </footer>
            </form>
        </Dialog>
    }
}

#[component]
fn End(screen: Screen) -> impl IntoView {
    let open = RwSignal::new(false);
    Effect::new(move || open.set(screen.ending.with(Option::is_some)));
    Effect::watch(
        move || open.get(),
        move |open, before, _| {
            if !open && before == Some(&true) {
                screen.ending.set(None);
            }
        },
        false,
    );
    let to = RwSignal::new(None::<TeamId>);
    let doing = Doing::nothing();
    let go = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let Some(team) = screen.ending.get_untracked() else { return };
        let removal = TeamRemoval { id: team.team.id, to: to.get_untracked() };
        doing.run(api::remove_team(removal), move |()| {
            open.set(false);
            screen.reload();
        });
    };
    let others = move |team: &TeamView| {
        let teams = screen.directory.with(|directory| directory.teams.clone());
        let others = teams.into_iter().filter(|other| other.team.id != team.team.id);
        others
            .map(|other| view! { <option value=other.team.id.to_string()>{other.team.name}</option> })
            .collect_view()
    };
    view! {
        <Dialog open=open title=text::delete_team_label()>
            <form class="form" on:submit=go>
                {move || screen.ending.get().map(|team| view! {
                    <p>{text::delete_team_words(&team.team.name)}</p>
                    <div class="field">
                        <label for="team-heir">{text::hand_over_label(team.open)}</label>
                        <select class="input" id="team-heir" on:change=move |event| to.set(event_target_value(&event).parse().ok())>
                            <option value="">{text::no_team()}</option>
                            {others(&team)}
                        </select>
                    </div>
                })}
                <ProblemLine words=doing.problem />
                <footer>
                    <button class="button" type="button" data-size="32" on:click=move |_| open.set(false)>{text::cancel()}</button>
                    <button class="button" type="submit" data-kind="danger" data-size="32" disabled=move || doing.busy.get()>{text::delete()}</button>
                </footer>
            </form>
        </Dialog>
    }
}
