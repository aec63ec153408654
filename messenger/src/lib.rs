//! The Messenger Platform: what Meta tells us, and what we ask of it.
//!
//! [`event`] reads webhook bodies, [`signature`] proves that they are Meta's, [`Messenger`] is every call we make, and
//! [`Graph`] makes those calls over HTTP. An [`Error`] says what happened in words for an agent and carries a verdict
//! for the program. To add a call: a method here, its request and answer in `client/`, a recorded exchange in `tests/`.

pub mod answer;
pub mod client;
pub mod credentials;
pub mod download;
pub mod error;
pub mod event;
pub mod outbound;
pub mod outgoing;
pub mod signature;
#[cfg(feature = "simulator")]
pub mod simulator;

pub use answer::{
    Accepted, Account, AppFacts, Glimpse, Grants, OwnerAnswer, PageFacts, Profile, Remembered, Subscription,
    ThreadMark, TokenFacts, UserToken,
};
pub use client::Graph;
pub use credentials::{AppKey, Credentials, Secret};
pub use download::Missing;
pub use error::{Error, Verdict};

use async_trait::async_trait;
use bytes::Bytes;
use domain::{AppId, Mid, Psid, Timestamp};

/// The webhook fields an inbox needs, as `subscribed_fields` takes them.
pub const FIELDS: &[&str] = &[
    "messages",
    "message_echoes",
    "message_edits",
    "message_reactions",
    "message_reads",
    "message_deliveries",
    "messaging_postbacks",
    "messaging_optins",
    "messaging_referrals",
    "messaging_account_linking",
    "messaging_policy_enforcement",
    "messaging_feedback",
    "messaging_customer_information",
    "messaging_handovers",
    "standby",
    "send_cart",
];

/// Everything we ask of Meta, each time with the credentials of the page it is about.
#[async_trait]
pub trait Messenger: Send + Sync {
    /// Sends one message. Never repeat it after [`Verdict::OutcomeUnknown`]: Meta knows no idempotency key.
    async fn send(&self, page: &Credentials, message: &outgoing::Send) -> Result<Accepted, Error>;

    /// Hands a file to Meta, to be sent afterwards by the id that is answered. Twice does no harm.
    async fn upload(&self, page: &Credentials, file: &outgoing::File) -> Result<outgoing::Attached, Error>;

    /// Shows the customer that somebody types, or that the page has read.
    async fn act(&self, page: &Credentials, psid: &Psid, action: outgoing::Action) -> Result<(), Error>;

    /// Takes control of a thread. Needs the app's "Take control of conversations" switch.
    async fn take(&self, page: &Credentials, psid: &Psid, metadata: Option<&str>) -> Result<(), Error>;

    /// Passes control of a thread we own to another app.
    async fn pass(
        &self,
        page: &Credentials,
        psid: &Psid,
        to: &AppId,
        metadata: Option<&str>,
    ) -> Result<(), Error>;

    /// Gives up control of a thread we own, so that the default app is next.
    async fn release(&self, page: &Credentials, psid: &Psid) -> Result<(), Error>;

    /// Asks the owner for control. Success means that the request was delivered, not that it was granted.
    async fn request(&self, page: &Credentials, psid: &Psid, metadata: Option<&str>) -> Result<(), Error>;

    /// Keeps control of a thread we own for so many more seconds, at most seven days.
    async fn extend(&self, page: &Credentials, psid: &Psid, seconds: u32) -> Result<(), Error>;

    /// Who controls the thread.
    async fn owner(&self, page: &Credentials, psid: &Psid) -> Result<OwnerAnswer, Error>;

    /// The customer's name and picture. Both are missing when Meta keeps them to itself.
    async fn profile(&self, page: &Credentials, psid: &Psid) -> Result<Profile, Error>;

    /// The newest messages of the thread as Meta keeps them, newest first. Meta details at least the last 20.
    async fn history(&self, page: &Credentials, psid: &Psid, limit: u32) -> Result<Vec<Remembered>, Error>;

    /// One message as Meta keeps it, with fresh addresses of its files. Nothing when Meta no longer has it.
    async fn message(&self, page: &Credentials, mid: &Mid) -> Result<Option<Remembered>, Error>;

    /// A file Meta keeps, up to so many bytes. Only hosts of Meta's are ever asked.
    async fn download(&self, address: &str, most: u64) -> Result<Bytes, Missing>;

    /// The page's most recent conversations as Meta lists them, whichever app has them, the newest first.
    async fn recent(&self, page: &Credentials, limit: u32) -> Result<Vec<Glimpse>, Error>;

    /// Subscribes our app to the page's webhook. One unknown field makes Meta refuse them all.
    async fn subscribe(&self, page: &Credentials, fields: &[&str]) -> Result<(), Error>;

    /// Which apps hear the page's webhook, and which fields of it.
    async fn subscriptions(&self, page: &Credentials) -> Result<Vec<Subscription>, Error>;

    /// Ends our app's subscription to the page's webhook.
    async fn unsubscribe(&self, page: &Credentials) -> Result<(), Error>;

    /// What Meta thinks of the page's access token.
    async fn debug_token(&self, page: &Credentials) -> Result<TokenFacts, Error>;

    /// What a page is called and how it routes.
    async fn page(&self, page: &Credentials) -> Result<PageFacts, Error>;

    /// The threads of a page in which something was written since then, newest first.
    async fn threads_since(&self, page: &Credentials, since: Timestamp) -> Result<Vec<ThreadMark>, Error>;

    /// Whether Meta knows an app with this id and secret, and what it calls it.
    async fn app(&self, app: &AppKey) -> Result<AppFacts, Error>;

    /// Turns the code of Facebook's dialog into a token of the person who signed in. `redirect` must be the very address
    /// the dialog was opened with. A code counts once.
    async fn redeem_code(&self, app: &AppKey, code: &str, redirect: &str) -> Result<UserToken, Error>;

    /// Turns a token of an hour into one of about sixty days, whose page tokens do not end by the calendar.
    async fn lengthen(&self, app: &AppKey, user: &Secret) -> Result<UserToken, Error>;

    /// What the person granted in the dialog and what not.
    async fn grants(&self, app: &AppKey, user: &Secret) -> Result<Grants, Error>;

    /// The pages the person let us see, each with its token.
    async fn accounts(&self, app: &AppKey, user: &Secret) -> Result<Vec<Account>, Error>;
}
