//! Beside the thread: who the customer is, and how control went.

use super::thread::Open;
use crate::parts::{Apps, Avatar, Icon, Kind, Shape, When};
use crate::text;
use domain::view::ControlChange;
use leptos::prelude::*;

/// The panel. Where there is no room it opens over the thread.
#[component]
pub fn Details(open: Open) -> impl IntoView {
    let screen = open.screen;
    let contact = Memo::new(move |_| open.conversation.get().contact.clone());
    let page = Memo::new(move |_| open.conversation.get().page_name.clone());
    view! {
        <aside class="pane details" aria-label=text::DETAILS data-open=move || screen.details.get().then_some("")>
            <header class="identity">
                {move || view! { <Avatar id=contact.get().id.0 name=contact.get().name kind=Kind::Customer picture=contact.get().picture_url /> }}
                <div><h2 dir="auto">{move || contact.get().name}</h2><p>{page}</p></div>
                <button
                    class="button narrow"
                    type="button"
                    data-icon=""
                    aria-label=text::HIDE_DETAILS
                    title=text::HIDE_DETAILS
                    on:click=move |_| screen.details.set(false)
                >
                    <Icon name="x" />
                </button>
            </header>
            <div class="scroll">
                <Facts open=open />
                <History open=open />
            </div>
        </aside>
    }
}

#[component]
fn Facts(open: Open) -> impl IntoView {
    let facts = Memo::new(move |_| {
        let conversation = open.conversation.get();
        let assignee = conversation.assignee.as_ref().map(|person| person.name.clone());
        let team = conversation.team.as_ref().map(|team| team.name.clone());
        [
            Some((text::STATUS, text::status(conversation.status).to_owned())),
            Some((text::ASSIGNED_TO, assignee.unwrap_or_else(|| text::NOBODY.to_owned()))),
            team.map(|team| (text::TEAM, team)),
            (!conversation.labels.is_empty()).then(|| (text::LABELS, conversation.labels.join(", "))),
        ]
    });
    let since = Memo::new(move |_| open.conversation.get().control.since);
    view! {
        <section class="section">
            <h3>{text::ABOUT}</h3>
            <dl class="facts">
                {move || facts.get().into_iter().flatten().map(|(name, value)| view! {
                    <dt>{name}</dt>
                    <dd>{value}</dd>
                }).collect_view()}
                <dt>{text::SINCE}</dt>
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
            <h3>{text::CONTROL_HISTORY}</h3>
            <Show
                when=move || changes.with(|changes| !changes.is_empty())
                fallback=|| view! { <p class="soft">{text::NO_CONTROL_HISTORY}</p> }
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
