//! One file per kind of step: its settings, its check and its decision live together.
//!
//! To add one: a file here with a struct that has `check`, `enter` and, if it waits, `resume`; a variant of
//! [`StepKind`](super::step::StepKind) and its arms.

pub mod agent;
pub mod assign;
pub mod branch;
pub mod contact;
pub mod content;
pub mod control;
pub mod conversation;
pub mod flow;
pub mod http;
pub mod question;
pub mod send;
pub mod sheet;
