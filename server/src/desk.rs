//! The use cases: load, decide with `domain`, save, announce, in one transaction each. Every one of them checks here what
//! the actor may do, for screens, programs and workflows alike.
//!
//! To add one: a file beside these, a method on [`app::api::Desk`], its line below.

pub mod amend;
pub mod contacts;
pub mod control;
pub mod due;
mod erase;
mod handover;
pub mod history;
pub mod intention;
pub mod mark;
pub mod media;
pub mod pages;
pub mod preferences;
pub mod preview;
pub mod profile;
pub mod read;
pub mod receive;
pub mod reply;
pub mod routing;
pub mod send;
pub mod set_up;
pub mod sight;
pub mod team;
mod thread;
pub mod together;
pub mod workflow;
mod workspace;
pub mod writing;

use crate::node::Node;
use app::api::{Failure, ListQuery, Me, People, Reply};
use domain::conversation::control::Owner;
use domain::conversation::evidence::ClosingNote;
use domain::person::{Act, Actor};
use domain::view::{ControlChange, ControlView, Conversation, Counters, Inbox, Listing, Message, Thread};
use domain::{AppId, ConversationId, PersonId, TeamId, Timestamp};
use messenger::error::{Error, Verdict};
use std::error::Error as _;
use std::sync::Arc;
use store::Tx;

/// Why a use case did not happen.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    #[error("not permitted")]
    Forbidden,
    #[error("gone")]
    Gone,
    #[error("{by} was first")]
    TakenBy { by: String },
    #[error("{by} wrote {seconds} s ago")]
    Stale { by: String, seconds: i64 },
    #[error("{owner} has control")]
    NotOwner { owner: String },
    #[error("it is not assigned to who asks")]
    NotAssigned,
    #[error("the page {page} is disconnected")]
    PageDisconnected { page: String, reason: String },
    #[error("the window is closed")]
    WindowClosed,
    #[error("Meta refused: {message}")]
    ByMeta { message: String },
    #[error("Meta could not be reached")]
    MetaUnreachable,
    #[error("{message}")]
    Invalid { message: String },
    #[error(transparent)]
    Store(#[from] store::Error),
    #[error("{0}")]
    Internal(String),
}

/// What an error of Meta's means to whoever asked.
pub fn meta_refused(error: &Error) -> Refusal {
    match error.kind {
        Verdict::Retry { .. } | Verdict::OutcomeUnknown => Refusal::MetaUnreachable,
        Verdict::GiveUp
        | Verdict::Admin
        | Verdict::NotOwner
        | Verdict::WindowClosed
        | Verdict::Unreachable => Refusal::ByMeta { message: error.words() },
    }
}

/// How people call an owner.
pub async fn owner_name(tx: &mut Tx, owner: &Owner) -> store::Result<String> {
    Ok(match owner {
        Owner::Ours => "Our inbox".into(),
        Owner::PageInbox => "The Page Inbox".into(),
        Owner::Idle => "Nobody".into(),
        Owner::Unknown => "Another app".into(),
        Owner::Bot(app) => {
            let known = store::apps::known(tx, app).await?;
            known.map_or_else(|| format!("App {app}"), |known| known.name)
        }
    })
}

impl From<Refusal> for Failure {
    /// Expected refusals are answers; surprises are logged here, once, with their chain.
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Forbidden => Self::Forbidden,
            Refusal::Gone => Self::Gone,
            Refusal::TakenBy { by } => Self::TakenBy { by },
            Refusal::Stale { by, seconds } => Self::Stale { by, seconds },
            Refusal::NotOwner { owner } => Self::NotOwner { owner },
            Refusal::NotAssigned => Self::NotAssigned,
            Refusal::PageDisconnected { page, reason } => Self::PageDisconnected { page, reason },
            Refusal::WindowClosed => Self::WindowClosed,
            Refusal::ByMeta { message } => Self::RefusedByMeta { message },
            Refusal::MetaUnreachable => Self::MetaUnreachable,
            Refusal::Invalid { message } => Self::Invalid { message },
            Refusal::Store(error) => {
                tracing::error!(error = %error, cause = error.source().map(tracing::field::display), "a use case failed");
                Self::Internal
            }
            Refusal::Internal(what) => {
                tracing::error!(error = %what, "a use case failed");
                Self::Internal
            }
        }
    }
}

/// The use cases of one node.
#[derive(Clone)]
pub struct Desk {
    node: Arc<Node>,
}

impl Desk {
    pub fn new(node: Arc<Node>) -> Self {
        Self { node }
    }

    async fn control_of(&self, id: ConversationId) -> Result<ControlView, Failure> {
        Ok(read::conversation(&self.node, id).await?.control)
    }

    async fn shown(&self, id: ConversationId) -> Result<Conversation, Failure> {
        Ok(read::conversation(&self.node, id).await?)
    }
}

fn allow(actor: &Actor, act: Act) -> Result<(), Failure> {
    actor.may(act).then_some(()).ok_or(Failure::Forbidden)
}

#[async_trait::async_trait]
impl app::api::ConversationsDesk for Desk {
    async fn me(&self, actor: &Actor) -> Result<Me, Failure> {
        let person = actor.person().cloned().ok_or(Failure::Forbidden)?;
        let pictures = read::pictures(&self.node).await?;
        Ok(Me { person, workspace: read::workspace(&self.node).await?, pictures })
    }

    async fn people(&self, actor: &Actor) -> Result<People, Failure> {
        allow(actor, Act::Look)?;
        Ok(read::people(&self.node).await?)
    }

    async fn inbox(&self, actor: &Actor, query: ListQuery) -> Result<Inbox, Failure> {
        allow(actor, Act::Look)?;
        Ok(read::inbox(&self.node, actor, query).await?)
    }

    async fn list(&self, actor: &Actor, query: ListQuery) -> Result<Listing<Conversation>, Failure> {
        allow(actor, Act::Look)?;
        Ok(read::list(&self.node, actor, query).await?)
    }

    async fn export(&self, actor: &Actor, query: ListQuery) -> Result<Listing<Conversation>, Failure> {
        allow(actor, Act::Export)?;
        Ok(read::export(&self.node, actor, query).await?)
    }

    async fn counters(&self, actor: &Actor) -> Result<Counters, Failure> {
        allow(actor, Act::Look)?;
        Ok(read::counters(&self.node, actor).await?)
    }

    async fn conversation(&self, actor: &Actor, id: ConversationId) -> Result<Conversation, Failure> {
        allow(actor, Act::Look)?;
        Ok(read::conversation_for(&self.node, actor, id).await?)
    }

    async fn thread(&self, actor: &Actor, id: ConversationId) -> Result<Thread, Failure> {
        allow(actor, Act::Look)?;
        Ok(read::thread(&self.node, actor, id).await?)
    }

    async fn messages(
        &self,
        actor: &Actor,
        id: ConversationId,
        before: Option<String>,
        limit: u32,
    ) -> Result<Listing<Message>, Failure> {
        allow(actor, Act::Look)?;
        Ok(read::messages(&self.node, actor, id, before.as_deref(), limit).await?)
    }

    async fn control(&self, actor: &Actor, id: ConversationId) -> Result<Listing<ControlChange>, Failure> {
        allow(actor, Act::Look)?;
        Ok(read::control(&self.node, actor, id).await?)
    }

    async fn reply(
        &self,
        actor: &Actor,
        id: ConversationId,
        reply: Reply,
    ) -> Result<(Message, bool), Failure> {
        allow(actor, Act::Converse)?;
        Ok(reply::reply(&self.node, actor, id, reply).await?)
    }

    async fn take_over(&self, actor: &Actor, id: ConversationId) -> Result<ControlView, Failure> {
        allow(actor, Act::Converse)?;
        control::take_over(&self.node, actor, id).await?;
        self.control_of(id).await
    }

    async fn reset_control(
        &self,
        actor: &Actor,
        id: ConversationId,
        to: Option<AppId>,
    ) -> Result<ControlView, Failure> {
        allow(actor, Act::Converse)?;
        control::reset(&self.node, actor, id, to).await?;
        self.control_of(id).await
    }

    async fn resync(&self, actor: &Actor, id: ConversationId) -> Result<ControlView, Failure> {
        allow(actor, Act::Converse)?;
        sight::find(&mut self.node.db.snapshot().await.map_err(Refusal::from)?, actor, id).await?;
        control::resync(&self.node, id, self.node.clock.id()).await?;
        self.control_of(id).await
    }

    async fn assign(
        &self,
        actor: &Actor,
        id: ConversationId,
        agent: Option<PersonId>,
        team: Option<TeamId>,
    ) -> Result<Conversation, Failure> {
        allow(actor, Act::Converse)?;
        mark::assign(&self.node, actor, id, agent, team).await?;
        self.shown(id).await
    }

    async fn mark_read(&self, actor: &Actor, id: ConversationId) -> Result<Conversation, Failure> {
        allow(actor, Act::Converse)?;
        mark::read(&self.node, actor, id).await?;
        self.shown(id).await
    }

    async fn mark_unread(&self, actor: &Actor, id: ConversationId) -> Result<Conversation, Failure> {
        allow(actor, Act::Converse)?;
        mark::unread(&self.node, actor, id).await?;
        self.shown(id).await
    }

    async fn close(&self, actor: &Actor, id: ConversationId) -> Result<Conversation, Failure> {
        allow(actor, Act::Converse)?;
        mark::close(&self.node, actor, id, ClosingNote::default()).await?;
        self.shown(id).await
    }

    async fn close_noting(
        &self,
        actor: &Actor,
        id: ConversationId,
        note: ClosingNote,
    ) -> Result<Conversation, Failure> {
        allow(actor, Act::Converse)?;
        mark::close(&self.node, actor, id, note).await?;
        self.shown(id).await
    }

    async fn reopen(&self, actor: &Actor, id: ConversationId) -> Result<Conversation, Failure> {
        allow(actor, Act::Converse)?;
        mark::reopen(&self.node, actor, id).await?;
        self.shown(id).await
    }

    async fn snooze(
        &self,
        actor: &Actor,
        id: ConversationId,
        until: Option<Timestamp>,
    ) -> Result<Conversation, Failure> {
        allow(actor, Act::Converse)?;
        mark::snooze(&self.node, actor, id, until).await?;
        self.shown(id).await
    }

    async fn seen(&self, actor: &Actor, id: ConversationId) -> Result<(), Failure> {
        allow(actor, Act::Look)?;
        Ok(read::seen(&self.node, actor, id).await?)
    }
}
