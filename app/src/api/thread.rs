//! What a thread shows besides its messages: files, markers, who else is looking.

use super::Failure;
#[cfg(feature = "ssr")]
use super::{answer, caller};
use crate::api::codec::Json;
#[cfg(feature = "ssr")]
use domain::person::Actor;
use domain::view::{Colleague, Listing, Message};
use domain::{ConversationId, MediaId, MessageId, Timestamp};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// What somebody is doing at a conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Doing {
    Looking,
    Typing,
    /// They went away.
    Left,
}

/// A message in which a text was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    pub id: MessageId,
    pub at: Timestamp,
}

/// What a message said at a time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wording {
    pub at: Timestamp,
    pub text: String,
}

/// A message without its dress, for managers. JSON, laid out for reading.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Original {
    /// As Meta sent it; nothing once the webhook is no longer kept.
    pub sent: Option<String>,
    pub kept: String,
}

/// What is gone for good once a conversation is deleted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holding {
    pub messages: i64,
    pub files: i64,
    pub notes: i64,
    /// Contact fields with a value.
    pub fields: i64,
    pub runs: i64,
    /// Messages that have not left yet, and never will.
    pub waiting: i64,
}

/// The desk's side of it.
#[cfg(feature = "ssr")]
#[async_trait::async_trait]
pub trait ThreadDesk: Send + Sync + 'static {
    /// Has a file that was given up fetched once more.
    async fn fetch_again(&self, actor: &Actor, media: MediaId) -> Result<(), Failure>;
    /// Where a text stands in a thread, newest first.
    async fn search_thread(
        &self,
        actor: &Actor,
        id: ConversationId,
        text: &str,
    ) -> Result<Vec<Found>, Failure>;
    /// All messages from one up to the oldest shown (its time and id), newest first.
    async fn back_to(
        &self,
        actor: &Actor,
        id: ConversationId,
        message: MessageId,
        shown: (Timestamp, MessageId),
    ) -> Result<Listing<Message>, Failure>;
    /// What a message said, the original first.
    async fn wordings(&self, actor: &Actor, message: MessageId) -> Result<Vec<Wording>, Failure>;
    /// Notes what the person who asks is doing here, and answers which colleagues are here.
    async fn here(&self, actor: &Actor, id: ConversationId, doing: Doing) -> Result<Vec<Colleague>, Failure>;
    /// A message as Meta sent it; for managers.
    async fn original(&self, actor: &Actor, message: MessageId) -> Result<Original, Failure>;
    /// What deleting a conversation would take away; for whoever may delete.
    async fn holding(&self, actor: &Actor, id: ConversationId) -> Result<Holding, Failure>;
    /// Deletes a conversation with everything known about its contact, for good.
    async fn delete_conversation(&self, actor: &Actor, id: ConversationId) -> Result<(), Failure>;
}

/// Has a file that was given up fetched once more.
#[server(prefix = "/rpc", endpoint = "fetch-again", input = Json, output = Json)]
pub async fn fetch_again(media: MediaId) -> Result<(), Failure> {
    let caller = caller()?;
    answer(caller.desk.fetch_again(&caller.actor, media).await)
}

/// Where a text stands in a thread, newest first.
#[server(prefix = "/rpc", endpoint = "search-thread", input = Json, output = Json)]
pub async fn search_thread(id: ConversationId, text: String) -> Result<Vec<Found>, Failure> {
    let caller = caller()?;
    answer(caller.desk.search_thread(&caller.actor, id, &text).await)
}

/// All messages from one up to the oldest shown, newest first.
#[server(prefix = "/rpc", endpoint = "back-to", input = Json, output = Json)]
pub async fn back_to(
    id: ConversationId,
    message: MessageId,
    shown: (Timestamp, MessageId),
) -> Result<Listing<Message>, Failure> {
    let caller = caller()?;
    answer(caller.desk.back_to(&caller.actor, id, message, shown).await)
}

/// What a message said, the original first.
#[server(prefix = "/rpc", endpoint = "wordings", input = Json, output = Json)]
pub async fn wordings(message: MessageId) -> Result<Vec<Wording>, Failure> {
    let caller = caller()?;
    answer(caller.desk.wordings(&caller.actor, message).await)
}

/// I am here, and this is what I do. Which colleagues are here.
#[server(prefix = "/rpc", endpoint = "here", input = Json, output = Json)]
pub async fn here(id: ConversationId, doing: Doing) -> Result<Vec<Colleague>, Failure> {
    let caller = caller()?;
    answer(caller.desk.here(&caller.actor, id, doing).await)
}

/// A message as Meta sent it; for managers.
#[server(prefix = "/rpc", endpoint = "original", input = Json, output = Json)]
pub async fn show_original(message: MessageId) -> Result<Original, Failure> {
    let caller = caller()?;
    answer(caller.desk.original(&caller.actor, message).await)
}

/// What deleting a conversation would take away.
#[server(prefix = "/rpc", endpoint = "holding", input = Json, output = Json)]
pub async fn load_holding(id: ConversationId) -> Result<Holding, Failure> {
    let caller = caller()?;
    answer(caller.desk.holding(&caller.actor, id).await)
}

/// Deletes a conversation with everything known about its contact, for good.
#[server(prefix = "/rpc", endpoint = "delete-conversation", input = Json, output = Json)]
pub async fn delete_conversation(id: ConversationId) -> Result<(), Failure> {
    let caller = caller()?;
    answer(caller.desk.delete_conversation(&caller.actor, id).await)
}
