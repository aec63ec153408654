//! The ways out of a step.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::str::FromStr;

/// The most named branches one step has.
pub const MOST_BRANCHES: u8 = 9;

/// A way out. Ways are written as words: `next`, `success`, `failure`, `timeout`, `message_failure`, `branch_1` to
/// `branch_9`, `else`, `hand_over`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Exit {
    Next,
    Success,
    /// Counted from 1.
    Branch(u8),
    /// None of the branches.
    Else,
    /// An invalid answer, a condition not met, a call that failed.
    Failure,
    /// Nothing happened in time.
    Timeout,
    /// The message could not be sent.
    MessageFailure,
    /// An AI agent asks for a person.
    HandOver,
}

impl fmt::Display for Exit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Next => f.write_str("next"),
            Self::Success => f.write_str("success"),
            Self::Branch(number) => write!(f, "branch_{number}"),
            Self::Else => f.write_str("else"),
            Self::Failure => f.write_str("failure"),
            Self::Timeout => f.write_str("timeout"),
            Self::MessageFailure => f.write_str("message_failure"),
            Self::HandOver => f.write_str("hand_over"),
        }
    }
}

/// The text names no way out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no such way out of a step")]
pub struct UnknownExit;

impl FromStr for Exit {
    type Err = UnknownExit;
    fn from_str(text: &str) -> Result<Self, UnknownExit> {
        match text {
            "next" => Ok(Self::Next),
            "success" => Ok(Self::Success),
            "else" => Ok(Self::Else),
            "failure" => Ok(Self::Failure),
            "timeout" => Ok(Self::Timeout),
            "message_failure" => Ok(Self::MessageFailure),
            "hand_over" => Ok(Self::HandOver),
            _ => {
                let number = text.strip_prefix("branch_").and_then(|number| number.parse().ok());
                number
                    .filter(|number| (1..=MOST_BRANCHES).contains(number))
                    .map(Self::Branch)
                    .ok_or(UnknownExit)
            }
        }
    }
}

impl Serialize for Exit {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Exit {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_way_out_is_read_back_from_its_word() {
        let all = [Exit::Next, Exit::Success, Exit::Else, Exit::Failure, Exit::Timeout, Exit::MessageFailure];
        for exit in all.into_iter().chain((1..=MOST_BRANCHES).map(Exit::Branch)).chain([Exit::HandOver]) {
            assert_eq!(exit.to_string().parse(), Ok(exit));
        }
        for wrong in ["", "branch_0", "branch_10", "branch_", "Next"] {
            assert_eq!(wrong.parse::<Exit>(), Err(UnknownExit), "{wrong}");
        }
    }
}
