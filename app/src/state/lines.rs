//! The thread as lines: days, messages, and who had control in between.

use super::ThreadState;
use crate::calendar::Zone;
use domain::conversation::message::Author;
use domain::view::{ControlChange, Message};
use domain::{MINUTE, MessageId, Timestamp};
use std::collections::HashMap;
use std::sync::Arc;

/// Messages of one author stand together unless this much time lies between them.
const TOGETHER: i64 = 5 * MINUTE;

/// What makes a line the same line.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum LineKey {
    /// Days since 1970 where the reader lives.
    Day(i64),
    Message(MessageId),
    Control(String),
}

/// One line of the log.
#[derive(Clone, Debug, PartialEq)]
pub enum Line {
    Day(Timestamp),
    /// `first` and `last` of a group of one author.
    Message {
        message: Arc<Message>,
        first: bool,
        last: bool,
        pending: bool,
    },
    Control(ControlChange),
}

/// All lines, by key and in order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lines {
    pub order: Vec<LineKey>,
    pub by_key: HashMap<LineKey, Line>,
}

impl Lines {
    /// One line.
    pub fn get(&self, key: &LineKey) -> Option<&Line> {
        self.by_key.get(key)
    }

    fn push(&mut self, key: LineKey, line: Line) {
        self.order.push(key.clone());
        self.by_key.insert(key, line);
    }
}

/// Lays the thread out. Without a zone (on the server, and until the browser has told) there are no days.
pub fn lines(thread: &ThreadState, zone: Option<Zone>) -> Lines {
    let mut lines = Lines::default();
    let entries = entries(thread);
    let mut day = None;
    for (index, entry) in entries.iter().enumerate() {
        let today = zone.map(|zone| zone.read(entry.at()).day);
        if let Some(today) = today.filter(|today| day != Some(*today)) {
            lines.push(LineKey::Day(today), Line::Day(entry.at()));
        }
        let new_day = day != today;
        day = today;
        match entry {
            Entry::Control(change) => {
                lines.push(LineKey::Control(change.key.clone()), Line::Control((*change).clone()));
            }
            Entry::Message(message) => {
                let before = index.checked_sub(1).and_then(|index| entries.get(index));
                let after = entries.get(index + 1);
                let ends_day = after.is_some_and(|after| zone.map(|zone| zone.read(after.at()).day) != today);
                let line = Line::Message {
                    message: Arc::clone(message),
                    first: new_day || !before.is_some_and(|before| before.stands_with(message)),
                    last: ends_day || !after.is_some_and(|after| after.stands_with(message)),
                    pending: thread.pending.contains(&message.id),
                };
                lines.push(LineKey::Message(message.id), line);
            }
        }
    }
    lines
}

/// Messages and changes of owner in one order. A change stands before the messages of its moment; changes older than
/// the oldest loaded message wait until their surroundings are loaded.
fn entries(thread: &ThreadState) -> Vec<Entry<'_>> {
    let begin =
        if thread.earlier.is_some() { thread.messages.first().map(|message| message.at) } else { None };
    let shown = thread.control.iter().filter(|change| begin.is_none_or(|begin| change.at >= begin));
    let mut entries: Vec<Entry<'_>> = shown.rev().map(Entry::Control).collect();
    entries.extend(thread.messages.iter().map(Entry::Message));
    entries.sort_by_key(Entry::at);
    entries
}

enum Entry<'a> {
    Control(&'a ControlChange),
    Message(&'a Arc<Message>),
}

impl Entry<'_> {
    fn at(&self) -> Timestamp {
        match self {
            Self::Control(change) => change.at,
            Self::Message(message) => message.at,
        }
    }

    fn stands_with(&self, other: &Message) -> bool {
        match self {
            Self::Control(_) => false,
            Self::Message(message) => {
                same_author(&message.author, &other.author) && (message.at - other.at).abs() < TOGETHER
            }
        }
    }
}

fn same_author(a: &Author, b: &Author) -> bool {
    a.kind == b.kind && a.id == b.id
}

#[cfg(test)]
mod tests;
