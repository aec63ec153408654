//! What screens and programs see. These shapes are the REST contract and the live change at once.

use crate::apps::KnownApp;
use crate::conversation::control::OwnerKind;
use crate::conversation::message::{Attachment, Author, Delivery, Direction, Origin};
use crate::conversation::standing::Status;
use crate::conversation::window::Window;
use crate::page::{Alarm, Health};
use crate::writing::Note;
use crate::{AppId, ContactId, ConversationId, MessageId, Mid, PageId, PersonId, Psid, TeamId, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

/// A conversation as a row of the inbox, the head of a thread and the REST resource.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Conversation {
    pub id: ConversationId,
    pub page_id: PageId,
    pub page_name: String,
    pub psid: Psid,
    pub contact: ContactView,
    pub status: Status,
    /// While it is snoozed: when it comes back by itself. Nothing: when the customer writes.
    pub snoozed_until: Option<Timestamp>,
    /// It came back by itself, and nobody has dealt with it since.
    pub woken_at: Option<Timestamp>,
    pub unread: bool,
    pub labels: Vec<String>,
    pub control: ControlView,
    pub assignee: Option<Named<PersonId>>,
    pub team: Option<Named<TeamId>>,
    pub window: WindowView,
    pub last_message: Option<LastMessage>,
    /// When the thread goes back to the bot by itself (CR-19).
    pub reset_at: Option<Timestamp>,
    /// Another app wrote while we had control (CR-28).
    pub conflict_at: Option<Timestamp>,
    /// What the bot said when it handed over (CR-04).
    pub handed_over: Option<String>,
    /// A message of ours failed or its fate is unknown, and nobody has dealt with it.
    pub failed: bool,
    /// The time the list is ordered by: the last message, either way, or when it came back from a snooze.
    pub updated_at: Timestamp,
    /// Counts changes; a writer who read an older one is told so.
    pub version: i64,
}

crate::object!(Conversation {
    id,
    page_id,
    page_name,
    psid,
    contact,
    status,
    snoozed_until,
    woken_at,
    unread,
    labels,
    control,
    assignee,
    team,
    window,
    last_message,
    reset_at,
    conflict_at,
    handed_over,
    failed,
    updated_at,
    version
});

/// The customer in short.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ContactView {
    pub id: ContactId,
    /// The name to show; a stand-in when Meta gives none.
    pub name: String,
    /// Where a browser finds our copy of the picture.
    pub picture_url: Option<String>,
}

crate::object!(ContactView { id, name, picture_url });

/// Something with an id and a name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named<Id> {
    pub id: Id,
    pub name: String,
}

/// Who has control, in words for screens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ControlView {
    pub owner: OwnerKind,
    pub app_id: Option<AppId>,
    pub app_name: Option<String>,
    pub since: Timestamp,
    pub expires_at: Option<Timestamp>,
    pub proof: String,
    pub proved_at: Timestamp,
    /// A take-over or reset of ours that Meta has not answered yet.
    pub pending: Option<Pending>,
}

crate::object!(ControlView { owner, app_id, app_name, since, expires_at, proof, proved_at, pending });

/// Something we asked Meta to do with control.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pending {
    pub what: PendingKind,
    pub by: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PendingKind {
    TakingOver,
    Resetting,
}

/// What the window allows, as the contract words it. The raw deadlines let a screen count down by itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "FlatWindow")]
pub struct WindowView {
    pub state: WindowWord,
    pub expires_at: Option<Timestamp>,
    #[serde(flatten)]
    pub deadlines: Window,
}

/// As it is written. Reading it by `flatten` would need serde's second reader ([`wire`](crate::wire)).
#[derive(Deserialize)]
struct FlatWindow {
    state: WindowWord,
    expires_at: Option<Timestamp>,
    open_until: Option<Timestamp>,
    human_until: Option<Timestamp>,
}

impl From<FlatWindow> for WindowView {
    fn from(flat: FlatWindow) -> Self {
        let FlatWindow { state, expires_at, open_until, human_until } = flat;
        Self { state, expires_at, deadlines: Window { open_until, human_until } }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WindowWord {
    Open,
    HumanAgent,
    Closed,
}

impl WindowWord {
    /// The word in addresses: `open`, `human_agent`, `closed`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::HumanAgent => "human_agent",
            Self::Closed => "closed",
        }
    }
}

/// The newest message in short.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LastMessage {
    pub id: MessageId,
    pub author: Author,
    /// At most 140 characters; words such as "Photo" for what has no text.
    pub preview: String,
    pub at: Timestamp,
}

crate::object!(LastMessage { id, author, preview, at });

/// A message as a bubble and as the REST resource.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Message {
    pub id: MessageId,
    pub mid: Option<Mid>,
    pub conversation_id: ConversationId,
    pub at: Timestamp,
    pub direction: Direction,
    pub author: Author,
    pub text: Option<String>,
    pub attachments: Vec<Attachment>,
    pub origin: Origin,
    pub delivery: Delivery,
    /// The title of the button or quick reply the customer tapped.
    pub tapped: Option<String>,
    pub reply_to: Option<Mid>,
    pub edited: bool,
    pub deleted: bool,
    /// It came after messages that are newer.
    pub late: bool,
    /// What people react with: emoji by who.
    pub reaction: Option<String>,
}

crate::object!(Message {
    id, mid, conversation_id, at, direction, author, text, attachments, origin, delivery, tapped, reply_to,
    edited, deleted, reaction; late
});

/// One change of owner, with its proof: a line of the control timeline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ControlChange {
    /// The evidence's key; unique within the conversation.
    pub key: String,
    pub at: Timestamp,
    pub owner: OwnerKind,
    pub app_id: Option<AppId>,
    pub app_name: Option<String>,
    pub proof: String,
    /// The person of our team who caused it.
    pub by: Option<String>,
    pub metadata: Option<String>,
}

crate::object!(ControlChange { key, at, owner, app_id, app_name, proof, by, metadata });

/// Something that happened in a thread besides messages and control: a line between them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Activity {
    pub id: Uuid,
    pub at: Timestamp,
    /// A stable word: `assigned`, `closed`, `referral`, …
    pub act: String,
    /// The person or program of ours who did it; nobody for what the customer or an app did.
    pub by: Option<String>,
    pub detail: Value,
}

crate::object!(Activity { id, at, act, by, detail });

/// Somebody of the team who is at a conversation right now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Colleague {
    pub id: PersonId,
    pub name: String,
    pub typing: bool,
}

/// The lists of the inbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum View {
    Mine,
    Unassigned,
    Open,
    WithBot,
    Closed,
    Snoozed,
    All,
}

impl View {
    /// The views the inbox offers, in this order.
    pub const SHOWN: [Self; 6] =
        [Self::Mine, Self::Unassigned, Self::Open, Self::WithBot, Self::Snoozed, Self::Closed];

    /// The word in addresses: `mine`, `unassigned`, `open`, `with_bot`, `closed`, `snoozed`, `all`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Mine => "mine",
            Self::Unassigned => "unassigned",
            Self::Open => "open",
            Self::WithBot => "with_bot",
            Self::Closed => "closed",
            Self::Snoozed => "snoozed",
            Self::All => "all",
        }
    }

    /// Whether a conversation belongs in this list for this person. The database asks the same in SQL; a test
    /// compares both.
    pub fn holds(self, facts: &Facts, me: Option<PersonId>) -> bool {
        let open = facts.status == Status::Open;
        let bot = facts.owner == OwnerKind::Bot;
        match self {
            Self::Mine => open && me.is_some() && facts.assignee == me,
            Self::Unassigned => open && !bot && facts.assignee.is_none(),
            Self::Open => open,
            Self::WithBot => open && bot,
            Self::Closed => facts.status == Status::Closed,
            Self::Snoozed => facts.status == Status::Snoozed,
            Self::All => true,
        }
    }
}

impl std::str::FromStr for View {
    type Err = UnknownView;
    fn from_str(text: &str) -> Result<Self, UnknownView> {
        [Self::Mine, Self::Unassigned, Self::Open, Self::WithBot, Self::Closed, Self::Snoozed, Self::All]
            .into_iter()
            .find(|view| view.as_str() == text)
            .ok_or(UnknownView)
    }
}

/// The text names no view.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a view is mine, unassigned, open, with_bot, closed, snoozed or all")]
pub struct UnknownView;

/// What decides in which lists a conversation is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Facts {
    pub status: Status,
    pub owner: OwnerKind,
    pub assignee: Option<PersonId>,
    pub team: Option<TeamId>,
    pub unread: bool,
}

crate::object!(Facts { status, owner, assignee, team, unread });

impl Conversation {
    /// What decides in which lists it is.
    pub fn facts(&self) -> Facts {
        Facts {
            status: self.status,
            owner: self.control.owner,
            assignee: self.assignee.as_ref().map(|person| person.id),
            team: self.team.as_ref().map(|team| team.id),
            unread: self.unread,
        }
    }
}

/// How many conversations a list holds, and how many of them are unread.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Count {
    pub all: i64,
    pub unread: i64,
}

/// The numbers beside the views.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counters {
    pub mine: Count,
    pub unassigned: Count,
    pub open: Count,
    pub with_bot: Count,
    pub snoozed: Count,
    pub closed: Count,
}

impl Counters {
    /// The number beside one view; views without a number have none.
    pub fn of(&mut self, view: View) -> Option<&mut Count> {
        match view {
            View::Mine => Some(&mut self.mine),
            View::Unassigned => Some(&mut self.unassigned),
            View::Open => Some(&mut self.open),
            View::WithBot => Some(&mut self.with_bot),
            View::Snoozed => Some(&mut self.snoozed),
            View::Closed => Some(&mut self.closed),
            View::All => None,
        }
    }

    /// How many unread conversations wait for this person: their own and nobody's. Colleagues' and bots' do not count
    /// (CR-03).
    pub fn waiting(&self) -> i64 {
        self.mine.unread + self.unassigned.unread
    }

    /// Follows one conversation from what it was (nothing, when it is new) to what it is.
    pub fn apply(&mut self, was: Option<&Facts>, is: &Facts, me: Option<PersonId>) {
        if let Some(was) = was {
            self.add(was, -1, me);
        }
        self.add(is, 1, me);
    }

    /// Counts so many conversations alike, or takes them away again.
    pub fn add(&mut self, facts: &Facts, conversations: i64, me: Option<PersonId>) {
        for view in View::SHOWN.into_iter().filter(|view| view.holds(facts, me)) {
            if let Some(count) = self.of(view) {
                count.all += conversations;
                count.unread += if facts.unread { conversations } else { 0 };
            }
        }
    }
}

/// A page of a list. `as_of`: the number of the last live change it contains.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Listing<T> {
    pub items: Vec<T>,
    pub next_cursor: Option<String>,
    pub as_of: i64,
}

/// All the inbox needs on load.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Inbox {
    pub conversations: Listing<Conversation>,
    pub counters: Counters,
    pub pages: Vec<PageView>,
    /// How the team shows the apps beside us, by name.
    pub apps: Vec<KnownApp>,
}

/// A page as everybody of the team sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PageView {
    pub id: PageId,
    pub name: String,
    pub health: Health,
    /// What a manager should put right, the most pressing first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub alarms: Vec<Alarm>,
}

crate::object!(PageView { id, name, health; alarms });

/// All a thread needs on load. Messages come oldest first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Thread {
    pub conversation: Conversation,
    pub messages: Vec<Message>,
    /// Asks for the messages before these.
    pub earlier: Option<String>,
    pub control: Vec<ControlChange>,
    /// What else happened, newest first.
    #[serde(default)]
    pub activity: Vec<Activity>,
    /// Until when the reader had seen this thread before it was opened now.
    #[serde(default)]
    pub seen: Option<Timestamp>,
    /// What the team wrote beside it, oldest first.
    pub notes: Vec<Note>,
    pub as_of: i64,
    /// The server's clock, so that countdowns do not depend on the browser's.
    pub now: Timestamp,
}
