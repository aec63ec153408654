//! Workflows from end to end: a message comes in, a run asks, waits and ends.

mod flood;
mod kit;
mod module;
mod outside;
mod runs;
mod storm;
mod transfer;
mod triggers;
mod truth;
