//! What happened in a thread that bears on control, the window or attention.
//!
//! Evidence is never changed and never thrown away. It has a place in time (Meta's clock for events, ours for what we
//! did) and a key, so that the same event delivered twice is one piece, and any order of arrival leads to one story.

use crate::{AppId, PersonId, Timestamp};
use serde::{Deserialize, Serialize};

/// One thing that happened, with its place in the story.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    pub at: Timestamp,
    /// Names the event; a second one with this key is the same event.
    pub key: String,
    pub what: What,
}

impl Evidence {
    /// The order of the story: by time; at one instant what Meta decided before what people wrote; then by key.
    pub fn place(&self) -> (Timestamp, u8, &str) {
        (self.at, self.what.rank(), &self.key)
    }
}

/// Which apps Meta addressed an event to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// `entry.messaging`: we are meant.
    Direct,
    /// `entry.standby`: another app holds the thread and we listen.
    Standby,
}

/// Meta's answer to "who controls this thread?".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    Ours,
    Other(AppId),
    /// Somebody else, whom Meta does not name to us.
    OtherUnnamed,
    Idle,
}

/// What is written down when a conversation is closed: workflows and reports go by it; the customer never sees it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ClosingNote {
    /// What it was about, in a word or two; at most 60 characters.
    pub category: Option<String>,
    /// At most 1000 characters.
    pub summary: Option<String>,
}

/// A closing note is too long.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("A closing note has at most 60 characters as its category and 1000 as its summary.")]
pub struct NoteTooLong;

impl ClosingNote {
    pub const MOST_CATEGORY: usize = 60;
    pub const MOST_SUMMARY: usize = 1_000;

    pub const fn is_empty(&self) -> bool {
        self.category.is_none() && self.summary.is_none()
    }

    /// The note as it is kept: without blanks around, and nothing for what is blank.
    pub fn trimmed(self) -> Result<Self, NoteTooLong> {
        let trim = |text: Option<String>, most: usize| match text.as_deref().map(str::trim) {
            None | Some("") => Ok(None),
            Some(text) if text.chars().count() > most => Err(NoteTooLong),
            Some(text) => Ok(Some(text.to_owned())),
        };
        let category = trim(self.category, Self::MOST_CATEGORY)?;
        Ok(Self { category, summary: trim(self.summary, Self::MOST_SUMMARY)? })
    }
}

/// The kinds of evidence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum What {
    /// The customer wrote, or tapped a button that asks for an answer.
    CustomerWrote {
        channel: Channel,
    },
    /// The customer answered what a workflow asked after the conversation was closed: it stays closed (WF-81).
    CustomerAnswered {
        channel: Channel,
    },
    /// The customer did something that lets us write without asking for an answer: a reaction, an m.me link.
    CustomerActed {
        channel: Channel,
    },
    /// A message in Meta's history that no webhook told us of. History does not say which app was meant or wrote.
    Found {
        from_customer: bool,
    },
    /// A message of another app went out. No app id: somebody in a tool of Meta's.
    OtherWrote {
        app: Option<AppId>,
        channel: Channel,
    },
    /// Meta accepted a message a person of our team wrote.
    TeamWrote {
        by: PersonId,
        through: Timestamp,
    },
    /// Meta accepted a message a program of ours wrote.
    ProgramWrote,
    Passed {
        from: Option<AppId>,
        to: Option<AppId>,
        metadata: Option<String>,
    },
    Taken {
        from: Option<AppId>,
        to: Option<AppId>,
        metadata: Option<String>,
    },
    Requested {
        by: Option<AppId>,
        metadata: Option<String>,
    },
    Answered {
        answer: Answer,
        expires_at: Option<Timestamp>,
    },
    /// Asking failed.
    AnswerFailed,
    TookOver {
        by: Option<PersonId>,
    },
    /// We gave the thread back; `by` nobody means the automatic reset. `to`: the app it was passed to.
    Reset {
        by: Option<PersonId>,
        automatic: bool,
        to: Option<AppId>,
    },
    RefusedNotOwner,
    /// Meta said the window is closed.
    RefusedWindow,
    /// Meta's time ran out.
    Expired,
    /// `through`: the newest message there was when it was marked. What came later stays unread.
    MarkedRead {
        by: Option<PersonId>,
        through: Timestamp,
    },
    MarkedUnread {
        by: Option<PersonId>,
    },
    Closed {
        by: Option<PersonId>,
        through: Timestamp,
        #[serde(default, skip_serializing_if = "ClosingNote::is_empty")]
        note: ClosingNote,
    },
    Reopened {
        by: Option<PersonId>,
    },
    /// Put away until a time, or until the customer writes. `through`: as in `Closed`.
    Snoozed {
        by: Option<PersonId>,
        until: Option<Timestamp>,
        through: Timestamp,
    },
    /// The time until which it was put away has come.
    Woken,
}

impl What {
    fn rank(&self) -> u8 {
        match self {
            Self::Expired | Self::Woken => 0,
            Self::Answered { .. } | Self::AnswerFailed => 1,
            Self::Passed { .. } | Self::Taken { .. } | Self::Requested { .. } | Self::TookOver { .. } => 2,
            Self::CustomerWrote { .. }
            | Self::CustomerAnswered { .. }
            | Self::CustomerActed { .. }
            | Self::Found { from_customer: true } => 3,
            Self::OtherWrote { .. }
            | Self::TeamWrote { .. }
            | Self::ProgramWrote
            | Self::Found { from_customer: false } => 4,
            Self::RefusedNotOwner | Self::RefusedWindow => 5,
            Self::MarkedRead { .. }
            | Self::MarkedUnread { .. }
            | Self::Closed { .. }
            | Self::Reopened { .. }
            | Self::Snoozed { .. } => 6,
            Self::Reset { .. } => 7,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_closing_note_is_kept_without_blanks_and_within_its_limits() {
        let note = |category: &str, summary: &str| ClosingNote {
            category: Some(category.into()),
            summary: Some(summary.into()),
        };
        let kept = note(" Returns ", "  ").trimmed().unwrap();
        assert_eq!(kept, ClosingNote { category: Some("Returns".into()), summary: None });
        assert!(note(" ", "").trimmed().unwrap().is_empty());
        assert_eq!(note(&"ä".repeat(61), "").trimmed(), Err(NoteTooLong));
        assert_eq!(note("", &"ä".repeat(1_001)).trimmed(), Err(NoteTooLong));
    }

    #[test]
    fn evidence_from_before_there_were_closing_notes_is_read() {
        let what: What = serde_json::from_str(r#"{"kind":"closed","by":null,"through":5}"#).unwrap();
        let plain = What::Closed { by: None, through: Timestamp(5), note: ClosingNote::default() };
        assert_eq!(what, plain);
        assert_eq!(serde_json::to_string(&plain).unwrap(), r#"{"kind":"closed","by":null,"through":5}"#);
    }
}
