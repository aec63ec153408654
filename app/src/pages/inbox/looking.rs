//! Looking closer at a thread: what is searched in it, what is marked, which dialog is open.

use super::screen::Screen;
use crate::api::{self, Found, Original, Wording};
use crate::browser;
use crate::state::ShownEvents;
use domain::view::Message;
use domain::{ConversationId, MessageId};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;
use std::time::Duration;

/// Where this browser keeps which kinds of events are hidden.
const EVENTS: &str = "baton.events";
/// How long typing rests before it is searched for.
const REST: Duration = Duration::from_millis(250);

/// What is looked at in one thread.
#[derive(Clone, Copy)]
pub struct Looking {
    screen: Screen,
    id: ConversationId,
    /// Whether the search field is open.
    pub searching: RwSignal<bool>,
    pub text: RwSignal<String>,
    /// Where the text stands, newest first. Nothing before the first answer.
    pub found: RwSignal<Option<Vec<Found>>>,
    /// Which of the places is shown.
    pub at: RwSignal<usize>,
    /// The message that was jumped to.
    pub marked: RwSignal<Option<MessageId>>,
    /// What is shown of what happened besides messages.
    pub events: RwSignal<ShownEvents>,
    /// A message without its dress, and whether that dialog is open.
    pub original: RwSignal<Option<Original>>,
    pub original_open: RwSignal<bool>,
    /// What a message said before, and whether that dialog is open.
    pub wordings: RwSignal<Vec<Wording>>,
    pub wordings_open: RwSignal<bool>,
}

impl Looking {
    /// Nothing is looked for yet.
    pub fn new(screen: Screen, id: ConversationId) -> Self {
        let looking = Self {
            screen,
            id,
            searching: RwSignal::new(false),
            text: RwSignal::new(String::new()),
            found: RwSignal::new(None),
            at: RwSignal::new(0),
            marked: RwSignal::new(None),
            events: RwSignal::new(ShownEvents::default()),
            original: RwSignal::new(None),
            original_open: RwSignal::new(false),
            wordings: RwSignal::new(Vec::new()),
            wordings_open: RwSignal::new(false),
        };
        Effect::new(move || {
            looking.events.set(ShownEvents::read(&browser::recall(EVENTS).unwrap_or_default()));
        });
        looking
    }

    /// Shows other kinds of events from now on, in this browser.
    pub fn show_events(self, change: impl FnOnce(&mut ShownEvents)) {
        self.events.update(change);
        browser::keep(EVENTS, &self.events.with_untracked(ShownEvents::write));
    }

    /// Opens the search field, or closes it.
    pub fn toggle_search(self) {
        self.searching.update(|open| *open = !*open);
        if !self.searching.get_untracked() {
            self.close_search();
        }
    }

    /// Opens the search field, or goes back to it.
    pub fn open_search(self) {
        if self.searching.get_untracked() {
            browser::focus(".look input");
        } else {
            self.toggle_search();
        }
    }

    /// Closes the search field.
    pub fn close_search(self) {
        self.searching.set(false);
        self.text.set(String::new());
        self.found.set(None);
        self.marked.set(None);
    }

    /// Searches for what is typed, once typing rests.
    pub fn typed(self, text: String) {
        self.text.set(text.clone());
        set_timeout(
            move || {
                if self.text.try_get_untracked().as_deref() == Some(&text) {
                    self.search(text);
                }
            },
            REST,
        );
    }

    fn search(self, text: String) {
        spawn_local(async move {
            let found = api::search_thread(self.id, text.clone()).await;
            if self.text.try_get_untracked() != Some(text) {
                return;
            }
            match found {
                Ok(found) => {
                    self.at.set(0);
                    let first = found.first().copied();
                    self.found.set((!self.text.get_untracked().trim().is_empty()).then_some(found));
                    match first {
                        Some(first) => self.jump(first.id),
                        None => self.marked.set(None),
                    }
                }
                Err(failure) => self.screen.failed(failure),
            }
        });
    }

    /// Goes to the place after (`older`) or before the one shown.
    pub fn step(self, older: bool) {
        let Some(found) = self.found.get_untracked().filter(|found| !found.is_empty()) else { return };
        let count = found.len();
        let next = (self.at.get_untracked() + if older { 1 } else { count - 1 }) % count;
        self.at.set(next);
        self.jump(found[next].id);
    }

    /// Shows a message of the thread, loading what lies between if need be.
    pub fn jump(self, message: MessageId) {
        let (known, oldest) = self.screen.thread.with_untracked(|thread| {
            let messages = thread.as_ref().map(|thread| &thread.messages[..]).unwrap_or_default();
            let known = messages.iter().any(|one| one.id == message);
            (known, messages.first().map(|oldest| (oldest.at, oldest.id)))
        });
        match (known, oldest) {
            (true, _) | (false, None) => self.mark(message),
            (false, Some(oldest)) => spawn_local(async move {
                match api::back_to(self.id, message, oldest).await {
                    Ok(page) => {
                        self.screen.with_thread(self.id, |thread| thread.prepend(page));
                        self.mark(message);
                    }
                    Err(failure) => self.screen.failed(failure),
                }
            }),
        }
    }

    fn mark(self, message: MessageId) {
        if self.marked.try_set(Some(message)).is_some() {
            return;
        }
        // What was just loaded is drawn first.
        request_animation_frame(move || {
            request_animation_frame(move || browser::center(&format!("[data-message='{message}']")));
        });
    }

    /// Shows a message as Meta sent it.
    pub fn show_original(self, message: MessageId) {
        spawn_local(async move {
            match api::show_original(message).await {
                Ok(original) => {
                    self.original.set(Some(original));
                    self.original_open.set(true);
                }
                Err(failure) => self.screen.failed(failure),
            }
        });
    }

    /// Shows what a message said before it was edited.
    pub fn show_wordings(self, message: MessageId) {
        spawn_local(async move {
            match api::wordings(message).await {
                Ok(wordings) => {
                    self.wordings.set(wordings);
                    self.wordings_open.set(true);
                }
                Err(failure) => self.screen.failed(failure),
            }
        });
    }

    /// Has a file that did not come fetched again.
    pub fn fetch_again(self, media: domain::MediaId) {
        spawn_local(async move {
            if let Err(failure) = api::fetch_again(media).await {
                self.screen.failed(failure);
            }
        });
    }

    /// Puts the words of a message on the clipboard.
    pub fn copy(self, message: &Arc<Message>) {
        if let Some(text) = &message.text {
            browser::copy(text);
            self.screen.toasts.say(crate::text::copied().to_owned());
        }
    }
}
