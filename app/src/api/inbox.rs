//! The inbox's server functions.

use super::{Failure, ListQuery, Me, People, Reply};
#[cfg(feature = "ssr")]
use super::{answer, caller};
use crate::api::codec::Json;
use domain::conversation::evidence::ClosingNote;
use domain::view::{ControlView, Conversation, Inbox, Listing, Message, Thread};
use domain::{AppId, ConversationId, PersonId, TeamId, Timestamp};
use leptos::prelude::*;

/// Who is signed in.
#[server(prefix = "/rpc", endpoint = "me", input = Json, output = Json)]
pub async fn signed_in() -> Result<Me, Failure> {
    let caller = caller()?;
    answer(caller.desk.me(&caller.actor).await)
}

/// Whom conversations can be assigned to.
#[server(prefix = "/rpc", endpoint = "people", input = Json, output = Json)]
pub async fn assignable() -> Result<People, Failure> {
    let caller = caller()?;
    answer(caller.desk.people(&caller.actor).await)
}

/// The first page of a view with everything around it.
#[server(prefix = "/rpc", endpoint = "inbox", input = Json, output = Json)]
pub async fn load_inbox(query: ListQuery) -> Result<Inbox, Failure> {
    let caller = caller()?;
    answer(caller.desk.inbox(&caller.actor, query).await)
}

/// The next page of a view.
#[server(prefix = "/rpc", endpoint = "list", input = Json, output = Json)]
pub async fn list(query: ListQuery) -> Result<Listing<Conversation>, Failure> {
    let caller = caller()?;
    answer(caller.desk.list(&caller.actor, query).await)
}

/// A conversation with its newest messages.
#[server(prefix = "/rpc", endpoint = "thread", input = Json, output = Json)]
pub async fn load_thread(id: ConversationId) -> Result<Thread, Failure> {
    let caller = caller()?;
    answer(caller.desk.thread(&caller.actor, id).await)
}

/// The messages before those on screen, newest first.
#[server(prefix = "/rpc", endpoint = "earlier", input = Json, output = Json)]
pub async fn earlier(id: ConversationId, before: String) -> Result<Listing<Message>, Failure> {
    let caller = caller()?;
    answer(caller.desk.messages(&caller.actor, id, Some(before), 50).await)
}

/// Answers the customer. The first of the reply's messages; the others are told live.
#[server(prefix = "/rpc", endpoint = "reply", input = Json, output = Json)]
pub async fn send_reply(id: ConversationId, reply: Reply) -> Result<Message, Failure> {
    let caller = caller()?;
    answer(caller.desk.reply(&caller.actor, id, reply).await.map(|(message, _)| message))
}

/// Takes the thread from whoever has control and gives the conversation to the person who asks.
#[server(prefix = "/rpc", endpoint = "take-over", input = Json, output = Json)]
pub async fn take_over(id: ConversationId) -> Result<ControlView, Failure> {
    let caller = caller()?;
    answer(caller.desk.take_over(&caller.actor, id).await)
}

/// Gives control back; to an app by name where the page's mode needs it.
#[server(prefix = "/rpc", endpoint = "reset-control", input = Json, output = Json)]
pub async fn reset_control(id: ConversationId, to: Option<AppId>) -> Result<ControlView, Failure> {
    let caller = caller()?;
    answer(caller.desk.reset_control(&caller.actor, id, to).await)
}

/// Asks Meta who has control right now, and fetches messages we may have missed.
#[server(prefix = "/rpc", endpoint = "resync", input = Json, output = Json)]
pub async fn resync(id: ConversationId) -> Result<ControlView, Failure> {
    let caller = caller()?;
    answer(caller.desk.resync(&caller.actor, id).await)
}

/// Gives the conversation to a person, a team, or nobody.
#[server(prefix = "/rpc", endpoint = "assign", input = Json, output = Json)]
pub async fn assign(
    id: ConversationId,
    agent: Option<PersonId>,
    team: Option<TeamId>,
) -> Result<Conversation, Failure> {
    let caller = caller()?;
    answer(caller.desk.assign(&caller.actor, id, agent, team).await)
}

/// Takes the team's unread mark away.
#[server(prefix = "/rpc", endpoint = "mark-read", input = Json, output = Json)]
pub async fn mark_read(id: ConversationId) -> Result<Conversation, Failure> {
    let caller = caller()?;
    answer(caller.desk.mark_read(&caller.actor, id).await)
}

/// Puts the team's unread mark back.
#[server(prefix = "/rpc", endpoint = "mark-unread", input = Json, output = Json)]
pub async fn mark_unread(id: ConversationId) -> Result<Conversation, Failure> {
    let caller = caller()?;
    answer(caller.desk.mark_unread(&caller.actor, id).await)
}

/// Closes the conversation; the customer's next message opens it again.
#[server(prefix = "/rpc", endpoint = "close", input = Json, output = Json)]
pub async fn close(
    id: ConversationId,
    #[server(default)] note: ClosingNote,
) -> Result<Conversation, Failure> {
    let caller = caller()?;
    answer(caller.desk.close_noting(&caller.actor, id, note).await)
}

/// Opens a closed conversation.
#[server(prefix = "/rpc", endpoint = "reopen", input = Json, output = Json)]
pub async fn reopen(id: ConversationId) -> Result<Conversation, Failure> {
    let caller = caller()?;
    answer(caller.desk.reopen(&caller.actor, id).await)
}

/// Puts the conversation away until a time, or until the customer writes.
#[server(prefix = "/rpc", endpoint = "snooze", input = Json, output = Json)]
pub async fn snooze(id: ConversationId, until: Option<Timestamp>) -> Result<Conversation, Failure> {
    let caller = caller()?;
    answer(caller.desk.snooze(&caller.actor, id, until).await)
}

/// Remembers how far this person has looked.
#[server(prefix = "/rpc", endpoint = "seen", input = Json, output = Json)]
pub async fn seen(id: ConversationId) -> Result<(), Failure> {
    let caller = caller()?;
    answer(caller.desk.seen(&caller.actor, id).await)
}
