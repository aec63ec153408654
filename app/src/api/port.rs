//! The server's side of the wire.

use super::contacts::ContactsDesk;
use super::pages::PagesDesk;
use super::preferences::PreferencesDesk;
use super::routing::RoutingDesk;
use super::runs::RunsDesk;
use super::team::TeamDesk;
use super::thread::ThreadDesk;
use super::workflows::WorkflowsDesk;
use super::writing::WritingDesk;
use super::{Failure, ListQuery, Me, People, Reply};
use domain::conversation::evidence::ClosingNote;
use domain::person::Actor;
use domain::view::{ControlChange, ControlView, Conversation, Counters, Inbox, Listing, Message, Thread};
use domain::{AppId, ConversationId, PersonId, TeamId, Timestamp};
use std::sync::Arc;

/// What screens and programs ask of the server, by subject. Every method checks what the actor may do.
pub trait Desk:
    ConversationsDesk
    + TeamDesk
    + PagesDesk
    + RoutingDesk
    + ThreadDesk
    + WritingDesk
    + PreferencesDesk
    + WorkflowsDesk
    + RunsDesk
    + ContactsDesk
{
}

impl<T> Desk for T where
    T: ConversationsDesk
        + TeamDesk
        + PagesDesk
        + RoutingDesk
        + ThreadDesk
        + WritingDesk
        + PreferencesDesk
        + WorkflowsDesk
        + RunsDesk
        + ContactsDesk
{
}

/// Lists of conversations, and what is done with one.
#[async_trait::async_trait]
pub trait ConversationsDesk: Send + Sync + 'static {
    async fn me(&self, actor: &Actor) -> Result<Me, Failure>;
    async fn people(&self, actor: &Actor) -> Result<People, Failure>;
    /// The first page of a view with everything around it.
    async fn inbox(&self, actor: &Actor, query: ListQuery) -> Result<Inbox, Failure>;
    async fn list(&self, actor: &Actor, query: ListQuery) -> Result<Listing<Conversation>, Failure>;
    /// The same, to be taken out of the product as a file.
    async fn export(&self, actor: &Actor, query: ListQuery) -> Result<Listing<Conversation>, Failure>;
    async fn counters(&self, actor: &Actor) -> Result<Counters, Failure>;
    async fn conversation(&self, actor: &Actor, id: ConversationId) -> Result<Conversation, Failure>;
    async fn thread(&self, actor: &Actor, id: ConversationId) -> Result<Thread, Failure>;
    /// Newest first; `before` is the cursor of the page after.
    async fn messages(
        &self,
        actor: &Actor,
        id: ConversationId,
        before: Option<String>,
        limit: u32,
    ) -> Result<Listing<Message>, Failure>;
    /// Every change of owner, newest first.
    async fn control(&self, actor: &Actor, id: ConversationId) -> Result<Listing<ControlChange>, Failure>;
    /// The message, and whether it is new (`false`: this id was sent before).
    async fn reply(
        &self,
        actor: &Actor,
        id: ConversationId,
        reply: Reply,
    ) -> Result<(Message, bool), Failure>;
    async fn take_over(&self, actor: &Actor, id: ConversationId) -> Result<ControlView, Failure>;
    async fn reset_control(
        &self,
        actor: &Actor,
        id: ConversationId,
        to: Option<AppId>,
    ) -> Result<ControlView, Failure>;
    async fn resync(&self, actor: &Actor, id: ConversationId) -> Result<ControlView, Failure>;
    async fn assign(
        &self,
        actor: &Actor,
        id: ConversationId,
        agent: Option<PersonId>,
        team: Option<TeamId>,
    ) -> Result<Conversation, Failure>;
    async fn mark_read(&self, actor: &Actor, id: ConversationId) -> Result<Conversation, Failure>;
    async fn mark_unread(&self, actor: &Actor, id: ConversationId) -> Result<Conversation, Failure>;
    async fn close(&self, actor: &Actor, id: ConversationId) -> Result<Conversation, Failure>;
    /// The same with what it was about, for workflows and reports.
    async fn close_noting(
        &self,
        actor: &Actor,
        id: ConversationId,
        note: ClosingNote,
    ) -> Result<Conversation, Failure>;
    async fn reopen(&self, actor: &Actor, id: ConversationId) -> Result<Conversation, Failure>;
    /// Puts the conversation away until a time, or until the customer writes.
    async fn snooze(
        &self,
        actor: &Actor,
        id: ConversationId,
        until: Option<Timestamp>,
    ) -> Result<Conversation, Failure>;
    /// Remembers how far this person has looked; the team's unread mark stays (B-18).
    async fn seen(&self, actor: &Actor, id: ConversationId) -> Result<(), Failure>;
}

/// Who asks, and the desk to ask. `server` provides it once per request; without it nobody is signed in.
#[derive(Clone)]
pub struct Caller {
    pub actor: Actor,
    pub desk: Arc<dyn Desk>,
    /// The session it comes from, for people.
    pub session: Option<String>,
}

/// Who asks.
pub(crate) fn caller() -> Result<Caller, Failure> {
    match leptos::prelude::use_context::<Caller>() {
        Some(caller) => Ok(caller),
        None => answer(Err(Failure::SignedOut)),
    }
}

/// Gives the response the status its failure deserves; without it every failure travels as a 500.
pub(crate) fn answer<T>(result: Result<T, Failure>) -> Result<T, Failure> {
    if let (Err(failure), Some(response)) =
        (&result, leptos::prelude::use_context::<leptos_axum::ResponseOptions>())
    {
        response.set_status(failure.status());
    }
    result
}
