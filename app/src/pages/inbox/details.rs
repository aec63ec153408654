//! Beside the thread: who the customer is, what the team knows and workflows do, and how control went.

use super::beside::Tab;
use super::contact::Contact;
use super::erase::Erase;
use super::events::EventsSection;
use super::flows::Flows;
use super::thread::Open;
use crate::browser;
use crate::parts::{Apps, Avatar, Icon, Kind, Shape, When};
use crate::text;
use domain::person::Act;
use domain::view::ControlChange;
use leptos::ev;
use leptos::prelude::*;
use std::time::Duration;

/// How long a conversation is open before the panel reads what it shows: who only passes by asks for nothing.
const PAUSE: Duration = Duration::from_millis(120);

/// The panel. Where there is no room it opens over the thread.
#[component]
pub fn Details(open: Open) -> impl IntoView {
    let screen = open.screen;
    let contact = Memo::new(move |_| open.conversation.get().contact.clone());
    let page = Memo::new(move |_| open.conversation.get().page_name.clone());
    let sees_runs = screen.me.with_value(|me| me.person.may(Act::SeeRuns));
    let tab = Memo::new(move |_| screen.beside.tab.get());
    Effect::new(move || {
        let waiting = set_timeout_with_handle(move || screen.load_contact(open.id), PAUSE);
        on_cleanup(move || {
            if let Ok(waiting) = waiting {
                waiting.clear();
            }
        });
    });
    let leave = move |event: ev::KeyboardEvent| {
        if event.key() == "Escape" && screen.details.get_untracked() {
            event.stop_propagation();
            screen.details.set(false);
            browser::focus(".bar .button[aria-expanded].narrow");
        }
    };
    view! {
        <aside
            class="pane details"
            aria-label=text::details()
            data-open=move || screen.details.get().then_some("")
            on:keydown=leave
        >
            <header class="identity">
                {move || view! { <Avatar id=contact.get().id.0 name=contact.get().name kind=Kind::Customer picture=contact.get().picture_url /> }}
                <div><h2 dir="auto">{move || contact.get().name}</h2><p>{page}</p></div>
                <button
                    class="button narrow"
                    type="button"
                    data-icon=""
                    aria-label=text::hide_details()
                    title=text::hide_details()
                    on:click=move |_| screen.details.set(false)
                >
                    <Icon name="x" />
                </button>
            </header>
            {sees_runs.then(|| view! { <Tabs open=open /> })}
            <div class="scroll" role=sees_runs.then_some("tabpanel") aria-labelledby=move || sees_runs.then(|| tab_id(tab.get()))>
                <Show
                    when=move || sees_runs && tab.get() == Tab::Workflows
                    fallback=move || view! {
                        <Contact open=open />
                        <Facts open=open />
                        <History open=open />
                        <EventsSection open=open />
                        <Erase open=open />
                    }
                >
                    {view! { <Flows open=open /> }.into_any()}
                </Show>
            </div>
        </aside>
    }
}

const fn tab_id(tab: Tab) -> &'static str {
    match tab {
        Tab::Contact => "tab-contact",
        Tab::Workflows => "tab-workflows",
    }
}

/// The panel's tabs. Agents kept from workflows have none (WF-37).
#[component]
fn Tabs(open: Open) -> impl IntoView {
    let chosen = open.screen.beside.tab;
    let keys = move |event: ev::KeyboardEvent| {
        if matches!(event.key().as_str(), "ArrowLeft" | "ArrowRight") {
            let other = if chosen.get_untracked() == Tab::Contact { Tab::Workflows } else { Tab::Contact };
            chosen.set(other);
            browser::focus(match other {
                Tab::Contact => "#tab-contact",
                Tab::Workflows => "#tab-workflows",
            });
            event.prevent_default();
            event.stop_propagation();
        }
    };
    let tab = move |tab: Tab, name: &'static str, icon: &'static str| {
        let here = move || chosen.get() == tab;
        view! {
            <button
                type="button"
                role="tab"
                id=tab_id(tab)
                aria-selected=move || here().to_string()
                tabindex=move || if here() { "0" } else { "-1" }
                on:click=move |_| chosen.set(tab)
            >
                <Icon name=icon size=14 />
                {name}
            </button>
        }
    };
    view! {
        <div class="tabs" role="tablist" aria-label=text::details() on:keydown=keys>
            {tab(Tab::Contact, text::flows::contact(), "user")}
            {tab(Tab::Workflows, text::flows::workflows(), "workflow")}
        </div>
    }
}

#[component]
fn Facts(open: Open) -> impl IntoView {
    let facts = Memo::new(move |_| {
        let conversation = open.conversation.get();
        let assignee = conversation.assignee.as_ref().map(|person| person.name.clone());
        let team = conversation.team.as_ref().map(|team| team.name.clone());
        [
            Some((text::status_label(), text::status(conversation.status).to_owned())),
            Some((text::assigned_to_label(), assignee.unwrap_or_else(|| text::nobody().to_owned()))),
            team.map(|team| (text::team(), team)),
            (!conversation.labels.is_empty()).then(|| (text::labels(), conversation.labels.join(", "))),
        ]
    });
    let since = Memo::new(move |_| open.conversation.get().control.since);
    view! {
        <section class="section">
            <h3>{text::about()}</h3>
            <dl class="facts">
                {move || facts.get().into_iter().flatten().map(|(name, value)| view! {
                    <dt>{name}</dt>
                    <dd>{value}</dd>
                }).collect_view()}
                <dt>{text::since()}</dt>
                <dd>
                    {move || text::who_has_control(&open.conversation.get().control)}
                    ", "
                    <When at=since shape=Shape::Moment />
                </dd>
            </dl>
        </section>
    }
}

/// Every change of owner with its proof, newest first (CR-01).
#[component]
fn History(open: Open) -> impl IntoView {
    let changes = Memo::new(move |before: Option<&Vec<ControlChange>>| {
        let now = open.screen.thread.with(|thread| {
            thread.as_ref().filter(|thread| thread.id() == open.id).map(|thread| thread.control.clone())
        });
        now.or_else(|| before.cloned()).unwrap_or_default()
    });
    view! {
        <section class="section">
            <h3>{text::control_history()}</h3>
            <Show
                when=move || changes.with(|changes| !changes.is_empty())
                fallback=|| view! { <p class="soft">{text::no_control_history()}</p> }
            >
                <ol class="timeline">
                    <For each=move || changes.get() key=|change| (change.key.clone(), change.app_name.clone()) let(change)>
                        <Turn change=change />
                    </For>
                </ol>
            </Show>
        </section>
    }
}

#[component]
fn Turn(change: ControlChange) -> impl IntoView {
    let by = change.by.clone().map(|by| format!("{by} · "));
    let (apps, app) = (Apps::of_page(), change.app_id.clone());
    view! {
        <li data-control=change.owner.as_str() data-colour=move || apps.colour(app.as_ref())>
            <b>{text::owner(&change)}</b>
            <When at=change.at shape=Shape::Moment />
            <small>{by}{text::proof(&change.proof)}</small>
            {change.metadata.map(|said| {
                let lines = text::handed_over(&said).into_iter().map(|(name, value)| {
                    let heading = if name.is_empty() { String::new() } else { format!("{name}: ") };
                    view! { <small dir="auto">{heading}{value}</small> }
                });
                lines.collect_view()
            })}
        </li>
    }
}
