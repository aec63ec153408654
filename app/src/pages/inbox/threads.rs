//! How conversations are loaded and stay true: the open one, and those that were open before.

use super::screen::Screen;
use crate::api::{self, Failure};
use crate::state::{Heard, ThreadState, Told};
use domain::ConversationId;
use domain::live::{Change, Numbered};
use leptos::prelude::*;
use leptos::task::spawn_local;

impl Screen {
    /// Loads a conversation and shows it, if it is still wanted by then.
    pub(super) fn fetch_thread(self, id: ConversationId) {
        spawn_local(async move {
            let loaded = api::load_thread(id).await;
            if self.place.conversation.try_get_untracked() != Some(Some(id)) {
                return;
            }
            match loaded {
                Ok(thread) => {
                    self.clock.set(thread.now);
                    self.show_thread(ThreadState::fresh(thread));
                }
                Err(Failure::SignedOut) => self.ended.set(true),
                Err(failure) => self.thread_problem.set(Some(failure)),
            }
        });
    }

    fn show_thread(self, mut thread: ThreadState) {
        let Some(missed) = self.missed(thread.as_of) else { return self.fetch_thread(thread.id()) };
        for change in &missed {
            thread.apply(change);
        }
        // What was written here and is still on its way is not in the server's answer.
        let pending = self.thread.with_untracked(|shown| {
            let shown = shown.as_ref().filter(|shown| shown.id() == thread.id());
            shown.map(|shown| shown.unconfirmed(&thread)).unwrap_or_default()
        });
        for message in pending {
            thread.echo(message);
        }
        self.thread_problem.set(None);
        let id = thread.id();
        self.thread.set(Some(thread));
        self.draw_waiting(id);
    }

    /// Folds changes into conversations, and into what is shown beside the open one.
    pub(super) fn hear_of_threads(self, new: &[Numbered]) {
        self.ready.update_value(|ready| {
            ready.retain(|_, thread| {
                new.iter().all(|change| matches!(thread.apply(change), Heard::Nothing | Heard::Changed))
            });
        });
        let (mut rewritten, mut hidden) = (None, false);
        self.thread.maybe_update(|thread| {
            let Some(thread) = thread else { return false };
            let heard: Vec<Heard> = new.iter().map(|change| thread.apply(change)).collect();
            rewritten = heard.contains(&Heard::Reload).then(|| thread.id());
            hidden = heard.contains(&Heard::Hidden);
            heard.contains(&Heard::Changed)
        });
        self.hear_beside(new);
        if hidden {
            self.thread.set(None);
            self.thread_problem.set(Some(Failure::Gone));
        }
        if let Some(id) = rewritten {
            self.fetch_thread(id);
        }
    }

    /// Folds changes into the panel beside the thread.
    fn hear_beside(self, changes: &[Numbered]) {
        let (mut again, open) = (None, self.place.conversation.get_untracked());
        self.beside.runs.maybe_update(|runs| {
            let Some(runs) = runs else { return false };
            let told: Vec<Told> = changes.iter().map(|change| runs.apply(change)).collect();
            again = told.contains(&Told::Reload).then_some(runs.conversation);
            told.contains(&Told::Changed)
        });
        if let Some(id) = again.filter(|id| open == Some(*id)) {
            self.load_runs(id);
        }
        for change in changes {
            if let Change::Contact { conversation_id, details } = &change.change
                && open == Some(*conversation_id)
            {
                self.put_contact(*conversation_id, (**details).clone());
            }
        }
    }
}
