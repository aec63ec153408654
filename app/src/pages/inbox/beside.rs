//! What is known beside the thread: the contact's fields and tags, and what workflows do for the contact.

use super::screen::Screen;
use crate::api::{self, Failure, Stopping};
use crate::state::{RunsState, Told};
use crate::text::flows as words;
use domain::workflow::view::{ContactDetails, RunView};
use domain::{ConversationId, RunId};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Which tab of the panel is open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tab {
    #[default]
    Contact,
    Workflows,
}

/// What in the panel is reached for by a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    Tag,
    Shortcut,
}

/// What the panel knows.
#[derive(Clone, Copy)]
pub struct Beside {
    pub tab: RwSignal<Tab>,
    /// What gets the focus once it is there.
    pub reach: RwSignal<Option<Reach>>,
    pub contact: RwSignal<Option<(ConversationId, ContactDetails)>>,
    pub contact_problem: RwSignal<Option<Failure>>,
    pub runs: RwSignal<Option<RunsState>>,
    pub runs_problem: RwSignal<Option<Failure>>,
    /// Counts what was heard about contacts: an answer that was asked for earlier is older.
    heard: StoredValue<u32>,
}

impl Beside {
    /// Nothing is known yet.
    pub fn new() -> Self {
        Self {
            tab: RwSignal::new(Tab::default()),
            reach: RwSignal::new(None),
            contact: RwSignal::new(None),
            contact_problem: RwSignal::new(None),
            runs: RwSignal::new(None),
            runs_problem: RwSignal::new(None),
            heard: StoredValue::new(0),
        }
    }
}

impl Screen {
    /// Reads what the team knows about a contact, unless it is on screen already.
    pub fn load_contact(self, id: ConversationId) {
        let beside = self.beside;
        let heard = beside.heard.get_value();
        beside.contact_problem.set(None);
        spawn_local(async move {
            let loaded = api::load_contact_details(id).await;
            if self.place.conversation.try_get_untracked() != Some(Some(id))
                || beside.heard.get_value() != heard
            {
                return;
            }
            match loaded {
                Ok(details) => beside.contact.set(Some((id, details))),
                Err(Failure::SignedOut) => self.ended.set(true),
                Err(failure) => beside.contact_problem.set(Some(failure)),
            }
        });
    }

    /// Shows a contact as an action left it.
    pub fn put_contact(self, id: ConversationId, details: ContactDetails) {
        self.beside.heard.update_value(|heard| *heard = heard.wrapping_add(1));
        if self.place.conversation.get_untracked() == Some(id) {
            self.beside.contact.set(Some((id, details)));
        }
    }

    /// Reads what workflows do for a contact.
    pub fn load_runs(self, id: ConversationId) {
        let beside = self.beside;
        beside.runs_problem.set(None);
        spawn_local(async move {
            let loaded = api::load_conversation_runs(id).await;
            if self.place.conversation.try_get_untracked() != Some(Some(id)) {
                return;
            }
            match loaded {
                Ok(runs) => {
                    let Some(missed) = self.missed(runs.as_of) else { return self.load_runs(id) };
                    let mut state = RunsState::fresh(id, runs);
                    let again =
                        missed.iter().filter(|change| state.apply(change) == Told::Reload).count() > 0;
                    beside.runs.set(Some(state));
                    if again {
                        self.load_runs(id);
                    }
                }
                Err(Failure::SignedOut) => self.ended.set(true),
                Err(failure) => beside.runs_problem.set(Some(failure)),
            }
        });
    }

    /// Reads again what the panel shows; changes were missed.
    pub(super) fn reload_beside(self) {
        let Some(id) = self.place.conversation.get_untracked() else { return };
        self.load_contact(id);
        if self.beside.runs.with_untracked(Option::is_some) {
            self.load_runs(id);
        }
    }

    /// Opens the panel at something, and gives it the focus.
    pub fn reach_for(self, what: Reach) {
        self.beside.tab.set(match what {
            Reach::Tag => Tab::Contact,
            Reach::Shortcut => Tab::Workflows,
        });
        self.details.set(true);
        self.beside.reach.set(Some(what));
    }

    /// Opens the panel at the workflows.
    pub fn show_workflows(self) {
        self.beside.tab.set(Tab::Workflows);
        self.details.set(true);
    }

    /// Ends a run for the contact (WF-32); says so when somebody else was first.
    pub fn stop_run(self, id: ConversationId, run: RunId) {
        self.mark_stopping(run, true);
        spawn_local(async move {
            let answer = api::stop_run(id, run).await;
            self.mark_stopping(run, false);
            match answer {
                Ok(Stopping { run, already }) => {
                    self.toasts.say(told(&run, already));
                    self.put_run(&run);
                }
                Err(failure) => self.failed(failure),
            }
        });
    }

    fn mark_stopping(self, run: RunId, on: bool) {
        self.beside.runs.update(|runs| {
            if let Some(runs) = runs {
                runs.stopping.retain(|other| *other != run);
                if on {
                    runs.stopping.push(run);
                }
            }
        });
    }

    /// Shows a run as an action left it.
    pub fn put_run(self, run: &RunView) {
        let mut again = false;
        self.beside.runs.update(|runs| {
            if let Some(runs) = runs.as_mut().filter(|runs| runs.conversation == run.conversation_id) {
                again = runs.put(run) == Told::Reload;
            }
        });
        if again {
            self.load_runs(run.conversation_id);
        }
    }
}

fn told(run: &RunView, already: bool) -> String {
    match &run.now {
        domain::workflow::view::RunNow::Ended { reason, name, .. } if already => {
            words::already_ended(&run.workflow, &words::ending(reason, name.as_deref()))
        }
        _ => words::stopped(&run.workflow),
    }
}
