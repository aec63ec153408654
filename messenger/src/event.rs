//! Webhook bodies, read one item at a time.
//!
//! A body carries items of several pages and channels. Each is read by itself: what cannot be read is parked with its
//! reason, and never costs its neighbours. To read a new kind of event: a variant of [`Event`], a line in `event/kind.rs`.

mod attachment;
mod body;
mod item;
mod key;
mod kind;
pub(crate) mod lenient;
mod party;

use domain::conversation::evidence::Channel;
use domain::conversation::message::Attachment;
use domain::{AppId, Mid, PageId, Psid, Timestamp};
use serde_json::Value;

/// Everything one webhook body says, in its order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reading {
    /// Empty when the body is not about pages: Instagram's are not ours to read.
    pub items: Vec<Item>,
}

/// One item of a body: read, or parked with its reason.
pub type Item = Result<Inbound, Parked>;

/// The body as a whole is not a webhook of Meta's.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a webhook body: {reason}")]
pub struct Unreadable {
    pub reason: String,
}

/// An item that could not be read, kept so that nothing is lost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parked {
    pub page: Option<PageId>,
    /// The item as Meta sent it.
    pub raw: String,
    pub reason: String,
}

/// One thing that happened on a page.
#[derive(Clone, Debug, PartialEq)]
pub struct Inbound {
    pub page: PageId,
    /// The customer it is about; nobody for what concerns the page as a whole.
    pub psid: Option<Psid>,
    /// The stand-in a website plugin gave the customer before Meta told us the real id. Together with `psid` it
    /// tells who that was.
    pub user_ref: Option<String>,
    /// Meta's time of the event.
    pub at: Timestamp,
    pub channel: Channel,
    /// Names the event within its page: a second item with this key is the same event delivered again.
    pub key: String,
    /// The item as Meta sent it.
    pub raw: Value,
    pub event: Event,
}

/// What happened.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// The customer wrote.
    Message {
        mid: Mid,
        text: Option<String>,
        attachments: Vec<Attachment>,
        /// The payload of the quick reply that was tapped.
        quick_reply: Option<String>,
        reply_to: Option<Mid>,
        referral: Option<Referral>,
        /// Meta does not show us what was sent.
        unsupported: bool,
        /// Made by Meta from a lead form; the customer does not see it in the thread.
        synthetic: bool,
    },
    /// A message of the page went out, whoever wrote it.
    Echo {
        mid: Mid,
        /// Nobody for some of Meta's own tools.
        app: Option<AppId>,
        /// What we gave along when sending; tells our messages apart.
        metadata: Option<String>,
        text: Option<String>,
        attachments: Vec<Attachment>,
        reply_to: Option<Mid>,
        /// Meta's own business AI wrote it.
        ai_generated: bool,
    },
    /// A message was taken back.
    Deleted { mid: Mid },
    /// The customer changed a message.
    Edit { mid: Mid, text: Option<String>, num: Option<u32> },
    /// The customer reacted to a message, or took the reaction back (no emoji).
    Reaction { mid: Mid, emoji: Option<String> },
    /// The customer tapped a button. The payload is only told to the app that sent it.
    Postback { mid: Option<Mid>, title: Option<String>, payload: Option<String>, referral: Option<Referral> },
    /// Our messages are on the customer's device: these, and all up to the watermark.
    Delivery { mids: Vec<Mid>, watermark: Timestamp },
    /// The customer has seen everything up to the watermark.
    Read { watermark: Timestamp },
    /// The customer came back through a link or an ad.
    Referral(Referral),
    /// The customer agreed to hear from the page.
    Optin(Optin),
    /// An app passed control on.
    Passed { from: Option<AppId>, to: Option<AppId>, metadata: Option<String> },
    /// An app took control.
    Taken { from: Option<AppId>, to: Option<AppId>, metadata: Option<String> },
    /// An app asks the owner for control.
    Requested { by: Option<AppId>, metadata: Option<String> },
    /// The roles of the handover protocol, which no longer count.
    AppRoles,
    /// The customer logged in to, or out of, an account of the business.
    AccountLinking { linked: bool, authorization_code: Option<String> },
    /// Meta warned or blocked the page, or lifted a block.
    Policy { action: PolicyAction, reason: Option<String> },
    /// The customer answered a feedback template.
    Feedback { question: Option<String>, score: Option<String>, comment: Option<String> },
    /// The customer judged one message with a thumb.
    Thumb { mid: Option<Mid>, up: bool },
    /// The customer sent a shopping cart.
    Order { note: Option<String> },
    /// Somebody changed the customer's labels in Meta Business Suite.
    LabelChanged { label: Option<String>, added: bool },
    /// Something Baton keeps but does not act on; `kind` is Meta's word.
    Other { kind: String },
}

/// How a customer found the page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Referral {
    /// The text of the link (`ref`).
    pub reference: Option<String>,
    /// Meta's word: `SHORTLINK`, `ADS`, …
    pub source: Option<String>,
    /// Meta's word: `OPEN_THREAD`, `LEAD_COMPLETE`, …
    pub kind: Option<String>,
    pub ad: Option<String>,
    pub ad_title: Option<String>,
    /// The product that was looked at.
    pub product: Option<String>,
}

/// A consent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Optin {
    /// Meta's word: `one_time_notif_req`, `notification_messages`; nothing for website plugins.
    pub kind: Option<String>,
    pub reference: Option<String>,
    pub payload: Option<String>,
    pub title: Option<String>,
    /// What a message to this customer has to be sent to.
    pub token: Option<String>,
    /// Meta's word when the customer stops or resumes.
    pub status: Option<String>,
}

/// What Meta did to a page for its policies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PolicyAction {
    Warning,
    Block,
    Unblock,
    /// A word of Meta's that we do not know.
    Other(String),
}

/// Reads a webhook body. Each item is read by itself; only a body that is no JSON object at all is refused.
pub fn read(raw: &[u8]) -> Result<Reading, Unreadable> {
    body::read(&String::from_utf8_lossy(raw))
}

impl Event {
    /// Whether this opens or renews the window in which anybody may write (Meta: standard messaging window).
    pub fn opens_window(&self) -> bool {
        match self {
            Self::Message { .. } | Self::Postback { .. } | Self::Order { .. } => true,
            Self::Reaction { emoji, .. } => emoji.is_some(),
            Self::Referral(referral) => referral.opens_window(),
            Self::Optin(optin) => optin.kind.is_none(),
            Self::Echo { .. }
            | Self::Deleted { .. }
            | Self::Edit { .. }
            | Self::Delivery { .. }
            | Self::Read { .. }
            | Self::Passed { .. }
            | Self::Taken { .. }
            | Self::Requested { .. }
            | Self::AppRoles
            | Self::AccountLinking { .. }
            | Self::Policy { .. }
            | Self::Feedback { .. }
            | Self::Thumb { .. }
            | Self::LabelChanged { .. }
            | Self::Other { .. } => false,
        }
    }

    /// One word for logs and counters.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Message { .. } => "message",
            Self::Echo { .. } => "echo",
            Self::Deleted { .. } => "deleted",
            Self::Edit { .. } => "edit",
            Self::Reaction { .. } => "reaction",
            Self::Postback { .. } => "postback",
            Self::Delivery { .. } => "delivery",
            Self::Read { .. } => "read",
            Self::Referral(_) => "referral",
            Self::Optin(_) => "optin",
            Self::Passed { .. } => "passed",
            Self::Taken { .. } => "taken",
            Self::Requested { .. } => "requested",
            Self::AppRoles => "app_roles",
            Self::AccountLinking { .. } => "account_linking",
            Self::Policy { .. } => "policy",
            Self::Feedback { .. } => "feedback",
            Self::Thumb { .. } => "thumb",
            Self::Order { .. } => "order",
            Self::LabelChanged { .. } => "label_changed",
            Self::Other { .. } => "other",
        }
    }
}

impl Referral {
    /// Whether it came through an ad, which opens the window only once the customer writes.
    pub fn is_from_ad(&self) -> bool {
        self.source.as_deref() == Some("ADS") || self.ad.is_some()
    }

    /// A link opens it, and so does a form that was filled in; a click on an ad alone does not.
    fn opens_window(&self) -> bool {
        match self.kind.as_deref() {
            Some("LEAD_COMPLETE") => true,
            Some("OPEN_THREAD") | None => !self.is_from_ad(),
            Some(_) => false,
        }
    }
}
