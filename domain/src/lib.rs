//! The rules of Baton: who controls a thread, whether we may write, what asks for attention, who may do what.
//!
//! Nothing here waits, reads a clock, or draws a random number: time and ids are arguments, decisions are
//! return values. The same code runs in the server, which enforces it, and in the browser, which shows early
//! what the server will say.

pub mod apps;
pub mod attention;
pub mod contact;
pub mod conversation;
pub mod id;
pub mod live;
pub mod media;
pub mod page;
pub mod person;
pub mod preferences;
pub mod routing;
pub mod search;
pub mod time;
pub mod view;
pub mod wire;
pub mod workflow;
pub mod writing;

pub use id::*;
pub use time::{DAY, HOUR, Local, MINUTE, SECOND, Timestamp};
