//! What the person chose: here at once, on the server for every other browser.

use super::Commands;
use crate::api::{self, Failure};
use crate::browser;
use domain::PersonId;
use domain::person::Person;
use domain::preferences::{Language, Preferences, Region, Shortcuts, Wishes};
use domain::wire;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::future::Future;

/// This browser's copy, so that keys are right from the first one on. Its name tells other windows of a change.
fn copy_of(person: PersonId) -> String {
    format!("baton.preferences.{person}")
}

impl Commands {
    /// What the person chose.
    pub fn preferences(self) -> RwSignal<Preferences> {
        self.preferences
    }

    /// Who is signed in here.
    pub fn me(self) -> Option<PersonId> {
        self.person.with_untracked(|person| person.as_ref().map(|person| person.id))
    }

    /// Serves this person from now on.
    pub(super) fn follow(self, person: Person) {
        let id = person.id;
        let same = self.person.with_untracked(|known| known.as_ref().map(|known| known.id) == Some(id));
        self.person.set(Some(person));
        if same {
            return;
        }
        self.read_copy(id);
        spawn_local(async move {
            // Without an answer the copy counts; the page tells about the connection by itself.
            if let Ok(preferences) = api::load_preferences().await {
                self.take_in(preferences);
            }
        });
    }

    /// Takes up what another window of this browser kept.
    pub(super) fn heard_from_other_window(self, name: &str) {
        if let Some(id) = self.me()
            && name == copy_of(id)
        {
            self.read_copy(id);
        }
    }

    fn read_copy(self, id: PersonId) {
        let copy = browser::recall(&copy_of(id)).and_then(|copy| wire::read(copy.as_bytes()).ok());
        if let Some(copy) = copy {
            self.preferences.set(copy);
        }
    }

    fn take_in(self, preferences: Preferences) {
        if let (Some(id), Ok(copy)) = (self.me(), serde_json::to_string(&preferences)) {
            browser::keep(&copy_of(id), &copy);
        }
        self.preferences.set(preferences);
    }

    /// Keeps other keys. `done` learns what came of it.
    pub fn keep_shortcuts(self, shortcuts: Shortcuts, done: impl FnOnce(Result<(), Failure>) + 'static) {
        let wanted = Preferences { shortcuts: shortcuts.clone(), ..self.preferences.get_untracked() };
        self.keep(wanted, api::keep_shortcuts(shortcuts), done);
    }

    /// Keeps another way of being called. `done` learns what came of it.
    pub fn keep_wishes(self, wishes: Wishes, done: impl FnOnce(Result<(), Failure>) + 'static) {
        let wanted = Preferences { attention: wishes.clone(), ..self.preferences.get_untracked() };
        self.keep(wanted, api::keep_wishes(wishes), done);
    }

    /// Keeps another way of writing dates and numbers. `done` learns what came of it.
    pub fn keep_region(self, region: Region, done: impl FnOnce(Result<(), Failure>) + 'static) {
        let wanted = Preferences { region, ..self.preferences.get_untracked() };
        self.keep(wanted, api::keep_region(region), done);
    }

    /// Keeps another language. `done` learns what came of it.
    pub fn keep_language(self, language: Option<Language>, done: impl FnOnce(Result<(), Failure>) + 'static) {
        let wanted = Preferences { language, ..self.preferences.get_untracked() };
        self.keep(wanted, api::keep_language(language), done);
    }

    /// Pauses what calls for so many milliseconds, or ends the pause.
    pub(super) fn toggle_quiet(self, pause: i64) {
        let mut wishes = self.preferences.get_untracked().attention;
        wishes.quiet_until = if self.is_quiet() { None } else { browser::now().map(|now| now + pause) };
        let quiet = wishes.quiet_until.is_some();
        self.keep_wishes(wishes, move |kept| match kept {
            Ok(()) => {
                self.say(if quiet { crate::text::quiet_for_an_hour() } else { crate::text::quiet_is_over() })
            }
            Err(failure) => self.say(failure.to_string()),
        });
    }

    /// Shows the change at once, and takes it back when the server says no.
    fn keep(
        self,
        wanted: Preferences,
        answer: impl Future<Output = Result<Preferences, Failure>> + 'static,
        done: impl FnOnce(Result<(), Failure>) + 'static,
    ) {
        let before = self.preferences.get_untracked();
        self.preferences.set(wanted);
        spawn_local(async move {
            match answer.await {
                Ok(preferences) => {
                    self.take_in(preferences);
                    done(Ok(()));
                }
                Err(failure) => {
                    self.preferences.set(before);
                    done(Err(failure));
                }
            }
        });
    }
}
