//! A Facebook page and whether we can work for it.

mod alarm;
mod channel;
mod checkup;
pub mod ledger;
pub mod rhythm;

pub use alarm::{Alarm, PolicyWarning};
pub use channel::{Channel, Untestable};
pub use checkup::{
    AppCheck, Checkup, ENDS_SOON, Level, Mode, Permission, PermissionCheck, Subject, SubscriptionCheck,
    TokenCheck,
};

use crate::{AppId, ConversationId, MessageId, PageId, Timestamp};
use serde::{Deserialize, Serialize};

/// A page that customers write to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page {
    pub id: PageId,
    pub name: String,
    /// The Meta app of ours that serves this page.
    pub app: AppId,
    pub health: Health,
}

/// Whether messages of a page can leave.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Health {
    Connected,
    /// A manager holds back what the team writes; it leaves when sending goes on.
    Paused {
        since: Timestamp,
        by: String,
    },
    /// Meta no longer accepts our token or restricts the page: its sends wait until somebody reconnects it.
    Disconnected {
        since: Timestamp,
        reason: String,
    },
    /// A manager disconnected it: its history stays, nothing comes or goes, and it can be connected again.
    Removed {
        since: Timestamp,
        by: String,
    },
}

crate::tagged!(Health by "state" {
    "connected" => Connected,
    "paused" => Paused { since, by },
    "disconnected" => Disconnected { since, reason },
    "removed" => Removed { since, by },
});

impl Health {
    /// Whether messages leave now.
    pub const fn sends(&self) -> bool {
        matches!(self, Self::Connected)
    }

    /// Whether a manager has ended the connection: nothing may be written at all.
    pub const fn is_removed(&self) -> bool {
        matches!(self, Self::Removed { .. })
    }

    /// Since when it does not send; nothing while it does.
    pub const fn since(&self) -> Option<Timestamp> {
        match self {
            Self::Connected => None,
            Self::Paused { since, .. } | Self::Disconnected { since, .. } | Self::Removed { since, .. } => {
                Some(*since)
            }
        }
    }

    /// What follows when Meta says that the page cannot send (`lost`: why not), or that it can again. What a manager
    /// ended stays ended, and a pause outlasts good news.
    #[must_use]
    pub fn after_news(&self, lost: Option<String>, now: Timestamp) -> Self {
        match (self, lost) {
            (Self::Removed { .. }, _) => self.clone(),
            (Self::Disconnected { since, .. }, Some(reason)) => Self::Disconnected { since: *since, reason },
            (Self::Connected | Self::Paused { .. }, Some(reason)) => {
                Self::Disconnected { since: now, reason }
            }
            (Self::Paused { .. }, None) => self.clone(),
            (Self::Connected | Self::Disconnected { .. }, None) => Self::Connected,
        }
    }
}

/// A silence that somebody should look at, and what Meta said when it was asked about it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Quiet {
    pub silence: rhythm::Silence,
    /// When the alarm went off.
    pub rang_at: Timestamp,
    pub answer: QuietAnswer,
}

/// What Meta's own history says about a silence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "answer", rename_all = "snake_case")]
pub enum QuietAnswer {
    /// Nobody wrote: it is only quiet.
    NothingNewer,
    /// Customers wrote and we were not told: so many messages were fetched.
    Missed {
        messages: i64,
    },
    Unreachable,
}

/// A message somebody of the team sends to themselves to see that everything works.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SelfTest {
    pub conversation: ConversationId,
    pub message: MessageId,
    pub started_at: Timestamp,
    pub by: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    const T: Timestamp = Timestamp(1_795_219_200_000);

    #[test]
    fn what_a_manager_decided_outlasts_news_from_meta() {
        let removed = Health::Removed { since: T, by: "Ann".into() };
        assert_eq!(removed.after_news(None, T + 1), removed);
        assert_eq!(removed.after_news(Some("expired".into()), T + 1), removed);
        let paused = Health::Paused { since: T, by: "Ann".into() };
        assert_eq!(paused.after_news(None, T + 1), paused);
    }

    #[test]
    fn a_page_that_stays_lost_keeps_the_moment_it_was_lost() {
        let lost = Health::Connected.after_news(Some("expired".into()), T);
        let still = lost.after_news(Some("restricted".into()), T + 5);
        assert_eq!(still, Health::Disconnected { since: T, reason: "restricted".into() });
        assert_eq!(still.after_news(None, T + 9), Health::Connected);
    }
}
