//! Something the server is asked to do, and what came of it.

use crate::api::Failure;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Whether the server is at it, and why it did not do it.
#[derive(Clone, Copy)]
pub struct Doing {
    pub busy: RwSignal<bool>,
    pub problem: RwSignal<Option<String>>,
}

impl Doing {
    /// Nothing is being done.
    pub fn nothing() -> Self {
        Self { busy: RwSignal::new(false), problem: RwSignal::new(None) }
    }

    /// Does one thing at a time; `done` hears what came of it when it went well.
    pub fn run<T: 'static>(
        self,
        what: impl Future<Output = Result<T, Failure>> + 'static,
        done: impl FnOnce(T) + 'static,
    ) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        self.problem.set(None);
        spawn_local(async move {
            let answer = what.await;
            // The page may have been left meanwhile.
            self.busy.try_set(false);
            match answer {
                Ok(answer) => done(answer),
                Err(failure) => {
                    self.problem.try_set(Some(failure.to_string()));
                }
            }
        });
    }
}
