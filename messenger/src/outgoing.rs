//! What we send, built from types that cannot exceed Meta's limits.

pub mod rich;

pub use rich::Rich;

use bytes::Bytes;
use domain::conversation::file::FileKind;
use domain::conversation::message::{TextRefusal, check_text};
use domain::conversation::window::Label;
use domain::{AppId, MessageId, Mid, Psid};
use serde_json::{Value, json};

/// Meta takes fewer characters of metadata than this (`message.metadata`).
const METADATA_LIMIT: usize = 1_000;

/// A text that Messenger takes: something in it, at most 1999 characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text(String);

impl Text {
    /// Checks a text against Meta's limits.
    pub fn new(text: impl Into<String>) -> Result<Self, TextRefusal> {
        let text = text.into();
        check_text(&text)?;
        Ok(Self(text))
    }

    /// The text as it is sent.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Text {
    type Error = TextRefusal;
    fn try_from(text: String) -> Result<Self, TextRefusal> {
        Self::new(text)
    }
}

/// What Meta hands back in the echo of a message of ours: how response, echo and row find each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Metadata(String);

/// The metadata is too long for Meta.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("Messenger takes fewer than 1000 characters of metadata; this is {length}.")]
pub struct MetadataTooLong {
    pub length: usize,
}

impl Metadata {
    /// Checks any text against Meta's limit.
    pub fn new(text: impl Into<String>) -> Result<Self, MetadataTooLong> {
        let text = text.into();
        match text.chars().map(char::len_utf16).sum() {
            length if length >= METADATA_LIMIT => Err(MetadataTooLong { length }),
            _ => Ok(Self(text)),
        }
    }

    /// The metadata that names a message of ours.
    pub fn of(message: MessageId) -> Self {
        Self(message.to_string())
    }

    /// The message of ours that an echo's metadata names, if it names one.
    pub fn message(echoed: &str) -> Option<MessageId> {
        echoed.parse().ok()
    }

    /// The metadata as it is sent.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<MessageId> for Metadata {
    fn from(message: MessageId) -> Self {
        Self::of(message)
    }
}

/// A file that Meta already has, as [`crate::Messenger::upload`] answered. Meta forgets it after 90 days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attached {
    pub kind: FileKind,
    /// Meta's name for it, good on one page.
    pub id: String,
}

/// What a message carries: Meta takes a text or one file, never both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    Text(Text),
    File(Attached),
    /// What a workflow writes beyond a plain text.
    Rich(Rich),
}

/// A file to hand to Meta.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    pub kind: FileKind,
    /// What the customer sees.
    pub name: String,
    /// Its first word has to agree with the kind, or Meta refuses it.
    pub mime: String,
    pub content: Bytes,
}

/// One message to a customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Send {
    pub recipient: Psid,
    pub content: Content,
    /// Which of Meta's rules allows it.
    pub label: Label,
    pub metadata: Metadata,
    /// The message it quotes. Meta takes that while the customer wrote in the last 24 hours.
    pub reply_to: Option<Mid>,
    /// What happens to control once Meta has accepted the message.
    pub then: Option<ThreadControl>,
}

/// What a message does to control as it is accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ThreadControl {
    /// Gives the thread back to the default app.
    Release,
    /// Gives the thread to this app.
    Pass(AppId),
}

/// Something shown to the customer that is no message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    TypingOn,
    TypingOff,
    MarkSeen,
}

impl Send {
    /// The body of the call to `/{page}/messages`.
    pub fn body(&self) -> Value {
        let mut body = json!({
            "recipient": {"id": self.recipient},
            "messaging_type": messaging_type(self.label),
            "message": self.content.body(),
        });
        body["message"]["metadata"] = self.metadata.as_str().into();
        if let Some(tag) = tag(self.label) {
            body["tag"] = tag.into();
        }
        if let Some(mid) = &self.reply_to {
            body["reply_to"] = json!({"mid": mid});
        }
        if let Some(then) = &self.then {
            body["thread_control"] = then.body();
        }
        body
    }
}

impl Content {
    fn body(&self) -> Value {
        match self {
            Self::Text(text) => json!({"text": text.as_str()}),
            Self::Rich(rich) => rich.body(),
            Self::File(file) => {
                json!({"attachment": {"type": file.kind.as_str(), "payload": {"attachment_id": file.id}}})
            }
        }
    }
}

impl File {
    /// What stands beside the bytes in the call to `/{page}/message_attachments`.
    pub fn message(&self) -> Value {
        json!({"attachment": {"type": self.kind.as_str(), "payload": {"is_reusable": true}}})
    }
}

const fn messaging_type(label: Label) -> &'static str {
    match label {
        Label::Response => "RESPONSE",
        Label::HumanAgent => "MESSAGE_TAG",
    }
}

const fn tag(label: Label) -> Option<&'static str> {
    match label {
        Label::Response => None,
        Label::HumanAgent => Some("HUMAN_AGENT"),
    }
}

impl ThreadControl {
    fn body(&self) -> Value {
        match self {
            Self::Release => json!({"control_type": "release"}),
            Self::Pass(app) => json!({"control_type": "pass", "app_id": app}),
        }
    }
}

impl Action {
    /// The body of the call to `/{page}/messages`.
    pub fn body(self, recipient: &Psid) -> Value {
        json!({"recipient": {"id": recipient}, "sender_action": self.as_str()})
    }

    /// Meta's word: `typing_on`, `typing_off`, `mark_seen`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::TypingOn => "typing_on",
            Self::TypingOff => "typing_off",
            Self::MarkSeen => "mark_seen",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_longer_than_messenger_takes_cannot_be_built() {
        assert!(Text::new("a".repeat(1_999)).is_ok());
        assert_eq!(Text::new("a".repeat(2_000)), Err(TextRefusal::TooLong { length: 2_000 }));
        assert_eq!(Text::new(" \n"), Err(TextRefusal::Empty));
    }

    #[test]
    fn metadata_stays_below_a_thousand_characters() {
        assert!(Metadata::new("x".repeat(999)).is_ok());
        assert_eq!(Metadata::new("x".repeat(1_000)), Err(MetadataTooLong { length: 1_000 }));
    }

    #[test]
    fn an_echo_leads_back_to_our_message_and_foreign_metadata_to_none() {
        let id: MessageId = "0192f6d0-7c1e-7b1a-9a44-5b1f0c2e9d11".parse().expect("an id");
        assert_eq!(Metadata::message(Metadata::of(id).as_str()), Some(id));
        assert_eq!(Metadata::message("{\"source\":\"axon\"}"), None);
    }
}
