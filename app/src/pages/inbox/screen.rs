//! What the inbox has on screen, and how it stays true.

use super::attaching::Attaching;
use super::beside::Beside;
use super::drafts::{self, Saving};
use super::opening::Opening;
use super::part::{self, OpenPart};
use super::place::Place;
use super::problem::Problem;
use super::writing::Audience;
use crate::api::{self, Failure, Me, People, Then};
use crate::attention::Attention;
use crate::clock::Clock;
use crate::keymap::Action;
use crate::parts::{Pictures, Toasts};
use crate::state::{Held, InboxState, Link, Recent, ThreadState, Waiting, Writ};
use domain::live::Numbered;
use domain::page::Health;
use domain::view::{Conversation, Counters, Inbox, Listing, Message};
use domain::writing::Notification;
use domain::{ConversationId, PageId, PersonId, Timestamp};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::collections::HashMap;
use std::sync::Arc;

/// How many conversations are kept ready besides the open one.
const READY: usize = 24;

/// How many rows are loaded at a time once somebody reads on.
const LATER_PAGES: u32 = 200;

/// Something asked of Facebook and not answered yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Busy {
    TakingOver,
    Resetting,
    Resyncing,
}

/// Everything the inbox shows.
#[derive(Clone, Copy)]
pub struct Screen {
    pub place: Place,
    pub clock: Clock,
    pub toasts: Toasts,
    pub pictures: Pictures,
    pub attention: Attention,
    pub me: StoredValue<Me>,
    pub people: StoredValue<People>,
    pub inbox: RwSignal<InboxState>,
    /// How many conversations came to the top while the reader looks further down.
    pub news: RwSignal<usize>,
    /// The order of the list while the reader looks further down.
    pub held: StoredValue<Option<Held>>,
    /// Whether the list has been drawn: what comes from then on may be seen arriving.
    pub settled: StoredValue<bool>,
    /// Whether the choice of how long to snooze is open.
    pub snoozing: RwSignal<bool>,
    /// Whether the form of filters is open.
    pub filtering: RwSignal<bool>,
    /// Whether the list makes room for the open conversation.
    pub collapsed: RwSignal<bool>,
    pub list_loading: RwSignal<bool>,
    pub list_problem: RwSignal<Option<Failure>>,
    pub thread: RwSignal<Option<ThreadState>>,
    pub thread_problem: RwSignal<Option<Failure>>,
    /// How to draw and handle an open conversation, once that part of the module is here.
    pub part: RwSignal<Option<OpenPart>>,
    /// Conversations that were open before; changes reach them too, so that they open at once.
    pub(super) ready: StoredValue<HashMap<ConversationId, ThreadState>>,
    pub(super) recent: StoredValue<Recent>,
    pub link: RwSignal<Link>,
    /// Whether somebody has to sign in again.
    pub ended: RwSignal<bool>,
    /// What this person has written and not sent.
    pub drafts: RwSignal<HashMap<ConversationId, Writ>>,
    pub(super) saving: StoredValue<Saving>,
    /// Answers on their way to the server.
    pub waiting: RwSignal<Waiting>,
    /// The message an answer being written quotes.
    pub quoted: RwSignal<HashMap<ConversationId, Arc<Message>>>,
    /// Files on their way onto sheets.
    pub attaching: RwSignal<HashMap<ConversationId, Vec<Attaching>>>,
    /// When the customer was last shown that somebody types.
    pub(super) typed_at: StoredValue<Option<(ConversationId, Timestamp)>>,
    /// What this person should look at, newest first.
    pub notifications: RwSignal<Vec<Notification>>,
    pub busy: RwSignal<Option<Busy>>,
    /// Why something in the open conversation was not done.
    pub problem: RwSignal<Option<Problem>>,
    /// The agent chose to write although another app has control.
    pub interrupting: RwSignal<bool>,
    /// Sends what is written in the open conversation; the composer puts it here.
    pub sends: StoredValue<Option<(ConversationId, Callback<Option<Then>>)>>,
    /// What was asked of the chosen conversation before it was here.
    pub later: StoredValue<Option<Action>>,
    /// Opens the search in the open conversation; the thread puts it here.
    pub searches: StoredValue<Option<(ConversationId, Callback<()>)>>,
    /// Whom the open composer writes to.
    pub audience: RwSignal<Audience>,
    pub details: RwSignal<bool>,
    /// What the panel beside the thread knows.
    pub beside: Beside,
}

impl Screen {
    /// The screen as it was just loaded.
    pub fn new(place: Place, clock: Clock, me: Me, opening: Opening, part: Option<OpenPart>) -> Self {
        let thread_problem = match &opening.thread {
            Some(Err(failure)) => Some(failure.clone()),
            Some(Ok(_)) | None => None,
        };
        let list_problem = opening.inbox.as_ref().err().cloned();
        let thread = opening.thread.and_then(Result::ok).map(ThreadState::fresh);
        if let Some(thread) = &thread {
            clock.set(thread.loaded_at);
        }
        let inbox = opening.inbox.unwrap_or_else(|_| nothing());
        let inbox = InboxState::fresh(place.query.get_untracked(), &me.person, inbox);
        let heard = thread.as_ref().map_or(inbox.as_of, |thread| inbox.as_of.min(thread.as_of));
        let people = opening.people.unwrap_or_else(|_| People { agents: Vec::new(), teams: Vec::new() });
        Self {
            place,
            clock,
            toasts: Toasts::new(),
            pictures: Pictures::new(me.pictures.clone()),
            attention: Attention::of_window(),
            me: StoredValue::new(me),
            people: StoredValue::new(people),
            inbox: RwSignal::new(inbox),
            news: RwSignal::new(0),
            held: StoredValue::new(None),
            settled: StoredValue::new(false),
            snoozing: RwSignal::new(false),
            filtering: RwSignal::new(false),
            collapsed: RwSignal::new(false),
            list_loading: RwSignal::new(false),
            list_problem: RwSignal::new(list_problem),
            thread: RwSignal::new(thread),
            thread_problem: RwSignal::new(thread_problem),
            part: RwSignal::new(part),
            ready: StoredValue::new(HashMap::new()),
            recent: StoredValue::new(Recent::after(heard)),
            link: RwSignal::new(Link::default()),
            ended: RwSignal::new(false),
            drafts: RwSignal::new(drafts::told(&opening.drafts)),
            saving: StoredValue::new(Saving::default()),
            waiting: RwSignal::new(Waiting::default()),
            quoted: RwSignal::new(HashMap::new()),
            attaching: RwSignal::new(HashMap::new()),
            typed_at: StoredValue::new(None),
            notifications: RwSignal::new(opening.notifications),
            busy: RwSignal::new(None),
            problem: RwSignal::new(None),
            interrupting: RwSignal::new(false),
            sends: StoredValue::new(None),
            searches: StoredValue::new(None),
            later: StoredValue::new(None),
            audience: RwSignal::new(Audience::default()),
            details: RwSignal::new(false),
            beside: Beside::new(),
        }
    }

    /// Who looks at it.
    pub fn my_id(&self) -> PersonId {
        self.me.with_value(|me| me.person.id)
    }

    /// The name of who looks at it.
    pub fn my_name(&self) -> String {
        self.me.with_value(|me| me.person.name.clone())
    }

    /// Whether messages of a page can leave.
    pub fn health(&self, page: &PageId) -> Health {
        self.inbox.with(|inbox| inbox.page(page).map_or(Health::Connected, |page| page.health.clone()))
    }

    /// Follows the address: another list is loaded, another conversation is opened.
    pub fn follow_address(self) {
        Effect::new(move || self.settled.set_value(true));
        Effect::watch(
            move || self.place.query.get(),
            move |query, before, _| {
                if before.is_some_and(|before| before != query) {
                    self.load_list();
                }
            },
            false,
        );
        Effect::watch(move || self.place.conversation.get(), move |id, _, _| self.open(*id), false);
    }

    /// Loads the list the address names. The old rows stay until the new ones are there, unless the view changed.
    pub fn load_list(self) {
        let query = self.place.query.get_untracked();
        self.list_loading.set(true);
        if self.inbox.with_untracked(|inbox| inbox.query.view != query.view) {
            self.inbox.update(|inbox| {
                inbox.rows.clear();
                inbox.next_cursor = None;
                inbox.query = query.clone();
            });
        }
        spawn_local(async move {
            let loaded = api::load_inbox(query.clone()).await;
            if self.place.query.try_get_untracked() != Some(query.clone()) {
                return;
            }
            self.list_loading.set(false);
            match loaded {
                Ok(inbox) => self.show_list(self.listed(query, inbox)),
                Err(Failure::SignedOut) => self.ended.set(true),
                Err(failure) => self.list_problem.set(Some(failure)),
            }
        });
    }

    fn listed(self, query: api::ListQuery, inbox: Inbox) -> InboxState {
        self.me.with_value(|me| InboxState::fresh(query, &me.person, inbox))
    }

    fn show_list(self, mut list: InboxState) {
        let Some(missed) = self.missed(list.as_of) else { return self.load_list() };
        for change in &missed {
            list.apply(change);
        }
        self.list_problem.set(None);
        self.settled.set_value(false);
        self.inbox.set(list);
        request_animation_frame(move || {
            self.settled.try_set_value(true);
        });
    }

    /// Loads the rows after those on screen.
    pub fn load_more(self) {
        let Some(cursor) = self.inbox.with_untracked(|inbox| inbox.next_cursor.clone()) else { return };
        if self.list_loading.get_untracked() {
            return;
        }
        self.list_loading.set(true);
        self.list_problem.set(None);
        let wanted = self.place.query.get_untracked();
        let query = api::ListQuery { cursor: Some(cursor), limit: LATER_PAGES, ..wanted.clone() };
        spawn_local(async move {
            let page = api::list(query).await;
            if self.place.query.try_get_untracked() != Some(wanted) {
                return;
            }
            self.list_loading.set(false);
            match page {
                Ok(page) => self.append(page),
                Err(Failure::SignedOut) => self.ended.set(true),
                Err(failure) => self.list_problem.set(Some(failure)),
            }
        });
    }

    /// Tries again what the list could not load.
    pub fn retry_list(self) {
        let query = self.place.query.get_untracked();
        match self.inbox.with_untracked(|inbox| inbox.query == query && inbox.next_cursor.is_some()) {
            true => self.load_more(),
            false => self.load_list(),
        }
    }

    fn append(self, page: Listing<Conversation>) {
        let missed = self.missed(page.as_of).unwrap_or_default();
        self.inbox.update(|inbox| {
            inbox.append(page);
            for change in &missed {
                if let domain::live::Change::Conversation { conversation, .. } = &change.change {
                    inbox.put(conversation);
                }
            }
        });
    }

    /// Opens a conversation: at once when it is ready, else as soon as it is loaded.
    fn open(self, id: Option<ConversationId>) {
        let shown = self.thread.with_untracked(|thread| thread.as_ref().map(ThreadState::id));
        if shown == id {
            return;
        }
        if let Some(thread) = self.thread.get_untracked() {
            self.keep_ready(thread);
        }
        self.problem.set(None);
        self.busy.set(None);
        self.interrupting.set(false);
        self.audience.set(Audience::default());
        self.details.set(false);
        self.thread_problem.set(None);
        let mut ready = id.and_then(|id| self.ready.try_update_value(|ready| ready.remove(&id)).flatten());
        if let Some(thread) = &mut ready {
            thread.come_back();
        }
        let load = ready.is_none();
        self.thread.set(ready);
        if let Some(id) = id.filter(|_| load) {
            self.load_thread(id);
        } else if id.is_some() {
            self.prepare();
        }
    }

    /// Fetches what draws an open conversation, if it is not here yet. A failure is shown where one is wanted.
    pub fn prepare(self) {
        if self.part.with_untracked(Option::is_some) {
            return;
        }
        spawn_local(async move {
            match part::thread().await {
                Ok(part) => drop(self.part.try_set(Some(part))),
                Err(failure) if self.place.conversation.try_get_untracked().flatten().is_some() => {
                    self.thread_problem.try_set(Some(failure));
                }
                Err(_) => {}
            }
        });
    }

    /// Handles the open conversation with its part: now, or as soon as that is here.
    pub fn with_part(self, handle: impl FnOnce(OpenPart) + 'static) {
        if let Some(part) = self.part.get_untracked() {
            return handle(part);
        }
        spawn_local(async move {
            match part::thread().await {
                Ok(part) => {
                    self.part.try_set(Some(part));
                    handle(part);
                }
                Err(failure) => self.failed(failure),
            }
        });
    }

    fn keep_ready(self, mut thread: ThreadState) {
        thread.leave();
        self.ready.update_value(|ready| {
            if ready.len() >= READY {
                ready.clear();
            }
            ready.insert(thread.id(), thread);
        });
    }

    /// Loads a conversation and shows it, if it is still wanted by then.
    pub fn load_thread(self, id: ConversationId) {
        self.prepare();
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
        let Some(missed) = self.missed(thread.as_of) else { return self.load_thread(thread.id()) };
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

    pub(super) fn missed(self, as_of: i64) -> Option<Vec<Numbered>> {
        self.recent.with_value(|recent| recent.since(as_of))
    }

    /// Loads everything on screen again; we are too far behind to catch up.
    pub fn reload(self) {
        self.ready.set_value(HashMap::new());
        spawn_local(async move {
            let query = self.place.query.get_untracked();
            match api::load_inbox(query.clone()).await {
                Ok(inbox) => {
                    self.recent.set_value(Recent::after(inbox.conversations.as_of));
                    self.show_list(self.listed(query, inbox));
                    if let Some(id) = self.place.conversation.get_untracked() {
                        self.load_thread(id);
                    }
                    self.reload_beside();
                }
                Err(failure) => self.failed(failure),
            }
        });
    }

    /// Changes a conversation's thread, open or ready.
    pub fn with_thread(self, id: ConversationId, change: impl FnOnce(&mut ThreadState)) {
        let mut change = Some(change);
        self.thread.maybe_update(|thread| match thread.as_mut().filter(|thread| thread.id() == id) {
            Some(thread) => {
                if let Some(change) = change.take() {
                    change(thread);
                }
                true
            }
            None => false,
        });
        if let Some(change) = change {
            self.ready.update_value(|ready| {
                if let Some(thread) = ready.get_mut(&id) {
                    change(thread);
                }
            });
        }
    }

    /// Shows a conversation as an action left it.
    pub fn put(self, conversation: &Conversation) {
        self.inbox.update(|inbox| inbox.put(conversation));
        self.with_thread(conversation.id, |thread| thread.put_conversation(conversation));
    }

    /// Says why something was not done.
    pub fn failed(self, failure: Failure) {
        match failure {
            Failure::SignedOut => self.ended.set(true),
            other => self.toasts.say(other.to_string()),
        }
    }
}

fn nothing() -> Inbox {
    Inbox {
        conversations: Listing { items: Vec::new(), next_cursor: None, as_of: 0 },
        counters: Counters::default(),
        pages: Vec::new(),
        apps: Vec::new(),
    }
}
