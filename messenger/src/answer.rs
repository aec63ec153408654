//! What Meta answers to our questions, in the product's words.

use crate::{Error, Secret};
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
    /// The page it belongs to; nothing for a token of a person or an app.
    pub page: Option<PageId>,
    pub scopes: Vec<String>,
    /// Nothing for a token that does not expire by the calendar.
    pub expires_at: Option<Timestamp>,
    /// When Meta wants the person who connected the page to confirm again.
    pub data_access_expires_at: Option<Timestamp>,
    /// Why it is not valid.
    pub problem: Option<Error>,
}

/// An app of ours as Meta knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AppFacts {
    pub name: String,
}

/// A page as Meta knows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PageFacts {
    pub name: Option<String>,
    /// Whether several apps share its threads by Meta's rules; nothing when Meta does not say.
    pub routes: Option<bool>,
}

/// A thread and when something was last written in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ThreadMark {
    pub psid: Psid,
    /// To the second.
    pub updated_at: Timestamp,
}

/// A token of a person who signed in with Facebook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserToken {
    pub token: Secret,
    /// In seconds; Meta may leave it out.
    pub expires_in: Option<i64>,
}

/// What a person granted in Facebook's dialog.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Grants {
    pub granted: Vec<String>,
    pub declined: Vec<String>,
}

/// A page a person let us see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    pub page: PageId,
    pub name: String,
    /// What the person may do on the page, in Meta's words such as `MESSAGING`.
    pub tasks: Vec<String>,
    pub access_token: Option<Secret>,
}
