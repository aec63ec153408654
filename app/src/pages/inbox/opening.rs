//! What the page is opened with. The server loads it all at once, so that the first picture is complete.

use super::place::Spot;
use crate::api::{self, Failure, Me, People};
use domain::view::{Inbox, Thread};
use domain::writing::{Draft, Notification};
use serde::{Deserialize, Serialize};

/// Everything the first picture needs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Opening {
    pub me: Result<Me, Failure>,
    pub people: Result<People, Failure>,
    pub inbox: Result<Inbox, Failure>,
    pub thread: Option<Result<Thread, Failure>>,
    /// None when they could not be had; the browser asks again.
    pub drafts: Vec<Draft>,
    pub notifications: Vec<Notification>,
}

/// Loads what a spot needs.
pub async fn open(spot: Spot) -> Opening {
    let me = api::signed_in().await;
    let people = api::assignable().await;
    let inbox = api::load_inbox(spot.list_query()).await;
    let thread = match spot.conversation {
        Some(id) => Some(api::load_thread(id).await),
        None => None,
    };
    let drafts = api::drafts().await.unwrap_or_default();
    let notifications = api::notifications().await.unwrap_or_default();
    Opening { me, people, inbox, thread, drafts, notifications }
}
