//! One storage layer over two databases: SQLite inside the program, PostgreSQL when several nodes share the work.
//!
//! Every function takes a [`Tx`] and runs one or two statements in it; what belongs together commits together. A
//! statement has one text, and a second one only where the dialects part. To store a new kind of thing: a table in
//! both folders of `migrations/`, a module here that declares its statements with `statements!`, an entry in
//! `drift`, which prepares every statement on both databases, and a case in `tests/`.

#[macro_use]
mod sql;
mod db;
mod search;
mod sight;
mod text;

pub mod activity;
pub mod amendments;
pub mod apps;
pub mod audit;
pub mod backup;
pub mod candidates;
pub mod chain;
pub mod changes;
pub mod checks;
pub mod connections;
pub mod contacts;
pub mod conversations;
pub mod deleted_workflows;
pub mod drafts;
pub mod edits;
pub mod erasure;
pub mod evidence;
pub mod fields;
pub mod hand_overs;
pub mod inbound;
pub mod inbox;
pub mod invitations;
pub mod ledger;
pub mod logins;
pub mod marks;
pub mod media;
pub mod messages;
pub mod notes;
pub mod notifications;
pub mod outbox;
pub mod page_tasks;
pub mod pages;
pub mod people;
pub mod pictures;
pub mod preferences;
pub mod presence;
pub mod radar;
pub mod runs;
pub mod schedules;
pub mod sessions;
pub mod settings;
pub mod signals;
pub mod signs;
pub mod timers;
pub mod tokens;
pub mod two_factor;
pub mod uploads;
pub mod workflow_tests;
pub mod workflows;

#[cfg(test)]
mod drift;
#[cfg(test)]
mod upgrade;

pub use db::{Db, Error, Result, Tx};
