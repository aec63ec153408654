//! How a page routes conversations: what shows it, whether it is as it should be, and who would get what.
//!
//! Facebook tells a program very little of what an administrator has set. [`sign`] names the events that give it away,
//! [`check`] judges them, [`radar`] measures how bots behave, [`rehearsal`] applies the rules to a case that has not
//! happened. None of them says "ok" without something that proves it.

pub mod check;
pub mod radar;
pub mod rehearsal;
pub mod sign;
