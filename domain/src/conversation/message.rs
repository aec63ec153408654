//! One message and how far it has come.

use crate::media::Media;
use serde::{Deserialize, Serialize};

/// Which way a message goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    In,
    Out,
}

/// Who wrote a message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Author {
    pub kind: AuthorKind,
    /// Our person id, or the app id.
    pub id: Option<String>,
    pub name: Option<String>,
}

crate::object!(Author { kind, id, name });

/// The kinds of author, as in `data-author`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AuthorKind {
    Customer,
    Agent,
    Bot,
    PageInbox,
    Workflow,
    MetaAi,
    Unknown,
}

impl AuthorKind {
    pub const ALL: [Self; 7] = [
        Self::Customer,
        Self::Agent,
        Self::Bot,
        Self::PageInbox,
        Self::Workflow,
        Self::MetaAi,
        Self::Unknown,
    ];

    /// The word: `customer`, `agent`, `bot`, `page_inbox`, `workflow`, `meta_ai`, `unknown`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Customer => "customer",
            Self::Agent => "agent",
            Self::Bot => "bot",
            Self::PageInbox => "page_inbox",
            Self::Workflow => "workflow",
            Self::MetaAi => "meta_ai",
            Self::Unknown => "unknown",
        }
    }
}

/// Through what a message came about (WF-90).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    Inbox,
    Workflow,
    Api,
    Broadcast,
    External,
}

impl Origin {
    pub const ALL: [Self; 5] = [Self::Inbox, Self::Workflow, Self::Api, Self::Broadcast, Self::External];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Inbox => "inbox",
            Self::Workflow => "workflow",
            Self::Api => "api",
            Self::Broadcast => "broadcast",
            Self::External => "external",
        }
    }
}

/// How far a message has come, as in `data-delivery`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeliveryState {
    /// From the customer.
    Received,
    /// Stored; not handed to Meta yet.
    Queued,
    /// Handed to Meta; no answer yet.
    Sending,
    /// Meta has it.
    Sent,
    /// On the customer's device.
    Delivered,
    /// Seen by the customer.
    Read,
    /// Will not arrive. The error says why and what to do.
    Failed,
    /// We cannot tell whether Meta has it; echo or re-sync settles it. It is never sent again by itself.
    Unknown,
}

impl DeliveryState {
    pub const ALL: [Self; 8] = [
        Self::Received,
        Self::Queued,
        Self::Sending,
        Self::Sent,
        Self::Delivered,
        Self::Read,
        Self::Failed,
        Self::Unknown,
    ];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Queued => "queued",
            Self::Sending => "sending",
            Self::Sent => "sent",
            Self::Delivered => "delivered",
            Self::Read => "read",
            Self::Failed => "failed",
            Self::Unknown => "unknown",
        }
    }

    /// Whether news of `next` is news: echo, answer and receipts come in any order and more than once. What Meta
    /// has accepted cannot become less.
    pub fn may_become(self, next: Self) -> bool {
        match (self, next) {
            (Self::Received, _) | (_, Self::Received) => false,
            (Self::Queued, next) => next != Self::Queued,
            (Self::Sending, next) => !matches!(next, Self::Sending),
            (Self::Unknown, next) => {
                matches!(next, Self::Sent | Self::Delivered | Self::Read | Self::Failed | Self::Queued)
            }
            (Self::Failed, next) => matches!(next, Self::Sent | Self::Delivered | Self::Read | Self::Queued),
            (Self::Sent, next) => matches!(next, Self::Delivered | Self::Read),
            (Self::Delivered, next) => matches!(next, Self::Read),
            (Self::Read, _) => false,
        }
    }
}

/// How far a message has come, and why not further.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Delivery {
    pub state: DeliveryState,
    pub error: Option<DeliveryError>,
}

crate::object!(Delivery { state, error });

/// Why Meta did not take a message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DeliveryError {
    /// Meta's error code; 0 when the refusal is ours.
    pub code: i64,
    pub subcode: Option<i64>,
    /// For the agent: what happened and what to do.
    pub message: String,
}

crate::object!(DeliveryError { code, subcode, message });

/// Something a message carries besides text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Attachment {
    /// Meta's word: `image`, `video`, `audio`, `file`, `sticker`, `template`, `fallback`, …
    pub kind: String,
    pub title: Option<String>,
    /// Where Meta keeps it. Signed and short-lived; never given to a browser to load.
    pub url: Option<String>,
    /// What Meta sent, for kinds that are drawn in more detail.
    pub payload: Option<serde_json::Value>,
    /// Our copies of what it shows.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub media: Vec<Media>,
}

crate::object!(Attachment { kind, title, url, payload; media });

/// Meta takes at most this many characters in one text (`message.text`, "less than 2000").
pub const MAX_TEXT: usize = 1_999;

/// Why a text cannot be sent as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum TextRefusal {
    #[error("Write something first.")]
    Empty,
    #[error(
        "Messenger takes at most 1999 characters; this is {length}. Shorten it or send it in two messages."
    )]
    TooLong { length: usize },
}

/// Checks a text against Meta's limits. Blank text has nothing to say.
pub fn check_text(text: &str) -> Result<(), TextRefusal> {
    if text.trim().is_empty() {
        return Err(TextRefusal::Empty);
    }
    match text.chars().map(char::len_utf16).sum() {
        length if length > MAX_TEXT => Err(TextRefusal::TooLong { length }),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_receipt_that_comes_before_the_answer_is_not_undone_by_it() {
        assert!(DeliveryState::Sending.may_become(DeliveryState::Read));
        assert!(!DeliveryState::Read.may_become(DeliveryState::Sent));
        assert!(!DeliveryState::Delivered.may_become(DeliveryState::Unknown));
    }

    #[test]
    fn an_echo_settles_what_was_unknown_or_held_for_failed() {
        assert!(DeliveryState::Unknown.may_become(DeliveryState::Sent));
        assert!(DeliveryState::Failed.may_become(DeliveryState::Sent));
    }

    #[test]
    fn emoji_count_as_meta_counts_them() {
        assert_eq!(check_text("  "), Err(TextRefusal::Empty));
        assert_eq!(check_text(&"a".repeat(1_999)), Ok(()));
        assert_eq!(check_text(&"🧦".repeat(1_000)), Err(TextRefusal::TooLong { length: 2_000 }));
    }
}
