//! The simulated Messenger, held to the rules of the real one: through HTTP, as every app meets it.
#![cfg(feature = "simulator")]
#![allow(clippy::unwrap_used, reason = "in a test a panic is the message")]

mod bot;
mod client;
mod faults;
mod harness;
mod history;
mod rehearsal;
mod routing;
mod rules;
mod sending;
mod webhooks;
