//! The open conversation.

use super::names;
use domain::apps::KnownApp;
use domain::conversation::control::OwnerKind;
use domain::conversation::message::{AuthorKind, DeliveryState, Direction};
use domain::live::{Change, Numbered};
use domain::view::{Activity, ControlChange, ControlView, Conversation, Listing, Message, Thread};
use domain::writing::Note;
use domain::{AppId, ConversationId, MessageId, NoteId, PersonId, Timestamp};
use std::collections::BTreeSet;
use std::sync::Arc;

/// A conversation with its messages and its control timeline.
#[derive(Clone, Debug, PartialEq)]
pub struct ThreadState {
    pub conversation: Arc<Conversation>,
    /// Oldest first.
    pub messages: Vec<Arc<Message>>,
    /// Written here and not confirmed by the server yet.
    pub pending: BTreeSet<MessageId>,
    /// Asks for the messages before these.
    pub earlier: Option<String>,
    /// Newest first.
    pub control: Vec<ControlChange>,
    /// What else happened, newest first.
    pub activity: Vec<Activity>,
    /// The first message the reader had not seen when the conversation was opened.
    pub first_unseen: Option<MessageId>,
    /// When its newest message was written as the reader went to another conversation.
    left: Option<Timestamp>,
    /// Oldest first.
    pub notes: Vec<Arc<Note>>,
    /// The number of the last change it contains.
    pub as_of: i64,
    /// The server's clock when it was loaded.
    pub loaded_at: Timestamp,
}

/// What a change did to the open conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heard {
    /// Nothing: old news, or about another conversation.
    Nothing,
    Changed,
    /// The past was rewritten; load the conversation again.
    Reload,
    /// It has left the reader's sight.
    Hidden,
}

impl ThreadState {
    /// The conversation as it was just loaded.
    pub fn fresh(thread: Thread) -> Self {
        let mut state = Self {
            conversation: Arc::new(thread.conversation),
            messages: thread.messages.into_iter().map(Arc::new).collect(),
            pending: BTreeSet::new(),
            earlier: thread.earlier,
            control: thread.control,
            activity: thread.activity,
            first_unseen: None,
            left: None,
            notes: thread.notes.into_iter().map(Arc::new).collect(),
            as_of: thread.as_of,
            loaded_at: thread.now,
        };
        state.messages.sort_by_key(|message| place(message));
        state.control.sort_by(|a, b| (b.at, &b.key).cmp(&(a.at, &a.key)));
        state.activity.sort_by_key(|activity| std::cmp::Reverse((activity.at, activity.id)));
        state.first_unseen = thread.seen.and_then(|seen| state.first_after(seen));
        state
    }

    fn first_after(&self, seen: Timestamp) -> Option<MessageId> {
        let unseen = |message: &&Arc<Message>| message.at > seen && message.direction == Direction::In;
        self.messages.iter().find(unseen).map(|message| message.id)
    }

    /// The reader goes to another conversation; this one is kept up to date meanwhile.
    pub fn leave(&mut self) {
        self.left = Some(self.messages.last().map_or(Timestamp::default(), |message| message.at));
    }

    /// The reader is back: what customers wrote meanwhile has not been seen.
    pub fn come_back(&mut self) {
        self.first_unseen = self.left.take().and_then(|left| self.first_after(left));
    }

    /// Which conversation it is.
    pub fn id(&self) -> ConversationId {
        self.conversation.id
    }

    /// Folds one change in.
    pub fn apply(&mut self, numbered: &Numbered) -> Heard {
        if numbered.n <= self.as_of {
            return Heard::Nothing;
        }
        self.as_of = numbered.n;
        match &numbered.change {
            Change::Conversation { conversation, .. } if conversation.id == self.id() => {
                self.put_conversation(conversation);
                Heard::Changed
            }
            Change::Message { message } if message.conversation_id == self.id() => {
                self.put(message);
                Heard::Changed
            }
            Change::Control { conversation_id, rewritten: true, .. } if *conversation_id == self.id() => {
                Heard::Reload
            }
            Change::Control { conversation_id, change, .. } if *conversation_id == self.id() => {
                self.put_control(change);
                Heard::Changed
            }
            Change::Activity { conversation_id, activity } if *conversation_id == self.id() => {
                self.put_activity(activity);
                Heard::Changed
            }
            Change::ConversationHidden { conversation_id, .. } if *conversation_id == self.id() => {
                Heard::Hidden
            }
            Change::App { app } => self.rename(app),
            Change::Note { note } if note.conversation_id == self.id() => {
                self.put_note(note);
                Heard::Changed
            }
            Change::NoteDeleted { conversation_id, note_id } if *conversation_id == self.id() => {
                self.withdraw_note(*note_id);
                Heard::Changed
            }
            Change::Conversation { .. }
            | Change::Activity { .. }
            | Change::ConversationHidden { .. }
            | Change::Message { .. }
            | Change::Control { .. }
            | Change::Note { .. }
            | Change::NoteDeleted { .. }
            | Change::Draft { .. }
            | Change::Page { .. }
            | Change::Run { .. }
            | Change::Workflows
            | Change::Contact { .. }
            | Change::Team => Heard::Nothing,
        }
    }

    /// Shows the conversation as it is now, unless something newer is shown.
    pub fn put_conversation(&mut self, conversation: &Conversation) {
        if self.conversation.version <= conversation.version {
            self.conversation = Arc::new(conversation.clone());
        }
    }

    /// The bots that have had the thread, with their names; the last first.
    pub fn bots(&self) -> Vec<(AppId, String)> {
        let mut bots: Vec<(AppId, String)> = Vec::new();
        for change in self.control.iter().filter(|change| change.owner == OwnerKind::Bot) {
            let (Some(app), Some(name)) = (&change.app_id, &change.app_name) else { continue };
            if bots.iter().all(|(known, _)| known != app) {
                bots.push((app.clone(), name.clone()));
            }
        }
        bots
    }

    /// Shows who has control, as an action just answered.
    pub fn put_answer(&mut self, control: ControlView) {
        if self.conversation.control.proved_at <= control.proved_at {
            Arc::make_mut(&mut self.conversation).control = control;
        }
    }

    /// Shows a message the server knows, in its place. How far it has come never goes back.
    pub fn put(&mut self, message: &Message) {
        self.pending.remove(&message.id);
        let mut message = message.clone();
        if let Some(index) = self.messages.iter().position(|shown| shown.id == message.id) {
            let shown = self.messages.remove(index);
            let (was, is) = (shown.delivery.state, message.delivery.state);
            if was != is && !was.may_become(is) {
                message.delivery = shown.delivery.clone();
            }
        }
        self.insert(message);
    }

    /// Shows a note in its place.
    pub fn put_note(&mut self, note: &Note) {
        self.notes.retain(|shown| shown.id != note.id);
        let index = self.notes.partition_point(|shown| (shown.at, shown.id) < (note.at, note.id));
        self.notes.insert(index, Arc::new(note.clone()));
    }

    /// Shows a note no longer: it was deleted, or the server did not accept it.
    pub fn withdraw_note(&mut self, id: NoteId) {
        self.notes.retain(|shown| shown.id != id);
    }

    /// Shows a message as the server answered when it took it in. What the live log has told since is newer.
    pub fn confirm(&mut self, message: &Message) {
        let told = self.messages.iter().any(|shown| shown.id == message.id);
        if self.pending.contains(&message.id) || !told {
            self.put(message);
        }
    }

    /// Draws a message of ours before the server has heard of it.
    pub fn echo(&mut self, message: Message) {
        self.pending.insert(message.id);
        self.messages.retain(|shown| shown.id != message.id);
        self.insert(message);
    }

    /// What was written here and neither the server's answer nor a newer load knows.
    pub fn unconfirmed(&self, newer: &Self) -> Vec<Message> {
        let unknown = |message: &&Arc<Message>| {
            self.pending.contains(&message.id) && !newer.messages.iter().any(|known| known.id == message.id)
        };
        self.messages.iter().filter(unknown).map(|message| Message::clone(message)).collect()
    }

    /// Takes back a message the server did not accept.
    pub fn withdraw(&mut self, id: MessageId) {
        if self.pending.remove(&id) {
            self.messages.retain(|message| message.id != id);
        }
    }

    /// Adds older messages.
    pub fn prepend(&mut self, page: Listing<Message>) {
        self.earlier = page.next_cursor;
        for message in page.items {
            if !self.messages.iter().any(|shown| shown.id == message.id) {
                self.insert(message);
            }
        }
    }

    /// The newest message the server knows, as the writer saw it.
    pub fn last_seen(&self) -> Option<MessageId> {
        self.messages
            .iter()
            .rev()
            .find(|message| !self.pending.contains(&message.id))
            .map(|message| message.id)
    }

    /// The newest message that a colleague wrote after the one the writer had seen.
    pub fn colleague_since(&self, seen: Option<MessageId>, me: PersonId) -> Option<Arc<Message>> {
        let me = me.to_string();
        let start = match seen {
            Some(seen) => self.messages.iter().position(|message| message.id == seen)? + 1,
            None => 0,
        };
        let later = self.messages.get(start..)?;
        let by_colleague = |message: &&Arc<Message>| {
            message.author.kind == AuthorKind::Agent && message.author.id.as_deref() != Some(&*me)
        };
        later.iter().rev().find(by_colleague).cloned()
    }

    /// The newest message a colleague wrote.
    pub fn newest_of_a_colleague(&self, me: PersonId) -> Option<Arc<Message>> {
        self.colleague_since(None, me)
    }

    /// Whether a message of ours is not known to have arrived.
    pub fn is_doubtful(&self) -> bool {
        self.messages.iter().any(|message| message.delivery.state == DeliveryState::Unknown)
    }

    /// Shows an app under its name of today, wherever its name stands.
    fn rename(&mut self, app: &KnownApp) -> Heard {
        if names::is_named_in(app, &self.conversation) {
            names::rename(app, Arc::make_mut(&mut self.conversation));
        }
        for message in &mut self.messages {
            if names::is_by(app, &message.author) {
                Arc::make_mut(message).author.name = Some(app.name.clone());
            }
        }
        for change in self.control.iter_mut().filter(|change| change.app_id.as_ref() == Some(&app.app)) {
            change.app_name = Some(app.name.clone());
        }
        Heard::Changed
    }

    fn insert(&mut self, message: Message) {
        let index = self.messages.partition_point(|shown| place(shown) < place(&message));
        self.messages.insert(index, Arc::new(message));
    }

    fn put_activity(&mut self, activity: &Activity) {
        self.activity.retain(|shown| shown.id != activity.id);
        let place = (activity.at, activity.id);
        let index = self.activity.partition_point(|shown| (shown.at, shown.id) > place);
        self.activity.insert(index, activity.clone());
    }

    fn put_control(&mut self, change: &ControlChange) {
        self.control.retain(|shown| shown.key != change.key);
        let index = self.control.partition_point(|shown| (shown.at, &shown.key) > (change.at, &change.key));
        self.control.insert(index, change.clone());
    }
}

/// Messages are ordered by this.
fn place(message: &Message) -> (Timestamp, MessageId) {
    (message.at, message.id)
}

#[cfg(test)]
mod tests;
