//! What Meta answers to our questions, in the product's words.

use crate::Error;
use domain::conversation::evidence::Answer;
use domain::conversation::message::Attachment;
use domain::{AppId, Mid, PageId, Psid, Timestamp};

/// Meta has a message of ours, under this id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accepted {
    pub mid: Mid,
}

/// Who controls a thread, as Meta answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnerAnswer {
    pub answer: Answer,
    /// When control lapses by itself.
    pub expires_at: Option<Timestamp>,
}

/// A customer as Meta shows them to a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Profile {
    pub name: Option<String>,
    /// Expires; copy the picture instead of keeping the address.
    pub picture_url: Option<String>,
}

/// One message of a thread as Meta remembers it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remembered {
    pub mid: Mid,
    pub at: Timestamp,
    /// Written for the page rather than by the customer. Meta does not say here by which app.
    pub from_page: bool,
    pub text: Option<String>,
    pub attachments: Vec<Attachment>,
    pub reply_to: Option<Mid>,
}

/// A conversation as Meta lists it, without its messages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Glimpse {
    pub psid: Psid,
    /// When the last message was written, to the second.
    pub updated_at: Timestamp,
}

/// An app that hears a page's webhook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subscription {
    pub app: AppId,
    pub name: String,
    pub fields: Vec<String>,
}

/// What Meta thinks of an access token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenFacts {
    pub valid: bool,
    pub app: Option<AppId>,
    pub page: Option<PageId>,
    pub scopes: Vec<String>,
    /// Nothing for a token that does not expire by the calendar.
    pub expires_at: Option<Timestamp>,
    /// When Meta wants the person who connected the page to confirm again.
    pub data_access_expires_at: Option<Timestamp>,
    /// Why it is not valid.
    pub problem: Option<Error>,
}
