//! Calling the person who is signed in here, when something asks for their attention.
//!
//! `domain::attention` decides what calls; the person's wishes say by which ways; of several windows one calls. What
//! came of it is written down, so that somebody can find out why nothing was heard.

#[cfg(feature = "hydrate")]
mod hearing;
mod journal;

pub use journal::{Entry, Outcome, entries, last};

use crate::browser;
use crate::commands::Commands;
use crate::text;
use domain::attention::{Event, Listener, Subject};
use domain::person::Person;
use leptos::prelude::*;

/// What calls in this window.
#[derive(Clone, Copy)]
pub struct Attention {
    commands: Commands,
    listener: StoredValue<Option<Listener>>,
    /// Opens what a notification is about.
    open: StoredValue<Option<Callback<Subject>>>,
    /// Counts what was written down, so that a page can show it anew.
    pub written: RwSignal<u32>,
}

impl Attention {
    /// Nobody listens yet.
    pub fn new(commands: Commands) -> Self {
        Self {
            commands,
            listener: StoredValue::new(None),
            open: StoredValue::new(None),
            written: RwSignal::new(0),
        }
    }

    /// What calls in this window.
    pub fn of_window() -> Self {
        use_context().unwrap_or_else(|| Self::new(Commands::of_window()))
    }

    /// Says how what a notification is about is opened, and unlocks sound with the first click or key.
    pub fn wake(self, open: Callback<Subject>) {
        self.open.set_value(Some(open));
        Effect::new(move || {
            let pointer = window_event_listener(leptos::ev::pointerdown, |_| browser::unlock_sound());
            let key = window_event_listener(leptos::ev::keydown, |_| browser::unlock_sound());
            on_cleanup(move || {
                pointer.remove();
                key.remove();
            });
        });
    }

    /// Listens on behalf of this person. Who listens already goes on.
    pub fn listen(self, me: Person) {
        let Some(now) = browser::now() else { return };
        self.listener.update_value(|listener| {
            if !listener.as_ref().is_some_and(|listener| listener.is_for(&me)) {
                *listener = Some(Listener::new(me, now));
            }
        });
    }

    /// Plays and shows an event as it would call, whatever the person wishes: the self-test.
    pub fn rehearse(self, event: Event) -> Outcome {
        browser::unlock_sound();
        let volume = self.commands.preferences().with_untracked(|preferences| preferences.attention.volume);
        let (title, words) = (text::rehearsal_title(), text::attention_rehearsal());
        let sound = browser::play(event, volume);
        let desktop = browser::notify(title, words, "baton.rehearsal", || {});
        Outcome::Called { sound: Some(sound), desktop: Some(desktop) }
    }
}
