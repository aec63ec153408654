//! Connecting pages, and how each is doing.

mod functions;

#[cfg(feature = "ssr")]
use super::Failure;
use domain::page::ledger::Ledger;
use domain::page::{Alarm, AppCheck, Checkup, Health, Permission, Quiet};
#[cfg(feature = "ssr")]
use domain::person::Actor;
use domain::routing::check::Mode;
use domain::view::Named;
use domain::{AppId, ConversationId, MessageId, PageId, Timestamp};
use serde::{Deserialize, Serialize};
#[cfg(feature = "ssr")]
use uuid::Uuid;

pub use functions::*;

/// All pages and the Meta apps that serve them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PagesOverview {
    pub pages: Vec<PageCard>,
    pub apps: Vec<MetaAppView>,
    /// The simulator's own page, where one plays customers; nothing when we speak to Meta.
    pub simulator: Option<String>,
    pub now: Timestamp,
}

/// A page at a glance.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PageCard {
    pub id: PageId,
    pub name: String,
    pub app: AppId,
    pub app_name: Option<String>,
    pub health: Health,
    /// What Meta said when it was last asked; nothing before the first time.
    pub checkup: Option<Checkup>,
    pub last_event_at: Option<Timestamp>,
    pub last_sent_at: Option<Timestamp>,
    pub quiet: Option<Quiet>,
    /// What is to be put right, the most pressing first.
    pub alarms: Vec<Alarm>,
    pub mode: Mode,
    /// Bots seen on it, the most recent first.
    pub bots: Vec<BotSeen>,
    /// Messages that wait to leave.
    pub waiting: i64,
    /// Of those: how many need somebody's consent.
    pub held: i64,
}

/// A bot that wrote on a page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BotSeen {
    pub app: AppId,
    pub name: String,
    pub last_at: Timestamp,
    /// Conversations it has control of now.
    pub holds: i64,
}

/// Everything about one page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PageDetail {
    pub card: PageCard,
    /// The last seven days.
    pub ledger: Ledger,
    pub waiting: Vec<WaitingMessage>,
    pub rhythm: RhythmView,
    pub now: Timestamp,
}

/// What was learned about how lively a page usually is.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct RhythmView {
    /// Since when the page was watched; nothing before the first hour.
    pub until: Option<Timestamp>,
    /// The share of stretches of ten minutes in which something usually comes at this hour, from 0 to 1.
    pub lively: f64,
    /// How often a silence as long as the present one happens by chance, from 0 to 1.
    pub chance: f64,
}

/// A message that waits to leave.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WaitingMessage {
    pub message: MessageId,
    pub conversation: ConversationId,
    pub customer: String,
    pub author: Option<String>,
    /// The first words.
    pub text: String,
    pub at: Timestamp,
    /// Whether it needs somebody's consent.
    pub held: bool,
}

/// A Meta app of ours. Its secrets never leave the server.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MetaAppView {
    pub id: AppId,
    pub name: Option<String>,
    /// The callback address for Meta's dashboard.
    pub callback: String,
    /// The address Facebook's dialog leads back to, to be allowed in Meta's dashboard.
    pub redirect: String,
    /// How many pages it serves.
    pub pages: usize,
}

/// A Meta app as somebody typed it.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewApp {
    pub id: AppId,
    /// Empty keeps the one that is stored.
    pub secret: String,
    /// Empty keeps the one that is stored, or makes one up.
    pub verify_token: String,
}

/// What became of an app that was to be stored.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SavedApp {
    pub check: AppCheck,
    /// Nothing when it was not stored.
    pub app: Option<MetaAppView>,
    /// A verify token we made up, to be copied now: it is not shown again.
    pub verify_token: Option<String>,
}

/// A page as somebody typed it.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PageValues {
    pub app: AppId,
    pub page: PageId,
    pub token: String,
}

impl std::fmt::Debug for NewApp {
    /// Without its secrets: what is printed ends up in logs.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NewApp").field("id", &self.id).finish_non_exhaustive()
    }
}

impl std::fmt::Debug for PageValues {
    /// Without its token: what is printed ends up in logs.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PageValues").field("app", &self.app).field("page", &self.page).finish_non_exhaustive()
    }
}

/// What Meta says about values that are not stored yet.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CheckedValues {
    pub name: Option<String>,
    pub checkup: Checkup,
    /// Whether the page may be stored.
    pub good: bool,
}

/// What a sign-in with Facebook brought.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LoginView {
    pub app: AppId,
    pub pages: Vec<LoginPage>,
    /// Permissions that were switched off in the dialog.
    pub declined: Vec<Permission>,
}

/// A page of a sign-in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LoginPage {
    pub id: PageId,
    pub name: String,
    pub state: LoginState,
}

/// Whether a page can be chosen, and why not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum LoginState {
    Ready,
    /// It works already; choosing it replaces the token.
    Connected,
    /// Known here and in need of another token.
    Lost,
    /// The person's role on the page lacks these tasks, in Meta's words.
    NotAllowed {
        missing: Vec<String>,
    },
    /// Known here, but not among what the person chose in the dialog, or no longer theirs.
    NotChosen,
    /// Facebook gave no token for it.
    NoToken,
}

/// What became of a chosen page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ChosenPage {
    pub id: PageId,
    pub name: String,
    /// What Meta says about it.
    pub checkup: Checkup,
    pub connected: bool,
}

/// A test by hand, step by step.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SelfTestView {
    pub conversation: Named<ConversationId>,
    pub started_at: Timestamp,
    pub accepted: StepState,
    pub echoed: StepState,
    pub answered: StepState,
}

/// How far a step of a test is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum StepState {
    /// A step before it is not done.
    Later,
    Waiting,
    Done {
        at: Timestamp,
    },
    /// `why` where Meta gave a reason; nothing when time ran out.
    Failed {
        why: Option<String>,
    },
}

/// The desk's side of it. Only managers and owners may, but for [`PagesDesk::managers`].
#[cfg(feature = "ssr")]
#[async_trait::async_trait]
pub trait PagesDesk: Send + Sync + 'static {
    /// The names of those who can put a page right, for everybody to know whom to ask.
    async fn managers(&self, actor: &Actor) -> Result<Vec<String>, Failure>;
    async fn pages(&self, actor: &Actor) -> Result<PagesOverview, Failure>;
    async fn page(&self, actor: &Actor, id: PageId) -> Result<PageDetail, Failure>;
    /// Stores a Meta app once Meta knows it; its secret is sealed and never shown again.
    async fn save_app(&self, actor: &Actor, new: NewApp) -> Result<SavedApp, Failure>;
    /// Asks Meta about a stored app.
    async fn check_app(&self, actor: &Actor, app: AppId) -> Result<AppCheck, Failure>;
    /// Asks Meta about values and stores nothing.
    async fn check_values(&self, actor: &Actor, values: PageValues) -> Result<CheckedValues, Failure>;
    /// Stores a page whose values are good, and subscribes it. A page that is there gets another token.
    async fn connect_page(&self, actor: &Actor, values: PageValues) -> Result<CheckedValues, Failure>;
    /// Asks Meta about a stored page; good news connects it again.
    async fn check_page(&self, actor: &Actor, id: PageId) -> Result<Checkup, Failure>;
    /// Subscribes a page to everything an inbox needs.
    async fn subscribe_page(&self, actor: &Actor, id: PageId) -> Result<Checkup, Failure>;
    /// Somebody has dealt with what Meta warned the page about.
    async fn settle_warning(&self, actor: &Actor, id: PageId) -> Result<(), Failure>;
    async fn pause_page(&self, actor: &Actor, id: PageId) -> Result<(), Failure>;
    async fn resume_page(&self, actor: &Actor, id: PageId) -> Result<(), Failure>;
    /// Unsubscribes, forgets the token, keeps the history.
    async fn disconnect_page(&self, actor: &Actor, id: PageId) -> Result<(), Failure>;
    /// Consents to one message that was kept back, or to all. Answers how many leave.
    async fn send_waiting(
        &self,
        actor: &Actor,
        id: PageId,
        message: Option<MessageId>,
    ) -> Result<u64, Failure>;
    /// A message that was kept back never leaves.
    async fn discard_waiting(&self, actor: &Actor, id: PageId, message: MessageId) -> Result<(), Failure>;
    /// Looks in Meta's history for what webhooks did not bring. Answers how many messages were found.
    async fn fill_page(&self, actor: &Actor, id: PageId) -> Result<i64, Failure>;
    /// What a sign-in with Facebook brought; only for whoever signed in, for a short while.
    async fn login(&self, actor: &Actor, login: Uuid) -> Result<LoginView, Failure>;
    /// Connects pages of a sign-in.
    async fn choose_pages(
        &self,
        actor: &Actor,
        login: Uuid,
        pages: Vec<PageId>,
    ) -> Result<Vec<ChosenPage>, Failure>;
    /// The conversations a test could be sent to: with an open window, and nobody else in control.
    async fn test_partners(&self, actor: &Actor, id: PageId) -> Result<Vec<Named<ConversationId>>, Failure>;
    async fn start_test(
        &self,
        actor: &Actor,
        id: PageId,
        conversation: ConversationId,
    ) -> Result<SelfTestView, Failure>;
    async fn self_test(&self, actor: &Actor, id: PageId) -> Result<Option<SelfTestView>, Failure>;
}
