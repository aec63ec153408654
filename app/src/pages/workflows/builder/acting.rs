//! What people do to the workflow on screen: each act with what is said about it and where the focus goes.

use super::screen::Screen;
use crate::browser;
use crate::state::builder::{BuilderState, Doomed, Spot};
use crate::text::builder as words;
use domain::workflow::graph::{Place, Refusal, StepId};
use leptos::prelude::*;

impl Screen {
    /// Does something to the workflow, unless it runs. A refusal is said and changes nothing.
    pub fn act<T>(self, act: impl FnOnce(&mut BuilderState) -> Result<T, Refusal>) -> Option<T> {
        if self.locked.get_untracked() {
            self.toasts.say(words::locked());
            return None;
        }
        let mut done = None;
        self.state.update(|state| done = Some(act(state)));
        match done? {
            Ok(done) => {
                self.changed();
                Some(done)
            }
            Err(refusal) => {
                self.toasts.say(refusal.to_string());
                None
            }
        }
    }

    /// Selects something and gives it the focus.
    pub fn go_to(self, spot: Spot) {
        self.state.update(|state| state.select(spot));
        browser::focus_spot(spot);
    }

    /// Selects something and shows its settings.
    pub fn open(self, spot: Spot) {
        self.state.update(|state| state.select(spot));
        match spot {
            Spot::End(place) => self.add_at(place),
            Spot::Trigger | Spot::Step(_) => self.drawer.set(true),
        }
    }

    /// Asks which step is added at a place.
    pub fn add_at(self, place: Place) {
        if self.locked.get_untracked() {
            self.toasts.say(words::locked());
        } else {
            self.adding.set(Some(place));
        }
    }

    /// Deletes a step, after a question when something hangs on it.
    pub fn delete(self, id: StepId) {
        let Some(doomed) = self.state.with_untracked(|state| state.doomed(id)) else { return };
        self.delete_doomed(doomed);
    }

    pub fn delete_doomed(self, doomed: Doomed) {
        if self.locked.get_untracked() {
            self.toasts.say(words::locked());
        } else if doomed.along > 0 {
            self.doomed.set(Some(doomed));
        } else {
            self.delete_now(&doomed);
        }
    }

    pub fn delete_now(self, doomed: &Doomed) {
        if self.act(|state| state.delete(doomed)).is_some() {
            self.said.set(words::deleted(&doomed.name, doomed.along));
            if doomed.way.is_none() {
                self.drawer.set(false);
            }
            browser::focus_spot(self.selected.get_untracked());
        }
    }

    pub fn copy(self, id: StepId, with_branch: bool) {
        self.state.update(|state| state.copy(id, with_branch));
        let name = self.state.with_untracked(|state| state.copied().map(|piece| piece.name().to_owned()));
        self.toasts.say(words::copied(&name.unwrap_or_default()));
    }

    pub fn mark_cut(self, id: StepId) {
        if self.locked.get_untracked() {
            self.toasts.say(words::locked());
            return;
        }
        self.state.update(|state| state.mark_cut(id));
        let name = self.graph.with_untracked(|graph| graph.steps.get(&id).map(|step| step.name.clone()));
        self.toasts.say(words::cut(&name.unwrap_or_default()));
    }

    /// Puts what was copied or cut behind the selection.
    pub fn paste(self) {
        let place = self.state.with_untracked(|state| state.behind(state.selected()));
        if let Some(place) = place {
            self.paste_at(place);
        }
    }

    pub fn paste_at(self, place: Place) {
        if self.act(|state| state.paste(place)).is_some() {
            browser::focus_spot(self.selected.get_untracked());
        }
    }

    pub fn undo(self) {
        let deed = self.state.with_untracked(BuilderState::to_undo);
        if let Some(deed) = deed.filter(|_| !self.locked.get_untracked()) {
            self.state.update(BuilderState::undo);
            self.said.set(words::undone(deed));
            self.changed();
        }
    }

    pub fn redo(self) {
        let deed = self.state.with_untracked(BuilderState::to_redo);
        if let Some(deed) = deed.filter(|_| !self.locked.get_untracked()) {
            self.state.update(BuilderState::redo);
            self.said.set(words::redone(deed));
            self.changed();
        }
    }

    /// Gives up what was built since the last save; undo brings it back.
    pub fn discard(self) {
        self.state.update(BuilderState::discard);
        self.restored.set(false);
        self.changed();
        self.toasts.say(words::discarded());
    }
}
