//! How the bots of a page behave, as numbers with examples.

use crate::{ConversationId, MINUTE, Timestamp};
use serde::{Deserialize, Serialize};

/// A thread that was handed to us waits too long after this, in milliseconds.
pub const WAITS: i64 = 30 * MINUTE;
/// A bot that says the same so often in one conversation is caught in a loop.
pub const LOOP: i64 = 3;
/// How soon a bot has to pass on a customer who asks for a person, in milliseconds.
pub const PASSES_ON: i64 = 2 * MINUTE;
/// How many examples are kept of each.
pub const EXAMPLES: usize = 3;
/// What customers write who want a person. Compared with the text in lower case.
pub const ASKS_FOR_PERSON: [&str; 6] =
    ["human", "real person", "a person", "agent", "someone real", "talk to somebody"];

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Blip {
    /// A bot answered faster than a second (CR-12).
    FastAnswer,
    /// A bot wrote while we had control (CR-28).
    TalksOver,
    /// A bot handed over and nobody of the team answered in time.
    NobodyTook,
    /// A customer asked for a person and the bot kept the thread.
    AskedForPerson,
    /// A bot said the same again and again.
    Loop,
}

impl Blip {
    pub const ALL: [Self; 5] =
        [Self::FastAnswer, Self::TalksOver, Self::NobodyTook, Self::AskedForPerson, Self::Loop];

    /// The word in `data-blip`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::FastAnswer => "fast_answer",
            Self::TalksOver => "talks_over",
            Self::NobodyTook => "nobody_took",
            Self::AskedForPerson => "asked_for_person",
            Self::Loop => "loop",
        }
    }
}

/// How often something happened, with the newest examples.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Measure {
    pub blip: Blip,
    pub count: i64,
    /// Out of so many, where that is known.
    pub of: Option<i64>,
    /// The newest first.
    pub examples: Vec<Example>,
}

/// One place where it happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Example {
    pub conversation: ConversationId,
    pub customer: String,
    pub at: Timestamp,
    /// Milliseconds a fast answer took, times a loop went round.
    pub number: Option<i64>,
}
