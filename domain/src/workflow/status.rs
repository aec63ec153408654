//! Whether a workflow runs.

use serde::{Deserialize, Serialize};

/// Whether it runs (WF-50). It becomes published from either of the others, and stopped only from published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Never published.
    Draft,
    /// Running now.
    Published,
    /// Was published, and has been stopped.
    Stopped,
}

impl Status {
    /// The word stored and spoken.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Published => "published",
            Self::Stopped => "stopped",
        }
    }

    /// Whether it can be published from here (WF-51).
    pub const fn may_publish(self) -> bool {
        !matches!(self, Self::Published)
    }

    /// Whether there is something to stop (WF-52).
    pub const fn may_stop(self) -> bool {
        matches!(self, Self::Published)
    }

    /// Whether trigger and steps can be changed (WF-27) and the workflow deleted (WF-40).
    pub const fn may_change(self) -> bool {
        !matches!(self, Self::Published)
    }
}
