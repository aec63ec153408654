//! What the page is opened with. The server loads it all at once, so that the first picture is complete.

use super::place::Spot;
use crate::api::{self, Failure, Me, People};
use domain::view::{Inbox, Thread};
use serde::{Deserialize, Serialize};

/// Everything the first picture needs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Opening {
    pub me: Result<Me, Failure>,
    pub people: Result<People, Failure>,
    pub inbox: Result<Inbox, Failure>,
    pub thread: Option<Result<Thread, Failure>>,
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
    Opening { me, people, inbox, thread }
}
