//! What others do with the same workflow while it is open here.

use super::screen::Screen;
use crate::api::workflows::{self as api, Builder};
use crate::pages::settings::News;
use crate::pages::workflows::settle::settled;
use crate::text::builder as words;
use domain::live::Change;
use leptos::prelude::*;
use leptos::task::spawn_local;

impl Screen {
    /// Stays true while others save, publish or stop it: what changed is read again, once one's own act is over.
    pub fn follow_others(self) {
        let Some(news) = use_context::<News>() else { return };
        let stale = RwSignal::new(false);
        let count_again = settled(move || {
            stale.try_set(true);
        });
        news.hear(move |change| match change {
            Change::Workflows => stale.set(true),
            // How many are in it now.
            Change::Run { run } if run.workflow_id == self.id && !run.test => count_again(),
            _ => {}
        });
        Effect::new(move || {
            if stale.get() && !self.doing.busy.get() {
                stale.set(false);
                spawn_local(async move {
                    // What cannot be read now is read with the next change, or found out when one saves.
                    let Ok(builder) = api::load_workflow(self.id).await else { return };
                    match self.doing.busy.try_get_untracked() {
                        Some(false) => self.hear_of(builder),
                        Some(true) => {
                            stale.try_set(true);
                        }
                        None => {}
                    }
                });
            }
        });
    }

    fn hear_of(self, builder: Builder) {
        let (known, changed) = self.state.with_untracked(|state| (state.revision(), state.is_changed()));
        let newer = builder.workflow.revision > known;
        let stopped = self.locked.get_untracked() && builder.workflow.status.may_change();
        if newer && changed {
            self.newer.set(Some((builder.workflow, builder.graph)));
        } else if newer || stopped {
            if newer {
                self.toasts.say(words::took_in());
            }
            self.take_in(builder);
        } else {
            self.know(builder.surroundings);
            self.workflow.set(builder.workflow);
            if self.test.with_untracked(Option::is_some) != builder.test.is_some() {
                self.test.set(builder.test);
            }
        }
    }
}
