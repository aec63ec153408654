//! Ids as types, so that a page can never stand where a person is meant.
//!
//! Ids of ours are UUIDs made by the caller (version 7, so that they sort by time); Meta's ids are text from end to
//! end, because some exceed what JavaScript can count.

use serde::{Deserialize, Serialize};
use std::fmt;
use uuid::Uuid;

macro_rules! ours {
    ($($(#[$doc:meta])* $name:ident;)*) => { $(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { self.0.fmt(f) }
        }
        impl std::str::FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> { text.parse().map(Self) }
        }
    )* };
}

macro_rules! metas {
    ($($(#[$doc:meta])* $name:ident;)*) => { $(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub String);
        impl $name {
            /// The id as Meta writes it.
            pub fn as_str(&self) -> &str { &self.0 }
        }
        impl From<&str> for $name {
            fn from(text: &str) -> Self { Self(text.to_owned()) }
        }
        impl From<String> for $name {
            fn from(text: String) -> Self { Self(text) }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { f.write_str(&self.0) }
        }
    )* };
}

ours! {
    /// One thread between a page and a customer, as the inbox keeps it.
    ConversationId;
    /// One message. Made where the message is written (the browser, for a reply): it is the idempotency key,
    /// the outbox key and the `metadata` Meta echoes back.
    MessageId;
    /// A customer on one page.
    ContactId;
    /// Somebody of the team who signs in.
    PersonId;
    /// A group of people that conversations can be assigned to.
    TeamId;
    /// A workflow, through all its versions.
    WorkflowId;
    /// Business hours with a name.
    ScheduleId;
    /// One contact's journey through one version of a workflow.
    RunId;
    /// A file we keep: what a message carries, or a customer's picture.
    MediaId;
    /// Something the team wrote beside a conversation. Made in the browser, so that a repeated note is one.
    NoteId;
    /// A file somebody attached. Made in the browser.
    UploadId;
    /// Something a person should look at.
    NotificationId;
}

metas! {
    /// A Facebook page.
    PageId;
    /// A customer as one page knows them; the same human has another one on every page.
    Psid;
    /// A Meta app: ours, a bot's, or Meta's own inbox.
    AppId;
    /// A message as Meta names it, equal in send answer, echo, receipts and history.
    Mid;
}

impl AppId {
    /// The people who answer in Meta Business Suite: one more app as far as routing is concerned.
    pub const PAGE_INBOX: &'static str = "263902037430900";

    /// Whether this app is Meta's own inbox rather than somebody's bot.
    pub fn is_page_inbox(&self) -> bool {
        self.0 == Self::PAGE_INBOX
    }
}
