//! Who is in the team, and who is invited.

mod invitations;
mod invite;
mod link;

use super::doing::Doing;
use super::loaded::loaded;
use crate::api::{self, Directory, InvitationLink, Member};
use crate::clock::Clock;
use crate::parts::{Avatar, Icon, Kind, Shape, When};
use crate::text;
use domain::TeamId;
use invitations::Invitations;
use invite::Invite;
use leptos::prelude::*;
use leptos_meta::Title;
use link::LinkDialog;

/// The section at `/settings/people`.
#[component]
pub fn PeopleSection() -> impl IntoView {
    let directory = Resource::new_blocking(|| (), |()| api::load_directory());
    view! {
        <Title text=text::settings_people() />
        <div class="page">{loaded(directory, |directory| view! { <Everybody directory=directory /> }.into_any())}</div>
    }
}

/// What the section shows and what can be done there.
#[derive(Clone, Copy)]
struct Screen {
    directory: RwSignal<Directory>,
    inviting: RwSignal<bool>,
    /// The link that was just made; shown once.
    link: RwSignal<Option<InvitationLink>>,
    doing: Doing,
}

impl Screen {
    /// Reads everybody again, after something was done.
    fn reload(self) {
        self.doing.run(api::load_directory(), move |directory| self.directory.set(directory));
    }
}

#[component]
fn Everybody(directory: Directory) -> impl IntoView {
    expect_context::<Clock>().set(directory.now);
    let screen = Screen {
        directory: RwSignal::new(directory),
        inviting: RwSignal::new(false),
        link: RwSignal::new(None),
        doing: Doing::nothing(),
    };
    view! {
        <header class="bar">
            <h1>{text::settings_people()}</h1>
            <button class="button push" type="button" data-kind="primary" data-size="32" on:click=move |_| screen.inviting.set(true)>
                <Icon name="user-plus" />
                {text::invite()}
            </button>
        </header>
        <div class="page-body">
            <p class="lead">{text::people_lead()}</p>
            <Invitations screen=screen />
            <Members screen=screen />
        </div>
        <Invite screen=screen />
        <LinkDialog screen=screen />
    }
}

#[component]
fn Members(screen: Screen) -> impl IntoView {
    let rows = move || {
        let directory = screen.directory.get();
        let teams = directory.teams;
        let name =
            move |id: &TeamId| teams.iter().find(|one| one.team.id == *id).map(|one| one.team.name.clone());
        directory
            .people
            .into_iter()
            .map(|member| {
                let teams: Vec<String> = member.person.teams.iter().filter_map(&name).collect();
                view! { <MemberRow member=member teams=teams.join(", ") /> }
            })
            .collect_view()
    };
    view! {
        // The roles stay when narrow screens lay the table out as cards.
        <table class="table people" role="table" aria-label=text::settings_people()>
            <thead role="rowgroup">
                <tr role="row">
                    <th role="columnheader" scope="col">{text::person()}</th>
                    <th role="columnheader" scope="col">{text::role()}</th>
                    <th role="columnheader" scope="col">{text::settings_teams()}</th>
                    <th role="columnheader" scope="col">{text::state()}</th>
                    <th role="columnheader" scope="col">{text::last_seen()}</th>
                    <th role="columnheader" scope="col">{text::two_factor()}</th>
                </tr>
            </thead>
            <tbody role="rowgroup">{rows}</tbody>
        </table>
    }
}

#[component]
fn MemberRow(member: Member, teams: String) -> impl IntoView {
    let Member { person, active, last_seen, two_factor, .. } = member;
    let address = format!("/settings/people/{}", person.id);
    let seen = match last_seen {
        Some(at) => view! { <When at=at shape=Shape::Moment /> }.into_any(),
        None => text::never().into_any(),
    };
    view! {
        <tr role="row" data-person=person.id.to_string() data-active=active.to_string()>
            <td role="cell">
                <a class="who" href=address>
                    <Avatar id=person.id.0 name=person.name.clone() kind=Kind::Agent />
                    <span dir="auto"><b>{person.name.clone()}</b><small>{person.email.clone()}</small></span>
                </a>
            </td>
            <td role="cell">
                {text::role_name(person.role)}
                {(person.bounds() != Default::default()).then(|| view! { <small>{text::restricted()}</small> })}
            </td>
            <td role="cell" data-label=text::settings_teams() dir="auto">{if teams.is_empty() { "–".to_owned() } else { teams }}</td>
            <td role="cell"><span class="status" data-status=if active { "online" } else { "stopped" }>{text::standing(active)}</span></td>
            <td role="cell" data-label=text::last_seen()>{seen}</td>
            <td role="cell" data-label=text::two_factor()>{if two_factor { text::on() } else { text::off() }}</td>
        </tr>
    }
}
