//! A conversation: one customer, one page, and everybody who answers.
//!
//! Each question about it has a room of its own: [`standing`] folds what happened into who controls the thread and
//! whether it asks for attention, [`window`] says until when we may write, [`gate`] puts both together for the
//! composer, [`message`] follows one message to the customer's eye.

pub mod content;
pub mod control;
pub mod evidence;
pub mod file;
pub mod gate;
pub mod message;
pub mod standing;
pub mod window;
