//! The way back and forth. An entry is the graph before it; graphs share what they can.

use super::{BuilderState, Spot};
use domain::workflow::check::At;
use domain::workflow::graph::Graph;
use std::sync::Arc;

/// The most entries that are kept.
const MOST: usize = 200;

/// What was done, as the buttons for undo and redo name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    Add,
    Paste,
    Duplicate,
    Move,
    Delete,
    Connect,
    /// A field of a form was changed.
    Change(At, &'static str),
    ChooseTrigger,
    RemoveWay,
    RaiseWay,
    /// What was built on an earlier visit came back.
    Restore,
    /// Somebody else's newer save came in.
    Newer,
    /// One's own graph came back over a newer save.
    Mine,
    Discard,
}

impl Deed {
    /// Whether the next change of the same field belongs to it: a word that is typed is one entry.
    fn goes_on(self, next: Self) -> bool {
        matches!(self, Self::Change(..)) && self == next
    }
}

#[derive(Clone, Debug)]
struct Entry {
    deed: Deed,
    graph: Arc<Graph>,
    selected: Spot,
}

#[derive(Clone, Debug, Default)]
pub(super) struct History {
    past: Vec<Entry>,
    future: Vec<Entry>,
    /// Whether the last entry may still grow.
    open: bool,
}

impl History {
    /// Notes what was before.
    pub fn did(&mut self, deed: Deed, before: Arc<Graph>, selected: Spot) {
        let grows = self.open && self.past.last().is_some_and(|last| last.deed.goes_on(deed));
        if !grows {
            self.past.push(Entry { deed, graph: before, selected });
        }
        if self.past.len() > MOST {
            self.past.remove(0);
        }
        self.future.clear();
        self.open = true;
    }

    pub fn seal(&mut self) {
        self.open = false;
    }
}

impl BuilderState {
    /// What undo would take back.
    pub fn to_undo(&self) -> Option<Deed> {
        self.history.past.last().map(|entry| entry.deed)
    }

    /// What redo would do again.
    pub fn to_redo(&self) -> Option<Deed> {
        self.history.future.last().map(|entry| entry.deed)
    }

    /// Takes the last deed back.
    pub fn undo(&mut self) {
        self.history.seal();
        if let Some(entry) = self.history.past.pop() {
            let back = self.exchange(entry);
            self.history.future.push(back);
        }
    }

    /// Does the last thing that was taken back again.
    pub fn redo(&mut self) {
        self.history.seal();
        if let Some(entry) = self.history.future.pop() {
            let back = self.exchange(entry);
            self.history.past.push(back);
        }
    }

    /// Goes to an entry's graph; answers the entry that leads back.
    fn exchange(&mut self, entry: Entry) -> Entry {
        let graph = std::mem::replace(&mut self.graph, entry.graph);
        let back = Entry { deed: entry.deed, graph, selected: self.selected };
        self.selected = entry.selected;
        self.settle();
        back
    }
}
