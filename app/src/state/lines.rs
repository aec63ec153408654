//! The thread as lines: days, messages, notes, and what happened in between.

use super::{ShownEvents, ThreadState};
use crate::calendar::Zone;
use domain::conversation::content::Piece;
use domain::conversation::message::{Author, Direction};
use domain::view::{Activity, ControlChange, Message};
use domain::writing::Note;
use domain::{MINUTE, MessageId, Mid, NoteId, Timestamp};
use std::collections::HashMap;
use std::sync::Arc;

/// Messages of one author stand together unless this much time lies between them.
const TOGETHER: i64 = 5 * MINUTE;
/// How many messages back a tapped button is looked for.
const REACH: usize = 40;

/// What makes a line the same line.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum LineKey {
    /// Days since 1970 where the reader lives.
    Day(i64),
    Message(MessageId),
    /// The first of the events that stand together.
    Events(String),
    /// Where what the reader had not seen begins.
    Unseen,
    Note(NoteId),
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
        /// The message it answers, when that is loaded.
        quoted: Option<Arc<Message>>,
        /// The title of the button of this message that the customer tapped.
        tapped: Option<String>,
    },
    /// What happened between two messages, oldest first.
    Events(Vec<Event>),
    Unseen,
    /// What the team wrote beside it.
    Note(Arc<Note>),
}

/// Something that happened besides messages.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    Control(ControlChange),
    Activity(Activity),
}

impl Event {
    /// Names it within its thread.
    pub fn key(&self) -> String {
        match self {
            Self::Control(change) => change.key.clone(),
            Self::Activity(activity) => activity.id.to_string(),
        }
    }

    /// When it happened.
    pub fn at(&self) -> Timestamp {
        match self {
            Self::Control(change) => change.at,
            Self::Activity(activity) => activity.at,
        }
    }
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

    /// Adds an event to those it follows directly.
    fn push_event(&mut self, event: Event) {
        if let Some(last) = self.order.last()
            && let Some(Line::Events(events)) = self.by_key.get_mut(last)
        {
            events.push(event);
            return;
        }
        self.push(LineKey::Events(event.key()), Line::Events(vec![event]));
    }
}

/// Lays the thread out, with what the reader wants to see of what happened besides messages. Without a zone (on the server, and until the
/// browser has told) there are no days.
pub fn lines(thread: &ThreadState, zone: Option<Zone>, shown: &ShownEvents) -> Lines {
    let mut lines = Lines::default();
    let entries = entries(thread, shown);
    let (quotes, taps) = (by_mid(thread), taps(thread));
    let mut day = None;
    for (index, entry) in entries.iter().enumerate() {
        let today = zone.map(|zone| zone.read(entry.at()).day);
        if let Some(today) = today.filter(|today| day != Some(*today)) {
            lines.push(LineKey::Day(today), Line::Day(entry.at()));
        }
        let new_day = day != today;
        day = today;
        match entry {
            Entry::Event(event) => lines.push_event(event.clone()),
            Entry::Note(note) => lines.push(LineKey::Note(note.id), Line::Note(Arc::clone(note))),
            Entry::Message(message) => {
                let begins = thread.first_unseen == Some(message.id);
                if begins {
                    lines.push(LineKey::Unseen, Line::Unseen);
                }
                let before = index.checked_sub(1).and_then(|index| entries.get(index));
                let after = entries.get(index + 1);
                let ends_day = after.is_some_and(|after| zone.map(|zone| zone.read(after.at()).day) != today);
                let line = Line::Message {
                    message: Arc::clone(message),
                    first: new_day || begins || !before.is_some_and(|before| before.stands_with(message)),
                    last: ends_day || !after.is_some_and(|after| after.stands_with(message)),
                    pending: thread.pending.contains(&message.id),
                    quoted: message
                        .reply_to
                        .as_ref()
                        .and_then(|mid| quotes.get(mid))
                        .map(|quoted| Arc::clone(quoted)),
                    tapped: taps.get(&message.id).cloned(),
                };
                lines.push(LineKey::Message(message.id), line);
            }
        }
    }
    lines
}

fn by_mid(thread: &ThreadState) -> HashMap<&Mid, &Arc<Message>> {
    thread.messages.iter().filter_map(|message| Some((message.mid.as_ref()?, message))).collect()
}

/// Which button of which message the customer tapped: the newest one before with that title.
fn taps(thread: &ThreadState) -> HashMap<MessageId, String> {
    let mut taps = HashMap::new();
    for (index, message) in thread.messages.iter().enumerate() {
        let Some(title) = message.tapped.as_ref() else { continue };
        let before = thread.messages[..index].iter().rev().take(REACH);
        let offered = before.filter(|message| message.direction == Direction::Out).find(|message| {
            message.attachments.iter().any(|one| Piece::of(one).offers().contains(&title.as_str()))
        });
        if let Some(offered) = offered {
            taps.insert(offered.id, title.clone());
        }
    }
    taps
}

/// Messages and events in one order. An event stands before the messages of its moment; events older than the oldest
/// loaded message wait until their surroundings are loaded.
fn entries<'a>(thread: &'a ThreadState, shown: &ShownEvents) -> Vec<Entry<'a>> {
    let begin =
        if thread.earlier.is_some() { thread.messages.first().map(|message| message.at) } else { None };
    let control = thread.control.iter().rev().cloned().map(Event::Control);
    let activity = thread.activity.iter().rev().cloned().map(Event::Activity);
    let is_loaded = |event: &Event| begin.is_none_or(|begin| event.at() >= begin);
    let events = control.chain(activity).filter(|event| shown.shows(event.kind()) && is_loaded(event));
    let mut entries: Vec<Entry<'_>> = events.map(Entry::Event).collect();
    entries.extend(thread.messages.iter().map(Entry::Message));
    let notes = thread.notes.iter().filter(|note| begin.is_none_or(|begin| note.at >= begin));
    entries.extend(notes.map(Entry::Note));
    entries.sort_by_key(Entry::at);
    entries
}

enum Entry<'a> {
    Event(Event),
    Message(&'a Arc<Message>),
    Note(&'a Arc<Note>),
}

impl Entry<'_> {
    fn at(&self) -> Timestamp {
        match self {
            Self::Event(event) => event.at(),
            Self::Message(message) => message.at,
            Self::Note(note) => note.at,
        }
    }

    fn stands_with(&self, other: &Message) -> bool {
        match self {
            Self::Event(_) | Self::Note(_) => false,
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
