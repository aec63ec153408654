//! Somebody else saved meanwhile: both versions are there, and neither is lost.

use super::screen::Screen;
use crate::parts::Dialog;
use crate::text::builder as words;
use leptos::prelude::*;

#[component]
pub fn Conflict(screen: Screen) -> impl IntoView {
    let open = RwSignal::new(false);
    Effect::new(move || open.set(screen.newer.with(Option::is_some)));
    let steps = move || {
        let mine = screen.graph.with(|graph| graph.steps.len());
        let theirs = screen.newer.with(|newer| newer.as_ref().map_or(0, |(_, graph)| graph.steps.len()));
        words::conflict_steps(mine, theirs)
    };
    let decide = move |mine: bool| {
        let Some((workflow, graph)) = screen.newer.get_untracked() else { return };
        let revision = workflow.revision;
        screen.state.update(|state| match mine {
            true => state.keep_mine(graph, revision),
            false => state.take_newer(graph, revision),
        });
        screen.workflow.set(workflow);
        screen.newer.set(None);
        screen.restored.set(false);
        screen.changed();
        screen.toasts.say(if mine { words::kept_mine() } else { words::took_theirs() });
    };
    view! {
        <Dialog open=open title=words::conflict() escape=false>
            <p>{words::conflict_words()}</p>
            <p>{steps}</p>
            <footer>
                <button class="button" type="button" data-kind="outline" data-size="32" on:click=move |_| decide(false)>{words::take_theirs()}</button>
                <button class="button" type="button" data-kind="primary" data-size="32" on:click=move |_| decide(true)>{words::keep_mine()}</button>
            </footer>
        </Dialog>
    }
}
