//! What the screens know, as plain structs, and how a change folds into it.
//!
//! No signal and no browser here: the same folds run in tests, where *old view + changes = freshly loaded view* is
//! one assertion. A new kind of change gets its arm in [`InboxState::apply`] and [`ThreadState::apply`].

mod brief;
pub mod builder;
mod draft;
mod excerpt;
mod frame;
mod hours;
mod inbox;
mod lines;
mod link;
mod names;
mod naming;
mod recent;
mod rows;
mod runs;
mod shown;
mod stance;
mod thread;
mod waiting;
pub mod workflows;

pub use brief::{Brief, brief, is_loaded as hand_over_is_loaded};
pub use draft::{Choice, Kept, Writ};
pub use excerpt::{Excerpt, Frame as ListFrame, Held, Piece, excerpt};
pub use frame::Frame;
pub use hours::{HoursDraft, summary as hours_in_words};
pub use inbox::InboxState;
pub use lines::{Event, Line, LineKey, Lines, lines};
pub use link::{Link, pause};
pub use naming::{being_named, who_fits, with_name};
pub use recent::Recent;
pub use rows::Rows;
pub use runs::{RunsState, Told};
pub use shown::{EventKind, ShownEvents};
pub use stance::{OwnerName, Stance, stance};
pub use thread::{Heard, ThreadState};
pub use waiting::{Outgoing, Waiting};

#[cfg(test)]
pub(crate) mod samples;
