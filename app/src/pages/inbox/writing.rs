//! Writing an answer: the text, what was seen while writing, and what happens to it on the way out.

use super::screen::Screen;
use crate::api::{self, Failure, Reply, Seen, Then};
use crate::browser;
use crate::text;
use domain::conversation::message::{
    Author, AuthorKind, Delivery, DeliveryState, Direction, Origin, check_text,
};
use domain::view::Message;
use domain::{ConversationId, MessageId};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The answer being written in one conversation.
#[derive(Clone, Copy)]
pub struct Writing {
    screen: Screen,
    id: ConversationId,
    pub text: RwSignal<String>,
    /// The newest message when the writer began; a colleague's later one stops the next send once.
    began_after: StoredValue<Option<MessageId>>,
    /// A message that may or may not have reached the server. The same words go out under the same id.
    unsure: StoredValue<Option<(MessageId, String)>>,
}

impl Writing {
    /// An empty sheet for this conversation.
    pub fn new(screen: Screen, id: ConversationId) -> Self {
        Self {
            screen,
            id,
            text: RwSignal::new(String::new()),
            began_after: StoredValue::new(None),
            unsure: StoredValue::new(None),
        }
    }

    /// Takes up what was typed before: into the field before the page was ready, or in an earlier visit.
    pub fn take_up(self, typed: String) {
        let text = if typed.is_empty() { self.screen.draft(self.id).unwrap_or_default() } else { typed };
        if !text.is_empty() {
            self.write(text);
        }
    }

    /// Takes in what the writer typed.
    pub fn write(self, text: String) {
        if self.text.with_untracked(String::is_empty) {
            self.began_after.set_value(self.last_seen());
        }
        self.screen.keep_draft(self.id, &text);
        self.text.set(text);
    }

    /// Sends what is written, unless something has to be read first.
    pub fn send(self, then: Option<Then>) {
        let text = self.text.get_untracked();
        if let Err(refusal) = check_text(&text) {
            return self.screen.problem.set(Some(refusal.to_string()));
        }
        if let Some(words) = self.colleague_answered() {
            self.began_after.set_value(self.last_seen());
            return self.screen.problem.set(Some(words));
        }
        self.screen.problem.set(None);
        self.dispatch(text, then);
    }

    /// Sends the same words again as a new message.
    pub fn again(self, failed: &Message) {
        if let Some(text) = failed.text.clone() {
            self.screen.problem.set(None);
            self.post(browser::new_message_id(), text, None, false);
        }
    }

    fn colleague_answered(self) -> Option<String> {
        let began_after = self.began_after.get_value();
        let me = self.screen.my_id();
        let message =
            self.screen.thread.with_untracked(|thread| thread.as_ref()?.colleague_since(began_after, me))?;
        let who = message.author.name.clone().unwrap_or_else(|| "A colleague".into());
        let seconds = (self.screen.clock.exactly() - message.at) / domain::SECOND;
        Some(text::colleague_answered(&who, seconds))
    }

    fn dispatch(self, text: String, then: Option<Then>) {
        let unsure = self.unsure.get_value().filter(|(_, words)| *words == text);
        let id = unsure.map_or_else(browser::new_message_id, |(id, _)| id);
        // The draft stays in the browser until the server has the message.
        self.text.set(String::new());
        self.screen.drafts.update(|drafts| {
            drafts.remove(&self.id);
        });
        self.post(id, text, then, true);
    }

    fn post(self, id: MessageId, text: String, then: Option<Then>, from_field: bool) {
        let Some(reply) = self.reply(id, &text, then) else { return };
        let echo = self.echo(id, &text);
        self.screen.with_thread(self.id, |thread| thread.echo(echo));
        spawn_local(async move {
            match api::send_reply(self.id, reply).await {
                Ok(message) => self.sent(&message, from_field),
                Err(failure) => self.not_sent(id, text, failure, from_field),
            }
        });
    }

    fn reply(self, id: MessageId, text: &str, then: Option<Then>) -> Option<Reply> {
        let owner = self.screen.conversation()?.control.owner;
        let seen = Some(Seen { owner, last_message_id: self.last_seen() });
        Some(Reply { id, text: text.to_owned(), seen, then })
    }

    fn echo(self, id: MessageId, text: &str) -> Message {
        let me = self.screen.me.get_value().person;
        Message {
            id,
            mid: None,
            conversation_id: self.id,
            at: self.screen.clock.exactly(),
            direction: Direction::Out,
            author: Author { kind: AuthorKind::Agent, id: Some(me.id.to_string()), name: Some(me.name) },
            text: Some(text.to_owned()),
            attachments: Vec::new(),
            origin: Origin::Inbox,
            delivery: Delivery { state: DeliveryState::Sending, error: None },
            tapped: None,
            reply_to: None,
            edited: false,
            deleted: false,
            late: false,
            reaction: None,
        }
    }

    fn sent(self, message: &Message, from_field: bool) {
        self.screen.with_thread(self.id, |thread| thread.confirm(message));
        if self.is_open() {
            self.screen.interrupting.set(false);
        }
        self.unsure.try_set_value(None);
        let empty = self.text.try_with_untracked(String::is_empty).unwrap_or(true);
        if from_field && empty && self.screen.drafts.with_untracked(|drafts| !drafts.contains_key(&self.id)) {
            self.screen.keep_draft(self.id, "");
        }
    }

    /// Nothing typed is lost: the words go back into the field, before what was typed since.
    fn not_sent(self, id: MessageId, text: String, failure: Failure, from_field: bool) {
        self.screen.with_thread(self.id, |thread| thread.withdraw(id));
        if matches!(failure, Failure::Unreachable | Failure::Internal) {
            self.unsure.try_set_value(Some((id, text.clone())));
        }
        if matches!(failure, Failure::Stale { .. }) {
            self.began_after.try_set_value(self.last_seen());
        }
        if from_field {
            self.put_back(text);
        }
        self.screen.refused(failure, self.is_open());
    }

    fn put_back(self, text: String) {
        let since = self.text.try_get_untracked();
        let text = match since.as_deref() {
            Some(since) if !since.is_empty() => format!("{text}\n{since}"),
            Some(_) | None => text,
        };
        self.screen.keep_draft(self.id, &text);
        self.text.try_set(text);
    }

    fn is_open(self) -> bool {
        self.screen.place.conversation.try_get_untracked() == Some(Some(self.id))
    }

    fn last_seen(self) -> Option<MessageId> {
        self.screen.thread.with_untracked(|thread| thread.as_ref()?.last_seen())
    }
}
