//! A Facebook page and whether we can work for it.

use crate::{AppId, PageId, Timestamp};
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
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Health {
    Connected,
    /// Meta no longer accepts our token or restricts the page: its sends wait until somebody reconnects it.
    Disconnected {
        since: Timestamp,
        reason: String,
    },
}
