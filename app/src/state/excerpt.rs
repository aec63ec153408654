//! Which rows of a long list are drawn: those in its frame and a few around, and the open one, so that it keeps the
//! focus. Everything else is empty space of the right height.

use super::InboxState;
use super::rows::{Place, place};
use domain::ConversationId;

/// The most rows drawn at a time.
pub const MOST: usize = 60;
/// How many rows are drawn above and below the frame.
const AROUND: usize = 8;
/// More rows are loaded when fewer than so many frames of them are left below.
const AHEAD: usize = 2;

/// What part of the list is in its frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Frame {
    /// The first row in it, from 0.
    pub first: usize,
    /// How many rows it has room for.
    pub room: usize,
}

impl Default for Frame {
    /// A usual screen, for the server, which does not know.
    fn default() -> Self {
        Self { first: 0, room: 14 }
    }
}

/// A piece of the drawn list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece {
    /// A row, and where it stands, from 0.
    Row { id: ConversationId, index: usize },
    /// Room for so many rows. The gaps are told apart by their slot.
    Gap { slot: u8, rows: usize },
}

/// What is drawn of a list.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Excerpt {
    pub pieces: Vec<Piece>,
    /// How many conversations came to the top since the order was held.
    pub news: usize,
    /// Whether more rows should be loaded.
    pub wants_more: bool,
}

/// The order of the list while somebody reads further down: rows change, and leave, but none moves under the pointer.
#[derive(Clone, Debug, PartialEq)]
pub struct Held {
    order: Vec<ConversationId>,
    top: Place,
    end: Place,
}

impl Held {
    /// Holds the order as it is; there is none to hold in an empty list.
    pub fn of(inbox: &InboxState) -> Option<Self> {
        let (first, last) = (inbox.rows.first()?, inbox.rows.last()?);
        let order = inbox.rows.iter().map(|row| row.id).collect();
        Some(Self { order, top: place(first), end: place(last) })
    }

    /// The row below (or above) another one in this order, for the keyboard; the first one when none is chosen.
    pub fn neighbour(&self, id: Option<ConversationId>, forward: bool) -> Option<ConversationId> {
        let index = id.and_then(|id| self.order.iter().position(|other| *other == id));
        let next = match (index, forward) {
            (None, _) => 0,
            (Some(index), true) => index + 1,
            (Some(index), false) => index.checked_sub(1)?,
        };
        self.order.get(next).copied()
    }

    /// Takes in the rows of pages loaded since.
    fn follow(&mut self, inbox: &InboxState) {
        let Some(last) = inbox.rows.last().map(|row| place(row)).filter(|last| *last < self.end) else {
            return;
        };
        let known = inbox.rows.newer_than(self.end);
        let later = inbox.rows.iter().skip(known).filter(|row| place(row) < self.end);
        self.order.extend(later.map(|row| row.id));
        self.end = last;
    }
}

/// What to draw of a list. `open` is drawn wherever it stands.
pub fn excerpt(
    inbox: &InboxState,
    held: Option<&mut Held>,
    frame: Frame,
    open: Option<ConversationId>,
) -> Excerpt {
    let news = held.as_ref().map_or(0, |held| inbox.rows.newer_than(held.top));
    let held = held.map(|held| {
        held.follow(inbox);
        // Looked for only where somebody looks: rows that are gone are taken out when they come into the frame.
        let (from, to) = drawn(frame, held.order.len());
        if held.order[from..to].iter().any(|id| inbox.rows.index(*id).is_none()) {
            held.order.retain(|id| inbox.rows.index(*id).is_some());
        }
        &*held
    });
    let total = held.map_or(inbox.rows.len(), |held| held.order.len());
    let at = |index: usize| match held {
        Some(held) => held.order.get(index).copied(),
        None => inbox.rows.get(index).map(|row| row.id),
    };
    let open = open.and_then(|open| match held {
        Some(held) => {
            held.order.iter().position(|id| *id == open).filter(|_| inbox.rows.index(open).is_some())
        }
        None => inbox.rows.index(open),
    });
    let (from, to) = drawn(frame, total);
    let mut pieces = Vec::with_capacity(to - from + 5);
    let mut next = 0;
    let mut slot = 0;
    let mut draw = |range: std::ops::Range<usize>, slot: &mut u8| {
        if range.start > next {
            pieces.push(Piece::Gap { slot: *slot, rows: range.start - next });
        }
        *slot += 1;
        next = range.end;
        pieces.extend(range.filter_map(|index| at(index).map(|id| Piece::Row { id, index })));
    };
    let open = open.filter(|open| !(from..to).contains(open));
    draw(open.filter(|open| *open < from).map_or(0..0, |open| open..open + 1), &mut slot);
    draw(from..to, &mut slot);
    draw(open.filter(|open| *open >= to).map_or(to..to, |open| open..open + 1), &mut slot);
    draw(total..total, &mut slot);
    let wants_more = inbox.next_cursor.is_some() && to + frame.room * AHEAD > total;
    Excerpt { pieces, news, wants_more }
}

/// The rows drawn of so many.
fn drawn(frame: Frame, total: usize) -> (usize, usize) {
    // One place is kept for the open row.
    let room = (frame.room + 2 * AROUND).min(MOST - 1);
    let first = frame.first.min(total.saturating_sub(frame.room));
    let from = first.saturating_sub(AROUND).min(total.saturating_sub(room));
    (from, (from + room).min(total))
}

#[cfg(test)]
mod tests;
