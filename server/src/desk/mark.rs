//! What people do to a conversation without Meta: read, unread, close, reopen, assign.

use super::Refusal;
use super::intention::Intention;
use crate::node::Node;
use domain::conversation::evidence::What;
use domain::person::Actor;
use domain::{ConversationId, PersonId, TeamId, Timestamp};
use serde_json::{Value, json};
use std::sync::Arc;
use store::conversations::Record;
use store::people;

/// The words of what people do to a conversation, in keys, in the audit log and as markers.
pub const READ: &str = "read";
pub const UNREAD: &str = "unread";
pub const CLOSED: &str = "closed";
pub const REOPENED: &str = "reopened";
pub const ASSIGNED: &str = "assigned";

/// Takes the team's unread mark away.
pub async fn read(node: &Arc<Node>, actor: &Actor, id: ConversationId) -> Result<(), Refusal> {
    mark(node, actor, id, READ, |by, through| What::MarkedRead { by, through }).await
}

/// Puts the team's unread mark back; a bot's thread stays read (CR-03).
pub async fn unread(node: &Arc<Node>, actor: &Actor, id: ConversationId) -> Result<(), Refusal> {
    mark(node, actor, id, UNREAD, |by, _| What::MarkedUnread { by }).await
}

/// Closes the conversation.
pub async fn close(node: &Arc<Node>, actor: &Actor, id: ConversationId) -> Result<(), Refusal> {
    mark(node, actor, id, CLOSED, |by, through| What::Closed { by, through }).await
}

/// Opens a closed conversation.
pub async fn reopen(node: &Arc<Node>, actor: &Actor, id: ConversationId) -> Result<(), Refusal> {
    mark(node, actor, id, REOPENED, |by, _| What::Reopened { by }).await
}

async fn mark(
    node: &Arc<Node>,
    actor: &Actor,
    id: ConversationId,
    word: &str,
    what: impl FnOnce(Option<PersonId>, Timestamp) -> What,
) -> Result<(), Refusal> {
    let mut intention = Intention::begin(node).await?;
    let record = intention.lock(id).await?.ok_or(Refusal::Gone)?;
    let what = what(actor.person().map(|person| person.id), newest(record));
    let key = format!("{word}:{}", node.clock.id());
    intention.note(id, key, what).await?;
    // Reading is not worth a line: it happens all the time.
    if word != READ {
        intention.audit(actor, word, Some(id), Value::Null).await?;
    }
    Ok(intention.commit().await?)
}

fn newest(record: &Record) -> Timestamp {
    let last = record.last.as_ref().map_or(Timestamp::default(), |last| last.at);
    last.max(record.standing.asked_at.unwrap_or_default())
}

/// Gives the conversation to a person, a team, or nobody. Never changes unread.
pub async fn assign(
    node: &Arc<Node>,
    actor: &Actor,
    id: ConversationId,
    agent: Option<PersonId>,
    team: Option<TeamId>,
) -> Result<(), Refusal> {
    let mut intention = Intention::begin(node).await?;
    intention.lock(id).await?.ok_or(Refusal::Gone)?;
    let mut to = None;
    if let Some(team) = team {
        let found = people::find_team(intention.tx(), team).await?;
        let message = "There is no such team. Choose another one.".into();
        to = Some(found.ok_or(Refusal::Invalid { message })?.name);
    }
    if let Some(agent) = agent {
        let found = people::find(intention.tx(), agent).await?;
        let message = "This person is not on the team. Choose somebody else.".into();
        to = Some(found.ok_or(Refusal::Invalid { message })?.name);
    }
    let record = intention.held_mut(id);
    if (record.assignee, record.team) != (agent, team) {
        record.assignee = agent;
        record.team = team;
        intention.audit(actor, ASSIGNED, Some(id), json!({ "to": to })).await?;
    }
    Ok(intention.commit().await?)
}
