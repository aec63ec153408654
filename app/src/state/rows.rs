//! The rows of the list in their order, each found at once: a list may be very long.

use domain::view::Conversation;
use domain::{ConversationId, Timestamp};
use std::collections::HashMap;
use std::ops::Deref;
use std::sync::Arc;

/// Where a row stands; the greatest place is the first.
pub type Place = (Timestamp, ConversationId);

/// The place of a conversation.
pub fn place(conversation: &Conversation) -> Place {
    (conversation.updated_at, conversation.id)
}

/// Conversations, the newest first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rows {
    sorted: Vec<Arc<Conversation>>,
    times: HashMap<ConversationId, Timestamp>,
}

impl Rows {
    /// Where a conversation stands, from 0.
    pub fn index(&self, id: ConversationId) -> Option<usize> {
        let place = (*self.times.get(&id)?, id);
        let index = self.newer_than(place);
        self.sorted.get(index).is_some_and(|row| row.id == id).then_some(index)
    }

    /// How many rows stand above a place.
    pub fn newer_than(&self, other: Place) -> usize {
        self.sorted.partition_point(|row| place(row) > other)
    }

    /// One row.
    pub fn find(&self, id: ConversationId) -> Option<&Arc<Conversation>> {
        self.index(id).and_then(|index| self.sorted.get(index))
    }

    /// Puts a conversation where it belongs, and takes it from where it stood.
    pub fn put(&mut self, conversation: Arc<Conversation>) {
        self.remove(conversation.id);
        let index = self.newer_than(place(&conversation));
        self.times.insert(conversation.id, conversation.updated_at);
        self.sorted.insert(index, conversation);
    }

    /// Takes a conversation away, if it is there.
    pub fn remove(&mut self, id: ConversationId) {
        if let Some(index) = self.index(id) {
            self.sorted.remove(index);
            self.times.remove(&id);
        }
    }

    /// Changes rows where they stand; what decides where that is must stay as it is.
    pub fn change(&mut self, change: impl FnMut(&mut Arc<Conversation>)) {
        self.sorted.iter_mut().for_each(change);
    }

    /// Takes all rows away.
    pub fn clear(&mut self) {
        self.sorted.clear();
        self.times.clear();
    }
}

impl Deref for Rows {
    type Target = [Arc<Conversation>];
    fn deref(&self) -> &Self::Target {
        &self.sorted
    }
}

impl FromIterator<Conversation> for Rows {
    fn from_iter<I: IntoIterator<Item = Conversation>>(conversations: I) -> Self {
        let mut rows = Self::default();
        conversations.into_iter().for_each(|conversation| rows.put(Arc::new(conversation)));
        rows
    }
}
