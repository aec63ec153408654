//! What the page is opened with. The server loads it all at once, so that the first picture is complete.

use super::place::Spot;
use crate::api::{self, Failure, Me, People};
use domain::view::{Inbox, Thread};
use domain::wire;
use domain::writing::{Draft, Notification};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

/// Everything the first picture needs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Opening {
    pub me: Result<Me, Failure>,
    pub people: Result<People, Failure>,
    pub inbox: Result<Inbox, Failure>,
    /// Only the server loads it with the rest.
    pub thread: Option<Result<Later<Thread>, Failure>>,
    /// None when they could not be had; the browser asks again.
    pub drafts: Vec<Draft>,
    pub notifications: Vec<Notification>,
}

/// Something whose reader comes with a later part of the module: until then the browser keeps the JSON.
#[derive(Clone, Debug, PartialEq)]
pub enum Later<T> {
    #[cfg_attr(not(feature = "ssr"), expect(dead_code, reason = "only the server has it at once"))]
    Here(T),
    Written(Value),
}

impl<T: DeserializeOwned> Later<T> {
    /// It, now that its reader is here; nothing when the JSON is of another shape.
    pub fn read(self) -> Option<T> {
        match self {
            Self::Here(it) => Some(it),
            Self::Written(json) => wire::read_value(&json).ok(),
        }
    }
}

impl<T: Serialize> Serialize for Later<T> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Here(it) => it.serialize(to),
            Self::Written(json) => json.serialize(to),
        }
    }
}

impl<'de, T> Deserialize<'de> for Later<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Value::deserialize(from).map(Self::Written)
    }
}

/// Loads what a spot needs.
pub async fn open(spot: Spot) -> Opening {
    let me = api::signed_in().await;
    let people = api::assignable().await;
    let inbox = api::load_inbox(spot.list_query()).await;
    #[cfg(feature = "ssr")]
    let thread = match spot.conversation {
        Some(id) => Some(api::load_thread(id).await.map(Later::Here)),
        None => None,
    };
    #[cfg(not(feature = "ssr"))]
    let thread = None;
    let drafts = api::drafts().await.unwrap_or_default();
    let notifications = api::notifications().await.unwrap_or_default();
    Opening { me, people, inbox, thread, drafts, notifications }
}
