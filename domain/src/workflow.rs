//! Workflows: what a manager builds, and what a contact then goes through.
//!
//! A workflow is a trigger and a tree of steps ([`graph`]). The same check runs in the builder and in the server. A run
//! is one contact's journey through one frozen version; every decision is a pure function of the graph, the run and
//! what is known at that moment, so that any journey can be told again and explained.

pub mod check;
pub mod condition;
pub mod exit;
pub mod field;
pub mod gallery;
pub mod graph;
pub mod happening;
pub mod hours;
pub mod layout;
pub mod loops;
pub mod phrase;
pub mod run;
#[cfg(test)]
pub(crate) mod samples;
pub mod settings;
pub mod status;
pub mod step;
pub mod steps;
pub mod transfer;
pub mod trigger;
pub mod turn;
pub mod value;
pub mod view;
pub mod world;
