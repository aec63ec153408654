//! The last things that happened between Meta and the apps, for the event stream on the simulator's page.

use domain::Timestamp;
use serde::Serialize;
use serde_json::Value;
use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

/// How many entries are kept.
const KEPT: usize = 500;

/// One line of the event stream.
#[derive(Clone, Debug, Serialize)]
pub struct Entry {
    /// Counts from 1 without gaps; a reader asks for what came after the last number it saw.
    pub number: u64,
    pub at: Timestamp,
    pub kind: Kind,
    /// What it was, in a few words.
    pub title: String,
    /// The app it went to or came from.
    pub app: String,
    /// The HTTP status, when there was one.
    pub status: Option<u16>,
    pub body: Value,
}

/// What sort of thing happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Meta told an app something.
    Webhook,
    /// An app called the Graph API.
    Graph,
    /// Somebody asked the language model's double.
    Model,
    /// Something moved without a call: control ran out, a bot gave up.
    Note,
}

/// Keeps the newest entries and numbers them.
#[derive(Default)]
pub struct Journal(Mutex<Pages>);

#[derive(Default)]
struct Pages {
    count: u64,
    entries: VecDeque<Entry>,
}

impl Journal {
    /// Writes one line; its number is set here.
    pub fn note(&self, mut entry: Entry) {
        let mut pages = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        pages.count += 1;
        entry.number = pages.count;
        pages.entries.push_back(entry);
        if pages.entries.len() > KEPT {
            pages.entries.pop_front();
        }
    }

    /// The entries after a number, oldest first.
    pub fn after(&self, number: u64) -> Vec<Entry> {
        let pages = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        pages.entries.iter().filter(|entry| entry.number > number).cloned().collect()
    }
}
