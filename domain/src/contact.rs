//! A customer, as one page knows them.

use crate::{ContactId, MediaId, PageId, Psid};
use serde::{Deserialize, Serialize};

/// Somebody who writes to a page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    pub id: ContactId,
    pub page: PageId,
    pub psid: Psid,
    /// As the team sees it: what somebody wrote, else what Meta tells. Nothing as long as nobody knows.
    pub name: Option<String>,
    /// As Meta tells it; nothing until the profile was asked for, or when Meta does not give it.
    pub told_name: Option<String>,
    /// Why Meta does not tell it, in words.
    pub profile_refused: Option<String>,
    /// Where Meta keeps the picture; the address expires.
    pub picture_url: Option<String>,
    /// Our copy of it.
    pub picture: Option<MediaId>,
}

/// The name to show when Meta gives none: enough to tell two strangers apart.
pub fn name_or_stand_in(name: Option<&str>, psid: &Psid) -> String {
    match name.map(str::trim).filter(|name| !name.is_empty()) {
        Some(name) => name.to_owned(),
        None => {
            let tail: String =
                psid.as_str().chars().rev().take(4).collect::<Vec<_>>().into_iter().rev().collect();
            format!("Messenger user {tail}")
        }
    }
}
