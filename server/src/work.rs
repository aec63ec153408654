//! Background work: claim, do, record. Started and stopped together by [`crate::node::Node`].
//!
//! What waits is a row; a worker that dies loses nothing but time.

pub mod housekeeping;
pub mod inbound;
pub mod ingest;
pub mod jobs;
pub mod media;
pub mod outbox;
pub mod pages;
pub mod signals;
pub mod timers;
