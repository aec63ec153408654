//! Conversations over REST.

use crate::http::Edge;
use crate::http::asker::Asker;
use crate::http::page_of::PageOf;
use crate::http::problem::Problem;
use app::api::{ConversationsDesk as _, ListQuery, NewNote, Reply, Seen, Then, Whose, WritingDesk as _};
use axum::Json;
use axum::body::Bytes;
use axum::extract::rejection::{JsonRejection, PathRejection, QueryRejection};
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use domain::conversation::control::OwnerKind;
use domain::conversation::evidence::ClosingNote;
use domain::view::{ControlChange, ControlView, Conversation, Listing, Message, View, WindowWord};
use domain::writing::Note;
use domain::{AppId, ConversationId, MessageId, NoteId, PageId, PersonId, TeamId, Timestamp};
use serde::Deserialize;

type Id = Result<Path<ConversationId>, PathRejection>;
type Asked<T> = Result<Json<T>, JsonRejection>;
type Answer<T> = Result<Json<T>, Problem>;

fn id(path: Id) -> Result<ConversationId, Problem> {
    path.map(|Path(id)| id).map_err(|_| Problem::from(app::api::Failure::Gone))
}

fn body<T>(asked: Asked<T>) -> Result<T, Problem> {
    asked.map(|Json(body)| body).map_err(|rejection| Problem::invalid(rejection.body_text()))
}

/// What a list takes.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListAsked {
    view: Option<View>,
    unread: Option<bool>,
    owner: Option<OwnerKind>,
    assignee: Option<Whose>,
    team: Option<TeamId>,
    page_id: Option<PageId>,
    window: Option<WindowWord>,
    handed_over: Option<String>,
    q: Option<String>,
    label: Option<String>,
    limit: Option<u32>,
    cursor: Option<String>,
}

/// `GET /conversations`
pub async fn list(
    State(edge): State<Edge>,
    Asker(actor): Asker,
    asked: Result<Query<ListAsked>, QueryRejection>,
) -> Result<PageOf<Listing<Conversation>>, Problem> {
    let Query(asked) = asked.map_err(|rejection| Problem::invalid(rejection.body_text()))?;
    Ok(PageOf(edge.desk.list(&actor, asked.query()?).await?))
}

impl ListAsked {
    /// What it asks of the desk.
    pub fn query(self) -> Result<ListQuery, Problem> {
        if self.label.is_some() {
            return Err(Problem::invalid("Conversations carry no labels yet. Ask without label."));
        }
        Ok(ListQuery {
            view: self.view.unwrap_or(View::All),
            unread: self.unread,
            owner: self.owner,
            assignee: self.assignee,
            team: self.team,
            page_id: self.page_id,
            window: self.window,
            handed_over: self.handed_over,
            text: self.q,
            cursor: self.cursor,
            limit: self.limit.unwrap_or(50),
        })
    }
}

/// `GET /conversations/{id}`
pub async fn one(State(edge): State<Edge>, Asker(actor): Asker, path: Id) -> Answer<Conversation> {
    Ok(Json(edge.desk.conversation(&actor, id(path)?).await?))
}

/// Which messages.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MessagesAsked {
    before: Option<String>,
    limit: Option<u32>,
}

/// `GET /conversations/{id}/messages`, newest first
pub async fn messages(
    State(edge): State<Edge>,
    Asker(actor): Asker,
    path: Id,
    asked: Result<Query<MessagesAsked>, QueryRejection>,
) -> Result<PageOf<Listing<Message>>, Problem> {
    let Query(asked) = asked.map_err(|rejection| Problem::invalid(rejection.body_text()))?;
    Ok(PageOf(edge.desk.messages(&actor, id(path)?, asked.before, asked.limit.unwrap_or(50)).await?))
}

/// A message to send.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReplyAsked {
    id: Option<MessageId>,
    text: String,
    seen: Option<SeenAsked>,
    then: Option<Then>,
    #[serde(default)]
    wait: bool,
    reply_to: Option<MessageId>,
}

/// What the asker saw.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeenAsked {
    owner: OwnerKind,
    last_message_id: Option<MessageId>,
}

/// `POST /conversations/{id}/messages`: 201, or 200 when this id was sent before
pub async fn reply(
    State(edge): State<Edge>,
    Asker(actor): Asker,
    path: Id,
    asked: Asked<ReplyAsked>,
) -> Result<(StatusCode, Json<Message>), Problem> {
    let (id, asked) = (id(path)?, body(asked)?);
    let seen = asked.seen.map(|seen| Seen { owner: seen.owner, last_message_id: seen.last_message_id });
    let message = asked.id.unwrap_or_else(|| MessageId(edge.node.clock.id()));
    let reply = Reply {
        seen,
        then: asked.then,
        wait: asked.wait,
        reply_to: asked.reply_to,
        ..Reply::of(message, asked.text)
    };
    let (message, is_new) = edge.desk.reply(&actor, id, reply).await?;
    let status = if is_new { StatusCode::CREATED } else { StatusCode::OK };
    Ok((status, Json(message)))
}

/// `GET /conversations/{id}/control`, newest first
pub async fn control(
    State(edge): State<Edge>,
    Asker(actor): Asker,
    path: Id,
) -> Answer<Listing<ControlChange>> {
    Ok(Json(edge.desk.control(&actor, id(path)?).await?))
}

/// `POST /conversations/{id}/take-over`
pub async fn take_over(State(edge): State<Edge>, Asker(actor): Asker, path: Id) -> Answer<ControlView> {
    Ok(Json(edge.desk.take_over(&actor, id(path)?).await?))
}

/// Where control goes; nowhere in particular when left out.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ResetAsked {
    to: Option<AppId>,
}

/// `POST /conversations/{id}/reset-control`
pub async fn reset_control(
    State(edge): State<Edge>,
    Asker(actor): Asker,
    path: Id,
    asked: axum::body::Bytes,
) -> Answer<ControlView> {
    let asked: ResetAsked = match asked.is_empty() {
        true => ResetAsked::default(),
        false => serde_json::from_slice(&asked).map_err(|error| Problem::invalid(error.to_string()))?,
    };
    Ok(Json(edge.desk.reset_control(&actor, id(path)?, asked.to).await?))
}

/// `POST /conversations/{id}/resync`
pub async fn resync(State(edge): State<Edge>, Asker(actor): Asker, path: Id) -> Answer<ControlView> {
    Ok(Json(edge.desk.resync(&actor, id(path)?).await?))
}

/// Whom a conversation goes to.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AssignAsked {
    agent_id: Option<PersonId>,
    team_id: Option<TeamId>,
}

/// `POST /conversations/{id}/assign`
pub async fn assign(
    State(edge): State<Edge>,
    Asker(actor): Asker,
    path: Id,
    asked: Asked<AssignAsked>,
) -> Answer<Conversation> {
    let asked = body(asked)?;
    Ok(Json(edge.desk.assign(&actor, id(path)?, asked.agent_id, asked.team_id).await?))
}

/// `POST /conversations/{id}/read`
pub async fn read(State(edge): State<Edge>, Asker(actor): Asker, path: Id) -> Answer<Conversation> {
    Ok(Json(edge.desk.mark_read(&actor, id(path)?).await?))
}

/// `POST /conversations/{id}/unread`
pub async fn unread(State(edge): State<Edge>, Asker(actor): Asker, path: Id) -> Answer<Conversation> {
    Ok(Json(edge.desk.mark_unread(&actor, id(path)?).await?))
}

/// `POST /conversations/{id}/close`, if wanted with a `category` and a `summary`.
pub async fn close(
    State(edge): State<Edge>,
    Asker(actor): Asker,
    path: Id,
    asked: Bytes,
) -> Answer<Conversation> {
    // Callers that know nothing of notes send an empty body, of whatever type.
    let note = match asked.is_empty() {
        true => ClosingNote::default(),
        false => serde_json::from_slice(&asked).map_err(|error| Problem::invalid(error.to_string()))?,
    };
    Ok(Json(edge.desk.close_noting(&actor, id(path)?, note).await?))
}

/// `POST /conversations/{id}/reopen`
pub async fn reopen(State(edge): State<Edge>, Asker(actor): Asker, path: Id) -> Answer<Conversation> {
    Ok(Json(edge.desk.reopen(&actor, id(path)?).await?))
}

/// Until when; nothing means until the customer writes.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SnoozeAsked {
    until: Option<Timestamp>,
}

/// `POST /conversations/{id}/snooze`
pub async fn snooze(
    State(edge): State<Edge>,
    Asker(actor): Asker,
    path: Id,
    asked: Asked<SnoozeAsked>,
) -> Answer<Conversation> {
    let asked = body(asked)?;
    Ok(Json(edge.desk.snooze(&actor, id(path)?, asked.until).await?))
}

/// A note to add.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NoteAsked {
    id: Option<NoteId>,
    text: String,
}

/// `POST /conversations/{id}/notes`: 201, or 200 when this id came before
pub async fn add_note(
    State(edge): State<Edge>,
    Asker(actor): Asker,
    path: Id,
    asked: Asked<NoteAsked>,
) -> Result<(StatusCode, Json<Note>), Problem> {
    let (id, asked) = (id(path)?, body(asked)?);
    let note = asked.id.unwrap_or_else(|| NoteId(edge.node.clock.id()));
    let new = NewNote { id: note, text: asked.text, mentions: Vec::new() };
    let (note, is_new) = edge.desk.add_note(&actor, id, new).await?;
    let status = if is_new { StatusCode::CREATED } else { StatusCode::OK };
    Ok((status, Json(note)))
}
