//! Answers leave this browser one after the other in each conversation. What does not get through waits here, also
//! across a reload, and leaves by itself when there is a line again: once, because its id stays the same.

use super::screen::Screen;
use crate::api::{self, Failure};
use crate::browser;
use crate::state::{Link, Outgoing, Waiting};
use crate::text;
use domain::conversation::control::OwnerKind;
use domain::conversation::file::{self, Upload};
use domain::conversation::message::{
    Attachment, Author, AuthorKind, Delivery, DeliveryState, Direction, Origin,
};
use domain::view::Message;
use domain::wire;
use domain::{ConversationId, MessageId, Timestamp};
use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;
use std::time::Duration;

/// How long to wait before an answer that did not get through is tried again.
const AGAIN: Duration = Duration::from_millis(3_000);

/// How often the customer is shown that somebody types, in milliseconds; Messenger shows it for 20 s.
const TYPING: i64 = 10_000;

impl Screen {
    /// Fetches the part that writes when this browser keeps something of an earlier visit.
    pub fn look_for_writing(self) {
        let is_kept = |name: &str| browser::recall(name).is_some_and(|kept| !kept.is_empty());
        if is_kept(&self.waiting_name()) || !browser::kept(&self.drafts_prefix()).is_empty() {
            self.prepare();
        }
    }

    /// Takes up what an earlier visit left, and keeps what is typed from being lost with this one.
    pub fn resume_writing(self) {
        self.find_drafts();
        self.find_waiting();
        if let Some(note) = browser::fragment().strip_prefix("note-").and_then(|id| id.parse().ok()) {
            super::bell::reveal(note);
        }
        Effect::watch(
            move || self.link.get(),
            move |link, before, _| {
                if *link == Link::Connected && before.is_some_and(|before| *before != Link::Connected) {
                    self.load_drafts();
                    self.depart();
                }
            },
            false,
        );
        Effect::watch(
            move || self.ended.get(),
            move |ended, before, _| {
                if !ended && before.is_some() {
                    self.load_drafts();
                    self.depart();
                }
            },
            false,
        );
        let hidden = window_event_listener(ev::visibilitychange, move |_| {
            if browser::is_visible() {
                self.load_drafts();
                self.load_notifications();
            } else {
                self.hand_over_drafts();
            }
        });
        let gone = window_event_listener(ev::pagehide, move |_| self.hand_over_drafts());
        on_cleanup(move || {
            hidden.remove();
            gone.remove();
            self.hand_over_drafts();
        });
    }

    /// Shows the customer that somebody types, every few seconds, where we have control.
    pub fn show_typing(self, id: ConversationId) {
        let now = self.clock.exactly();
        let lately = self.typed_at.get_value().is_some_and(|(of, at)| of == id && now - at < TYPING);
        let ours = self.conversation().is_some_and(|open| open.control.owner == OwnerKind::Ours);
        if lately || !ours || self.link.get_untracked() != Link::Connected {
            return;
        }
        self.typed_at.set_value(Some((id, now)));
        // A courtesy: nobody is told when it fails.
        spawn_local(async move { drop(api::typing(id).await) });
    }

    fn waiting_name(self) -> String {
        format!("baton.waiting.{}", self.my_id())
    }

    fn find_waiting(self) {
        let kept = browser::recall(&self.waiting_name());
        let kept: Vec<Outgoing> = kept.and_then(|kept| wire::read(kept.as_bytes()).ok()).unwrap_or_default();
        let (waiting, late) = Waiting::found(kept, self.clock.exactly());
        self.waiting.set(waiting);
        for outgoing in late {
            self.put_back(&outgoing);
            self.toasts.say(text::written_long_ago());
        }
        self.keep_waiting();
        if let Some(open) = self.place.conversation.get_untracked() {
            self.draw_waiting(open);
        }
        self.depart();
    }

    fn keep_waiting(self) {
        let kept = self.waiting.with_untracked(|waiting| match waiting.is_empty() {
            true => String::new(),
            false => serde_json::to_string(waiting.to_keep()).unwrap_or_default(),
        });
        browser::keep(&self.waiting_name(), &kept);
    }

    /// Draws what waits into a conversation that was just shown.
    pub fn draw_waiting(self, id: ConversationId) {
        let waiting: Vec<Outgoing> = self.waiting.with_untracked(|waiting| waiting.of(id).cloned().collect());
        for outgoing in waiting {
            self.draw(&outgoing);
        }
    }

    /// Draws an answer before the server has heard of it.
    fn draw(self, outgoing: &Outgoing) {
        let echoes = self.echoes(outgoing);
        self.with_thread(outgoing.conversation, |thread| {
            for echo in echoes {
                if thread.messages.iter().all(|shown| shown.id != echo.id) {
                    thread.echo(echo);
                }
            }
        });
    }

    /// Sends an answer as soon as it is its turn.
    pub fn send_out(self, outgoing: Outgoing) {
        self.draw(&outgoing);
        self.waiting.update(|waiting| waiting.push(outgoing));
        self.keep_waiting();
        self.depart();
    }

    /// Lets everything leave that may.
    pub fn depart(self) {
        let leaving = self.waiting.try_update(Waiting::depart).unwrap_or_default();
        for outgoing in leaving {
            spawn_local(async move {
                let answer = api::send_reply(outgoing.conversation, outgoing.reply.clone()).await;
                if self.waiting.try_with_untracked(|_| ()).is_some() {
                    self.answered(&outgoing, answer);
                }
            });
        }
    }

    fn answered(self, outgoing: &Outgoing, answer: Result<Message, Failure>) {
        let id = outgoing.reply.id;
        let failure = match answer {
            Ok(message) => {
                self.settle(id);
                self.with_thread(outgoing.conversation, |thread| thread.confirm(&message));
                if self.is_open(outgoing.conversation) {
                    self.interrupting.set(false);
                }
                return self.depart();
            }
            Err(failure) => failure,
        };
        match failure {
            // Nobody knows whether it arrived: it waits, and leaves again under the same id.
            Failure::Unreachable => {
                self.waiting.update(|waiting| waiting.returned(id));
                set_timeout(move || self.try_again(), AGAIN);
            }
            Failure::SignedOut => {
                self.waiting.update(|waiting| waiting.returned(id));
                self.ended.set(true);
            }
            failure => {
                self.settle(id);
                self.withdraw(outgoing);
                self.put_back(outgoing);
                self.refused(failure, self.is_open(outgoing.conversation));
                self.depart();
            }
        }
    }

    fn try_again(self) {
        if self.link.try_get_untracked() == Some(Link::Connected) {
            self.depart();
        }
    }

    fn settle(self, id: MessageId) {
        self.waiting.update(|waiting| {
            waiting.settle(id);
        });
        self.keep_waiting();
    }

    fn withdraw(self, outgoing: &Outgoing) {
        let ids: Vec<MessageId> = self.echoes(outgoing).iter().map(|echo| echo.id).collect();
        self.with_thread(outgoing.conversation, |thread| {
            ids.into_iter().for_each(|id| thread.withdraw(id));
        });
    }

    /// Nothing typed is lost: it goes back onto the sheet, before what was typed since.
    fn put_back(self, outgoing: &Outgoing) {
        if !outgoing.typed {
            return;
        }
        if let Some(quoted) = outgoing.reply.reply_to.and_then(|id| self.shown(outgoing.conversation, id)) {
            self.quoted.update(|all| {
                all.entry(outgoing.conversation).or_insert(quoted);
            });
        }
        self.write(outgoing.conversation, |sheet| {
            let text = outgoing.reply.text.as_str();
            sheet.reply = match (text.is_empty(), sheet.reply.trim().is_empty()) {
                (true, _) => std::mem::take(&mut sheet.reply),
                (false, true) => text.to_owned(),
                (false, false) => format!("{text}\n{}", sheet.reply),
            };
            let back =
                outgoing.files.iter().filter(|file| sheet.files.iter().all(|there| there.id != file.id));
            let mut files: Vec<Upload> = back.cloned().collect();
            files.append(&mut sheet.files);
            sheet.files = files;
        });
    }

    /// A message of the thread on screen.
    fn shown(self, conversation: ConversationId, id: MessageId) -> Option<Arc<Message>> {
        self.thread.try_with_untracked(|thread| {
            let thread = thread.as_ref().filter(|thread| thread.id() == conversation)?;
            thread.messages.iter().find(|message| message.id == id).map(Arc::clone)
        })?
    }

    fn is_open(self, id: ConversationId) -> bool {
        self.place.conversation.try_get_untracked() == Some(Some(id))
    }

    /// How an answer looks before the server has heard of it: one message for the text, one for each file.
    fn echoes(self, outgoing: &Outgoing) -> Vec<Message> {
        let mut echoes: Vec<Message> = Vec::new();
        if !outgoing.reply.text.trim().is_empty() {
            let text = Some(outgoing.reply.text.clone());
            echoes.push(self.echo(outgoing, outgoing.reply.id, outgoing.written_at, text, Vec::new()));
        }
        for (enclosed, file) in outgoing.reply.files.iter().zip(&outgoing.files) {
            let at = outgoing.written_at + i64::try_from(echoes.len()).unwrap_or_default();
            echoes.push(self.echo(outgoing, enclosed.id, at, None, vec![file::attachment(file)]));
        }
        if let (Some(first), Some(quoted)) = (echoes.first_mut(), outgoing.reply.reply_to) {
            first.reply_to = self.shown(outgoing.conversation, quoted).and_then(|quoted| quoted.mid.clone());
        }
        echoes
    }

    fn echo(
        self,
        outgoing: &Outgoing,
        id: MessageId,
        at: Timestamp,
        text: Option<String>,
        attachments: Vec<Attachment>,
    ) -> Message {
        let me = self.me.get_value().person;
        Message {
            id,
            mid: None,
            conversation_id: outgoing.conversation,
            at,
            direction: Direction::Out,
            author: Author { kind: AuthorKind::Agent, id: Some(me.id.to_string()), name: Some(me.name) },
            text,
            attachments,
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
}
