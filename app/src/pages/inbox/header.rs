//! Who it is, until when one may answer, whose it is, and whether it is done.

use super::closing::Closing;
use super::colleagues::Colleagues;
use super::events::EventsButton;
use super::snooze::Snooze;
use super::thread::Open;
use crate::commands::Commands;
use crate::keymap::Action;
use crate::parts::{Avatar, Icon, Kind, Menu, MenuItem};
use crate::text;
use domain::conversation::standing::Status;
use domain::conversation::window::WindowState;
use domain::person::Act;
use domain::view::Named;
use leptos::prelude::*;

/// The head of the thread.
#[component]
pub fn Header(open: Open) -> impl IntoView {
    let screen = open.screen;
    let back = move || screen.place.spot.get().with(None).address();
    let name = Memo::new(move |_| open.conversation.get().contact.name.clone());
    let page = Memo::new(move |_| open.conversation.get().page_name.clone());
    view! {
        <header class="bar">
            <a class="button back" data-icon="" href=back aria-label=text::back()><Icon name="chevron-left" size=20 /></a>
            <ShowList open=open />
            <div class="who">
                <h2 dir="auto">{name}</h2>
                <p>{page}<TimeLeft open=open /></p>
            </div>
            <Colleagues open=open />
            <div class="cluster push">
                <LookButtons open=open />
                <AssignMenu open=open />
                <Snooze open=open />
                <UnreadButton open=open />
                <div class="anchor closing">
                    <StatusButton open=open />
                    <Closing open=open />
                </div>
                <WorkflowsButton open=open />
                <button
                    class="button narrow"
                    type="button"
                    data-icon=""
                    aria-label=text::details()
                    title=text::details()
                    aria-expanded=move || screen.details.get().to_string()
                    on:click=move |_| screen.details.update(|open| *open = !*open)
                >
                    <Icon name="panel-right" />
                </button>
            </div>
        </header>
    }
}

/// Searching in the thread, and what is shown of what happened besides messages.
#[component]
fn LookButtons(open: Open) -> impl IntoView {
    let look = open.look;
    view! {
        <button
            class="button"
            type="button"
            data-icon=""
            aria-label=text::search_in_thread()
            title=text::search_in_thread()
            aria-expanded=move || look.searching.get().to_string()
            on:click=move |_| look.toggle_search()
        >
            <Icon name="search" />
        </button>
        <EventsButton open=open />
    }
}

/// Brings the list back, for whoever has no key for it.
#[component]
fn ShowList(open: Open) -> impl IntoView {
    let commands = Commands::of_window();
    let collapsed = open.screen.collapsed;
    view! {
        <Show when=move || collapsed.get()>
            <button
                class="button uncollapse"
                type="button"
                data-icon=""
                aria-label=text::show_list()
                title=move || commands.hint(text::show_list(), Action::CollapseList)
                on:click=move |_| collapsed.set(false)
            >
                <Icon name="inbox" />
            </button>
        </Show>
    }
}

/// How long one may still answer.
#[component]
fn TimeLeft(open: Open) -> impl IntoView {
    let words = move || {
        let now = open.screen.clock.now()?;
        Some(match open.conversation.get().window.deadlines.at(now) {
            WindowState::Open { expires_at } | WindowState::HumanAgent { expires_at } => {
                text::left_to_reply(expires_at - now)
            }
            WindowState::Closed => text::window_closed().to_owned(),
        })
    };
    move || words().map(|words| view! { <span aria-hidden="true">" · "</span>{words} })
}

#[component]
fn AssignMenu(open: Open) -> impl IntoView {
    let shown = RwSignal::new(false);
    let assignee = Memo::new(move |_| open.conversation.get().assignee.clone());
    let team = Memo::new(move |_| open.conversation.get().team.clone());
    let name = move || {
        let who = assignee.get().map(|person| person.name).or_else(|| team.get().map(|team| team.name));
        who.map_or_else(|| text::assign().to_owned(), |who| text::assigned_to(&who))
    };
    let face = move || match (assignee.get(), team.get()) {
        (Some(person), _) => {
            let word = text::first_name(&person.name).to_owned();
            view! {
                <Avatar id=person.id.0 name=person.name kind=Kind::Agent size=18 />
                <span class="wide">{word}</span>
            }
            .into_any()
        }
        (None, Some(team)) => view! { <Icon name="users" /><span class="wide">{team.name}</span> }.into_any(),
        (None, None) => {
            view! { <Icon name="user-plus" /><span class="wide">{text::assign()}</span> }.into_any()
        }
    };
    view! {
        <div class="anchor assign">
            <button
                class="button"
                type="button"
                aria-haspopup="menu"
                aria-label=name
                title=name
                aria-expanded=move || shown.get().to_string()
                on:click=move |_| shown.update(|shown| *shown = !*shown)
            >
                {face}
            </button>
            <Menu open=shown label=text::assign() place="down-end" opener=".assign > .button">
                {move || choices(open, assignee.get(), team.get())}
            </Menu>
        </div>
    }
}

fn choices(
    open: Open,
    assignee: Option<Named<domain::PersonId>>,
    team: Option<Named<domain::TeamId>>,
) -> impl IntoView {
    let screen = open.screen;
    let me = screen.my_id();
    let people = screen.people.get_value();
    let assigned = assignee.map(|person| person.id);
    let of_team = team.map(|team| team.id);
    let mine = Callback::new(move |()| screen.assign_to_me());
    let nobody = Callback::new(move |()| screen.assign(None, None));
    let others = people.agents.into_iter().filter(move |person| person.id != me).map(move |person| {
        let chosen = assigned == Some(person.id);
        let name = person.name.clone();
        let give = Callback::new(move |()| screen.assign(Some(person.clone()), None));
        view! { <MenuItem icon="user" name=name chosen=chosen on_choose=give /> }
    });
    let teams = people.teams.into_iter().map(move |team| {
        let chosen = of_team == Some(team.id);
        let name = team.name.clone();
        let give = Callback::new(move |()| screen.assign(None, Some(team.clone())));
        view! { <MenuItem icon="users" name=name chosen=chosen on_choose=give /> }
    });
    let (is_mine, is_free) = (assigned == Some(me), assigned.is_none() && of_team.is_none());
    view! {
        <MenuItem icon="user" name=text::assign_to_me() action=Action::AssignToMe chosen=is_mine on_choose=mine />
        {others.collect_view()}
        <hr />
        {teams.collect_view()}
        <MenuItem icon="circle" name=text::nobody() chosen=is_free on_choose=nobody />
    }
}

#[component]
fn UnreadButton(open: Open) -> impl IntoView {
    let commands = Commands::of_window();
    let unread = Memo::new(move |_| open.conversation.get().unread);
    let name = move || if unread.get() { text::mark_read() } else { text::mark_unread() };
    view! {
        <button
            class="button"
            type="button"
            data-icon=""
            aria-label=name
            title=move || commands.hint(name(), Action::ToggleUnread)
            on:click=move |_| open.screen.toggle_unread()
        >
            {move || if unread.get() {
                view! { <Icon name="mail-open" /> }
            } else {
                view! { <Icon name="mail" /> }
            }}
        </button>
    }
}

#[component]
fn StatusButton(open: Open) -> impl IntoView {
    let commands = Commands::of_window();
    let closed = Memo::new(move |_| open.conversation.get().status == Status::Closed);
    let name = move || if closed.get() { text::reopen() } else { text::close() };
    view! {
        <button
            class="button"
            type="button"
            data-icon=""
            aria-label=name
            title=move || commands.hint(name(), Action::ToggleClosed)
            on:click=move |_| open.screen.toggle_closed()
        >
            {move || if closed.get() {
                view! { <Icon name="undo-2" /> }
            } else {
                view! { <Icon name="check" /> }
            }}
        </button>
    }
}

/// Opens what workflows do for the contact; not there for agents kept from it (WF-37).
#[component]
fn WorkflowsButton(open: Open) -> impl IntoView {
    let commands = Commands::of_window();
    let screen = open.screen;
    screen.me.with_value(|me| me.person.may(Act::SeeRuns)).then(|| {
        view! {
            <button
                class="button roomy"
                type="button"
                data-icon=""
                aria-label=text::workflows()
                title=move || commands.hint(text::workflows(), Action::Workflows)
                on:click=move |_| screen.show_workflows()
            >
                <Icon name="workflow" />
            </button>
        }
    })
}
