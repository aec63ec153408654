//! Keeping what is built: at once in this browser, a moment later with the server (B-10).
//!
//! This browser keeps only what the server does not have yet, under the name of the person, so that whoever signs in
//! next on the same machine finds nothing of it.

use super::screen::Screen;
use crate::api::Failure;
use crate::api::workflows::{self as api, Draft};
use crate::browser;
use crate::state::builder::Unsaved;
use domain::Timestamp;
use domain::wire;
use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::time::Duration;

/// How long a pause in building is.
const PAUSE: Duration = Duration::from_millis(800);
/// How long to wait after a copy that did not reach the server.
const AGAIN: Duration = Duration::from_secs(4);
/// Where a working copy is handed over on the way out.
const ADDRESS: &str = "/rpc/keep-working-copy";

/// How far a copy has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kept {
    /// Nothing was built that is not saved.
    Nothing,
    /// On its way to the server.
    UnderWay,
    /// With the server since then.
    At(Timestamp),
    /// Only in this browser.
    Here,
    /// The server does not take it, in its words; it is in this browser.
    Refused(String),
}

/// The state of keeping.
#[derive(Clone, Copy)]
pub struct Keeping {
    pub kept: RwSignal<Kept>,
    /// Counts changes: an answer to an older copy says nothing about a newer one.
    changes: StoredValue<u64>,
    /// The change the server has.
    there: StoredValue<u64>,
    planned: StoredValue<bool>,
    under_way: StoredValue<bool>,
}

impl Keeping {
    pub fn new() -> Self {
        Self {
            kept: RwSignal::new(Kept::Nothing),
            changes: StoredValue::new(0),
            there: StoredValue::new(0),
            planned: StoredValue::new(false),
            under_way: StoredValue::new(false),
        }
    }
}

impl Screen {
    /// Hands everything over on the way out.
    pub fn keep_copies(self) {
        Effect::new(move || {
            let hidden = window_event_listener(ev::visibilitychange, move |_| {
                if !browser::is_visible() {
                    self.hand_over();
                }
            });
            let leaving = window_event_listener(ev::pagehide, move |_| self.hand_over());
            let back = window_event_listener(ev::online, move |_| self.look_soon(Duration::ZERO));
            on_cleanup(move || {
                hidden.remove();
                leaving.remove();
                back.remove();
            });
        });
        on_cleanup(move || self.hand_over());
    }

    fn kept_name(self) -> String {
        format!("baton.workflow.{}.{}", self.me, self.id)
    }

    /// What this browser kept of an earlier visit.
    pub fn kept(self) -> Option<Unsaved> {
        wire::read(browser::recall(&self.kept_name())?.as_bytes()).ok()
    }

    /// Something was built.
    pub fn changed(self) {
        self.keeping.changes.update_value(|changes| *changes += 1);
        self.keep_here();
        self.keeping.kept.set(Kept::UnderWay);
        self.look_soon(PAUSE);
    }

    fn unsaved(self) -> Option<Unsaved> {
        self.state.try_with_untracked(|state| Unsaved {
            graph: domain::workflow::graph::Graph::clone(state.graph()),
            revision: state.revision(),
        })
    }

    fn keep_here(self) {
        let json = self.unsaved().and_then(|unsaved| serde_json::to_string(&unsaved).ok());
        browser::keep(&self.kept_name(), &json.unwrap_or_default());
    }

    fn forget_here(self) {
        browser::keep(&self.kept_name(), "");
    }

    fn look_soon(self, wait: Duration) {
        let planned = self.keeping.planned.try_update_value(|planned| std::mem::replace(planned, true));
        if planned == Some(false) {
            set_timeout(
                move || {
                    if self.keeping.planned.try_set_value(false).is_none() {
                        self.hand_in();
                    }
                },
                wait,
            );
        }
    }

    /// Sends the copy as it is now, one at a time.
    fn hand_in(self) {
        let keeping = self.keeping;
        let change = keeping.changes.get_value();
        if keeping.under_way.get_value() || keeping.there.get_value() == change {
            return;
        }
        if !self.state.with_untracked(|state| state.is_changed()) {
            return self.drop_copy(change);
        }
        let Some(Unsaved { graph, revision }) = self.unsaved() else { return };
        keeping.under_way.set_value(true);
        let sound = self.flaws.with_untracked(Vec::is_empty);
        let checked = graph.clone();
        spawn_local(async move {
            let answer = api::keep_working_copy(self.id, Draft { graph, revision }).await;
            // Saved, or undone, while it was on its way: a copy that stays would look like a conflict with oneself.
            let is_late =
                answer.is_ok() && self.state.try_with_untracked(|state| !state.is_changed()) == Some(true);
            self.heard(change, answer);
            if is_late {
                self.drop_copy(keeping.changes.get_value());
            }
            if sound && keeping.kept.try_get_untracked().is_some() {
                self.look_for_loops(checked).await;
            }
        });
    }

    /// Undone to what was saved: there is nothing to keep.
    fn drop_copy(self, change: u64) {
        self.keeping.under_way.set_value(true);
        spawn_local(async move {
            let answer = api::drop_working_copy(self.id).await;
            self.heard(change, answer);
            if !self.state.try_with_untracked(|state| state.is_changed()).unwrap_or(true) {
                self.keeping.kept.try_set(Kept::Nothing);
            }
        });
    }

    fn heard(self, change: u64, answer: Result<(), Failure>) {
        let keeping = self.keeping;
        // The page may have been left meanwhile.
        if keeping.under_way.try_set_value(false).is_some() {
            return;
        }
        let newest = keeping.changes.get_value() == change;
        match answer {
            Ok(()) => {
                keeping.there.set_value(change);
                if newest {
                    self.forget_here();
                    keeping.kept.set(Kept::At(self.clock.exactly()));
                } else {
                    self.look_soon(PAUSE);
                }
            }
            Err(Failure::Unreachable | Failure::Internal) => {
                keeping.kept.set(Kept::Here);
                self.look_soon(AGAIN);
            }
            Err(failure) => keeping.kept.set(Kept::Refused(failure.to_string())),
        }
    }

    /// What only the server can know: whether publishing this would close a loop through other workflows.
    async fn look_for_loops(self, graph: domain::workflow::graph::Graph) {
        if let Ok(checked) = api::check_workflow(self.id, graph.clone()).await {
            let still = self.state.try_with_untracked(|state| **state.graph() == graph);
            if still == Some(true) {
                self.closes_loop.set(checked.closes_loop);
            }
        }
    }

    /// The server has this graph as the saved one: there is no copy any more.
    pub fn is_saved(self) {
        let keeping = self.keeping;
        if !self.state.with_untracked(|state| state.is_changed()) {
            keeping.there.set_value(keeping.changes.get_value());
            keeping.kept.set(Kept::Nothing);
            self.forget_here();
        }
    }

    /// Hands the copy over without waiting: the page may be gone before an answer comes. This browser keeps it until
    /// the server has said that it has it.
    fn hand_over(self) {
        let unsent = self
            .keeping
            .changes
            .try_get_value()
            .zip(self.keeping.there.try_get_value())
            .is_some_and(|(changes, there)| changes != there);
        if let Some(unsaved) = unsent.then(|| self.unsaved()).flatten() {
            let draft = serde_json::json!({ "id": self.id, "draft": {
                "graph": unsaved.graph, "revision": unsaved.revision } });
            browser::leave(ADDRESS, &draft.to_string());
        }
    }
}
