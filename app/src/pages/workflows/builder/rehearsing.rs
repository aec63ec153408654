//! What the workflow on the canvas would have done with conversations of the past: who would have entered, what would
//! have been said, and where they would be. Nothing is sent and nothing changes.

use super::screen::Screen;
use super::trace::turn;
use crate::api::workflows::{self as api, Gap, Rehearsal, Rehearsed};
use crate::pages::settings::Doing;
use crate::pages::workflows::run::state_in_words;
use crate::parts::{Dialog, Icon, ProblemLine, Shape, When};
use crate::text::builder as words;
use crate::text::flows as told;
use domain::workflow::graph::Graph;
use leptos::prelude::*;
use std::sync::Arc;

/// The dialog; it rehearses whenever it is opened.
#[component]
pub fn Rehearsing(screen: Screen) -> impl IntoView {
    let open = screen.rehearsing;
    let doing = Doing::nothing();
    let found = RwSignal::new(None::<(Rehearsal, Arc<Graph>)>);
    Effect::new(move || {
        found.set(None);
        if open.get() {
            let graph = screen.graph.get_untracked();
            let rehearsal = api::rehearse_workflow(screen.id, Graph::clone(&graph));
            doing.run(rehearsal, move |rehearsal| {
                found.try_set(Some((rehearsal, graph)));
            });
        }
    });
    view! {
        <Dialog open=open title=words::rehearse_title() wide=true>
            <p>{words::rehearse_lead()}</p>
            <ProblemLine words=doing.problem />
            <div class="rehearsal" aria-busy=move || doing.busy.get().to_string() aria-live="polite">
                {move || found.get().map(|(rehearsal, graph)| shown(screen, rehearsal, &graph))}
            </div>
            <footer>
                <span></span>
                <button class="button" type="button" data-kind="outline" data-size="32" on:click=move |_| open.set(false)>{words::close()}</button>
            </footer>
        </Dialog>
    }
}

fn shown(screen: Screen, rehearsal: Rehearsal, graph: &Graph) -> AnyView {
    let gap = rehearsal.gap.map(|gap| view! { <p class="lead">{words::gap(gap)}</p> });
    if rehearsal.gap.is_some_and(Gap::is_whole) {
        return gap.into_any();
    }
    let sum = words::would_enter(&rehearsal);
    let sent = (rehearsal.entered > 0).then(|| words::would_send(&rehearsal).join(" "));
    let journeys = rehearsal.journeys.into_iter().map(|one| journey(screen, one, graph)).collect_view();
    view! {
        <p class="sum"><b>{sum}</b>{sent.map(|sent| view! { " "{sent} })}</p>
        {gap}
        <ul>{journeys}</ul>
    }
    .into_any()
}

fn journey(screen: Screen, journey: Rehearsed, graph: &Graph) -> AnyView {
    let Rehearsed { contact, at, stays_out, lines, then, .. } = journey;
    if let Some(why) = stays_out {
        return view! {
            <li class="out">
                <Icon name="circle-slash" size=14 />
                <b dir="auto">{contact}</b>
                <small dir="auto"><When at=Signal::stored(at) shape=Shape::Moment />" · "{told::stayed_out(&why)}</small>
            </li>
        }
        .into_any();
    }
    let then = then.map(|then| state_in_words(&then)).unwrap_or_default();
    let turns = lines.into_iter().map(|line| turn(screen, line, graph)).collect_view();
    view! {
        <li>
            <details>
                <summary>
                    <Icon name="check" size=14 />
                    <b dir="auto">{contact}</b>
                    <small dir="auto"><When at=Signal::stored(at) shape=Shape::Moment />" · "{then}</small>
                    <Icon name="chevron-down" size=14 />
                </summary>
                <ol class="turns">{turns}</ol>
            </details>
        </li>
    }
    .into_any()
}
