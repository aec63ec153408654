//! Saving, publishing and stopping, with the questions in between.

use super::screen::Screen;
use crate::api::workflows::{self as api, Draft, Publishing, Saving};
use crate::parts::{Dialog, Icon, ProblemLine, open_while_asked};
use crate::text;
use crate::text::builder as words;
use crate::text::workflows as list;
use domain::workflow::graph::Graph;
use domain::workflow::loops::LOOP_DETECTED;
use leptos::prelude::*;

impl Screen {
    /// Saves it (WF-13); with something wrong it shows the first of it.
    pub fn save(self) {
        self.save_then(None);
    }

    fn save_then(self, then: Option<Callback<()>>) {
        if self.locked.get_untracked() {
            return self.toasts.say(words::locked());
        }
        if self.flaws.with_untracked(|flaws| !flaws.is_empty()) {
            self.toasts.say(words::resolve_first());
            return self.next_flaw();
        }
        let (graph, revision) =
            self.state.with_untracked(|state| (Graph::clone(state.graph()), state.revision()));
        let draft = Draft { graph: graph.clone(), revision };
        let answer = async move {
            let answer = api::save_workflow(self.id, draft).await;
            if let Err(failure) = &answer {
                self.toasts.say(failure.to_string());
            }
            answer
        };
        self.doing.run(answer, move |saving| match saving {
            Saving::Saved { workflow } => {
                self.state.update(|state| state.saved(graph, workflow.revision));
                self.workflow.set(workflow);
                self.restored.set(false);
                self.is_saved();
                match then {
                    Some(then) => then.run(()),
                    None => self.toasts.say(text::saved()),
                }
            }
            Saving::Newer { workflow, graph } => self.newer.set(Some((workflow, graph))),
            Saving::Flawed { flaws } => {
                let first = flaws.first().map(words::flaw);
                self.toasts.say(first.unwrap_or_else(|| words::resolve_first().to_owned()));
                if let Some(flaw) = flaws.first() {
                    self.show(flaw.at);
                }
            }
        });
    }

    /// Saves what is not saved, and lets contacts in. `confirmed`: also beside a bot (CR-30).
    pub fn publish(self, confirmed: bool) {
        let publish = Callback::new(move |()| self.publish_saved(confirmed));
        let unsaved = self.state.with_untracked(|state| state.is_changed());
        let wrong = self.flaws.with_untracked(|flaws| !flaws.is_empty());
        if unsaved || wrong { self.save_then(Some(publish)) } else { publish.run(()) }
    }

    fn publish_saved(self, confirmed: bool) {
        let answer = async move {
            let answer = api::publish_workflow(self.id, confirmed).await;
            if let Err(failure) = &answer {
                self.unpublished.set(Some(failure.to_string()));
            }
            answer
        };
        self.doing.run(answer, move |publishing| match publishing {
            Publishing::Published { workflow } => {
                self.beside_bots.set(None);
                self.drawer.set(false);
                self.toasts.say(list::published(&workflow.name));
                self.workflow.set(*workflow);
            }
            Publishing::Confirm { pages } => self.beside_bots.set(Some(pages)),
        });
    }

    fn stop(self) {
        self.doing.run(api::stop_workflow(self.id), move |workflow| {
            self.stopping.set(false);
            self.toasts.say(list::stopped(&workflow.name));
            self.workflow.set(workflow);
            self.doing.run(api::load_workflow(self.id), move |builder| self.take_in(builder));
        });
    }
}

/// What is asked or said on the way.
#[component]
pub fn Dialogs(screen: Screen) -> impl IntoView {
    view! {
        {view! { <Stopping screen=screen /> }.into_any()}
        {view! { <BesideBots screen=screen /> }.into_any()}
        {view! { <Unpublished screen=screen /> }.into_any()}
    }
}

#[component]
fn Stopping(screen: Screen) -> impl IntoView {
    let running = move || screen.workflow.with(|workflow| list::stop_words(&workflow.name, workflow.running));
    view! {
        <Dialog open=screen.stopping title=list::stop_title()>
            <p dir="auto">{running}</p>
            <ProblemLine words=screen.doing.problem />
            <footer>
                <button class="button" type="button" data-size="32" on:click=move |_| screen.stopping.set(false)>{text::cancel()}</button>
                <button class="button" type="button" data-kind="danger" data-size="32" on:click=move |_| screen.stop()>{words::stop()}</button>
            </footer>
        </Dialog>
    }
}

/// One automation per page: it writes to customers, and a bot does, too (CR-30).
#[component]
fn BesideBots(screen: Screen) -> impl IntoView {
    let open = open_while_asked(screen.beside_bots);
    let pages =
        move || screen.beside_bots.with(|pages| list::bots_words(pages.as_deref().unwrap_or_default()));
    view! {
        <Dialog open=open title=list::bots_title()>
            <p dir="auto">{pages}</p>
            <p>{text::one_tool_words()}</p>
            <footer>
                <button class="button" type="button" data-size="32" on:click=move |_| open.set(false)>{text::cancel()}</button>
                <button class="button" type="button" data-kind="primary" data-size="32" on:click=move |_| screen.publish(true)>
                    {list::publish_anyway()}
                </button>
            </footer>
        </Dialog>
    }
}

#[component]
fn Unpublished(screen: Screen) -> impl IntoView {
    let open = open_while_asked(screen.unpublished);
    let why = move || screen.unpublished.get().unwrap_or_default();
    let looped =
        move || screen.unpublished.with(|why| why.as_ref().is_some_and(|why| why.starts_with(LOOP_DETECTED)));
    view! {
        <Dialog open=open title=words::not_published()>
            <div class="problem" role="alert"><Icon name="circle-alert" /><span dir="auto">{why}</span></div>
            <Show when=looped><p>{words::loop_advice()}</p></Show>
            <footer>
                <button class="button" type="button" data-kind="outline" data-size="32" on:click=move |_| open.set(false)>{words::close()}</button>
            </footer>
        </Dialog>
    }
}
