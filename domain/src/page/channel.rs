//! Through what kind of service customers write to a page, and whether a workflow can be tried there.

use super::Health;
use serde::{Deserialize, Serialize};

/// A kind of channel. We connect pages of Messenger and those of the simulator; the others are known by what they lack.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    #[default]
    Messenger,
    Simulator,
    WeChat,
    Custom,
}

/// Why a workflow cannot be tested on a page.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Untestable {
    #[error("This kind of channel has no chat link, so nothing can be tested on it.")]
    NoChatLink,
    #[error("{by} paused sending.")]
    Paused { by: String },
    #[error("Its connection is lost: {reason}")]
    Disconnected { reason: String },
    #[error("{by} disconnected it.")]
    Removed { by: String },
}

impl Channel {
    /// Whether a link opens a chat with a text in it: that is how a test begins (WF-18, B-14).
    pub const fn has_chat_link(self) -> bool {
        match self {
            Self::Messenger | Self::Simulator => true,
            Self::WeChat | Self::Custom => false,
        }
    }

    /// Whether a workflow can be tested on a page of this kind in this state.
    pub fn testable(self, health: &Health) -> Result<(), Untestable> {
        if !self.has_chat_link() {
            return Err(Untestable::NoChatLink);
        }
        match health {
            Health::Connected => Ok(()),
            Health::Paused { by, .. } => Err(Untestable::Paused { by: by.clone() }),
            Health::Disconnected { reason, .. } => Err(Untestable::Disconnected { reason: reason.clone() }),
            Health::Removed { by, .. } => Err(Untestable::Removed { by: by.clone() }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Timestamp;

    #[test]
    fn a_test_needs_a_chat_link_and_a_page_that_sends() {
        let since = Timestamp(0);
        for channel in [Channel::Messenger, Channel::Simulator] {
            assert_eq!(channel.testable(&Health::Connected), Ok(()));
        }
        for channel in [Channel::WeChat, Channel::Custom] {
            assert_eq!(channel.testable(&Health::Connected), Err(Untestable::NoChatLink));
        }
        let by = "Ann".to_owned();
        for health in [
            Health::Paused { since, by: by.clone() },
            Health::Disconnected { since, reason: "The token expired.".into() },
            Health::Removed { since, by },
        ] {
            assert!(Channel::Messenger.testable(&health).is_err(), "{health:?}");
        }
    }
}
