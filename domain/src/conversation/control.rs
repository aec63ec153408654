//! Who controls a thread, since when, and how we know.

use crate::{AppId, MINUTE, Timestamp};
use serde::{Deserialize, Serialize};

/// The app that may answer in a thread right now (CR-01).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "owner", content = "app", rename_all = "snake_case")]
pub enum Owner {
    /// Our inbox.
    Ours,
    /// Another app; the page's bot, as a rule.
    Bot(AppId),
    /// People in Meta Business Suite.
    PageInbox,
    /// Nobody. The routing rule decides who gets the customer's next message.
    Idle,
    /// Not known yet; Meta has to be asked.
    #[default]
    Unknown,
}

impl Owner {
    /// The owner that an app id of Meta's stands for.
    pub fn of(app: &AppId, ours: &AppId) -> Self {
        if app == ours {
            Self::Ours
        } else if app.is_page_inbox() {
            Self::PageInbox
        } else {
            Self::Bot(app.clone())
        }
    }

    /// Which of the five it is, without the app.
    pub fn kind(&self) -> OwnerKind {
        match self {
            Self::Ours => OwnerKind::Ours,
            Self::Bot(_) => OwnerKind::Bot,
            Self::PageInbox => OwnerKind::PageInbox,
            Self::Idle => OwnerKind::Idle,
            Self::Unknown => OwnerKind::Unknown,
        }
    }

    /// The other app's id, when a bot holds the thread.
    pub fn app(&self) -> Option<&AppId> {
        match self {
            Self::Bot(app) => Some(app),
            Self::Ours | Self::PageInbox | Self::Idle | Self::Unknown => None,
        }
    }

    /// Whether an automatic message of ours may leave: we have control, or provably nobody has (CR-02).
    pub fn is_free_for_us(&self) -> bool {
        matches!(self, Self::Ours | Self::Idle)
    }

    /// Whether somebody else would be interrupted by a message of ours.
    pub fn is_other(&self) -> bool {
        matches!(self, Self::Bot(_) | Self::PageInbox)
    }
}

/// The five owners as one word each, as stored, filtered and shown in `data-control`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OwnerKind {
    Ours,
    Bot,
    PageInbox,
    Idle,
    Unknown,
}

impl OwnerKind {
    pub const ALL: [Self; 5] = [Self::Ours, Self::Bot, Self::PageInbox, Self::Idle, Self::Unknown];

    /// The word: `ours`, `bot`, `page_inbox`, `idle`, `unknown`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ours => "ours",
            Self::Bot => "bot",
            Self::PageInbox => "page_inbox",
            Self::Idle => "idle",
            Self::Unknown => "unknown",
        }
    }
}

/// What showed us who controls the thread.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Proof {
    /// Nothing yet.
    #[default]
    None,
    /// Meta answered our question.
    MetaAnswered,
    /// Meta accepted our take-over.
    TakenByUs,
    /// Meta accepted that we give the thread back, asked for by a person.
    ResetByUs,
    /// Meta accepted that we give the thread back, 24 h after our last message (CR-19).
    ResetAutomatically,
    /// An app passed the thread on.
    Passed,
    /// An app took the thread.
    Taken,
    /// Another app's message went out.
    OtherAppWrote,
    /// A message of ours was accepted.
    OurMessageAccepted,
    /// The customer's message was addressed to us.
    AddressedToUs,
    /// The customer's message went to another app.
    AddressedToOther,
    /// Meta refused our message because another app holds the thread.
    RefusedNotOwner,
    /// The time Meta granted has run out.
    Expired,
}

impl Proof {
    /// The word stored and sent to programs.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::MetaAnswered => "meta_answered",
            Self::TakenByUs => "taken_by_us",
            Self::ResetByUs => "reset_by_us",
            Self::ResetAutomatically => "reset_automatically",
            Self::Passed => "passed",
            Self::Taken => "taken",
            Self::OtherAppWrote => "other_app_wrote",
            Self::OurMessageAccepted => "our_message_accepted",
            Self::AddressedToUs => "addressed_to_us",
            Self::AddressedToOther => "addressed_to_other",
            Self::RefusedNotOwner => "refused_not_owner",
            Self::Expired => "expired",
        }
    }
}

/// How long a proof of control is believed when somebody writes, in milliseconds. Webhooks tell of every change; this
/// is for the ones that never came.
pub const PROOF_GOOD_FOR: i64 = 15 * MINUTE;

/// Who controls the thread, with the proof.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Control {
    #[serde(flatten)]
    pub owner: Owner,
    /// When this owner began.
    pub since: Timestamp,
    /// When Meta ends it by itself, where Meta said so.
    pub expires_at: Option<Timestamp>,
    pub proof: Proof,
    /// When the newest proof of this owner was given.
    pub proved_at: Timestamp,
}

impl Control {
    /// Whether Meta is asked who has control before something is written: nobody knows, or the proof that it would be
    /// ours is old. Where another app has control, taking over asks by itself.
    pub fn is_asked_before_writing(&self, now: Timestamp) -> bool {
        match self.owner {
            Owner::Unknown => true,
            Owner::Ours | Owner::Idle => now - self.proved_at > PROOF_GOOD_FOR,
            Owner::Bot(_) | Owner::PageInbox => false,
        }
    }
}
