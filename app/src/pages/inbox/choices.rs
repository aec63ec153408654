//! What the palette offers for the open conversation, and what becomes of the choice.

use super::beside::Reach;
use super::screen::Screen;
use crate::api;
use crate::commands::Choice;
use crate::text::flows as words;
use domain::ConversationId;
use domain::person::Act;
use domain::workflow::view::{RunView, Shortcut};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::collections::BTreeMap;

impl Screen {
    /// Workflows that can be started for the contact, and runs that can be stopped. Reads them if nobody has yet.
    pub(super) fn offered_runs(self) -> (Vec<Shortcut>, Vec<RunView>) {
        let open = self.conversation().map(|conversation| conversation.id);
        let may_see = self.me.with_value(|me| me.person.may(Act::SeeRuns));
        let Some(id) = open.filter(|_| may_see) else { return Default::default() };
        let Some(known) = self.beside.runs.get().filter(|runs| runs.conversation == id) else {
            self.load_runs(id);
            return Default::default();
        };
        let mut running = known.runs.ongoing;
        running.retain(|run| run.may_be_stopped);
        (known.runs.shortcuts, running)
    }

    /// Does what was chosen in the palette.
    pub(super) fn choose(self, choice: Choice) {
        let Some(id) = self.conversation().map(|conversation| conversation.id) else { return };
        match choice {
            Choice::Snooze(until) => self.snooze(until),
            Choice::Stop(run) => self.stop_run(id, run),
            // What has to be asked first is asked in the panel.
            Choice::Start(shortcut) if !shortcut.form.is_empty() => self.reach_for(Reach::Shortcut),
            Choice::Start(shortcut) => self.start_shortcut(id, &shortcut),
        }
    }

    fn start_shortcut(self, id: ConversationId, shortcut: &Shortcut) {
        let workflow = shortcut.workflow_id;
        spawn_local(async move {
            match api::start_shortcut(id, workflow, BTreeMap::new()).await {
                Ok(run) => {
                    self.toasts.say(words::started(&run.workflow));
                    self.put_run(&run);
                }
                Err(failure) => self.failed(failure),
            }
        });
    }
}
