//! What one can do with a key: one table, from which keys, palette, help, menu hints and settings all come.
//!
//! To add an action: a variant in [`Action`], its row in `TABLE`, its name in `text::keys`, when it is possible in
//! `situation`, and what it does in `pages/inbox/keys.rs` (or `commands`, when it works on every page).

mod action;
mod bindings;
mod situation;
mod stroke;

pub use action::{Action, Group, Reach};
pub use bindings::{Bindings, Found, Misfit, check};
pub use situation::{Situation, Unfit};
pub use stroke::{Keys, Pressed, Stroke};
