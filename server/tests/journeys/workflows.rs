//! Workflows from end to end: a message comes in, a run asks, waits and ends.

mod bot_status;
mod ends;
mod flood;
mod kit;
mod listed;
mod module;
mod outside;
mod reasons;
mod runs;
mod steps;
mod storm;
mod transfer;
mod triggers;
mod truth;
