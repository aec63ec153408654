//! What people do to a conversation without Meta: read, unread, close, reopen, snooze, assign.

use super::intention::Intention;
use super::workflow::Occurred;
use super::{Refusal, sight};
use crate::node::Node;
use domain::conversation::evidence::{ClosingNote, What};
use domain::person::Actor;
use domain::{ConversationId, DAY, PersonId, TeamId, Timestamp};
use serde_json::{Value, json};
use std::sync::Arc;
use store::conversations::Record;
use store::people;

/// The words of what people do to a conversation, in keys, in the audit log and as markers.
pub const READ: &str = "read";
pub const UNREAD: &str = "unread";
pub const CLOSED: &str = "closed";
pub const REOPENED: &str = "reopened";
pub const SNOOZED: &str = "snoozed";
pub const ASSIGNED: &str = "assigned";

/// Takes the team's unread mark away.
pub async fn read(node: &Arc<Node>, actor: &Actor, id: ConversationId) -> Result<(), Refusal> {
    mark(node, actor, id, READ, |by, through| What::MarkedRead { by, through }).await
}

/// Puts the team's unread mark back; a bot's thread stays read (CR-03).
pub async fn unread(node: &Arc<Node>, actor: &Actor, id: ConversationId) -> Result<(), Refusal> {
    mark(node, actor, id, UNREAD, |by, _| What::MarkedUnread { by }).await
}

/// Closes the conversation, if wanted with what it was about.
pub async fn close(
    node: &Arc<Node>,
    actor: &Actor,
    id: ConversationId,
    note: ClosingNote,
) -> Result<(), Refusal> {
    let note = note.trimmed().map_err(|error| Refusal::Invalid { message: error.to_string() })?;
    mark(node, actor, id, CLOSED, |by, through| What::Closed { by, through, note }).await
}

/// Opens a closed conversation.
pub async fn reopen(node: &Arc<Node>, actor: &Actor, id: ConversationId) -> Result<(), Refusal> {
    mark(node, actor, id, REOPENED, |by, _| What::Reopened { by }).await
}

/// The longest a conversation can be put away for, in milliseconds.
const LONGEST_SNOOZE: i64 = 366 * DAY;

/// Puts the conversation away until a time, or until the customer writes. Never changes unread.
pub async fn snooze(
    node: &Arc<Node>,
    actor: &Actor,
    id: ConversationId,
    until: Option<Timestamp>,
) -> Result<(), Refusal> {
    let now = node.clock.now();
    if until.is_some_and(|until| until <= now || until > now + LONGEST_SNOOZE) {
        let message = "Choose a time from now up to a year ahead.".into();
        return Err(Refusal::Invalid { message });
    }
    mark(node, actor, id, SNOOZED, |by, through| What::Snoozed { by, until, through }).await
}

async fn mark(
    node: &Arc<Node>,
    actor: &Actor,
    id: ConversationId,
    word: &str,
    what: impl FnOnce(Option<PersonId>, Timestamp) -> What,
) -> Result<(), Refusal> {
    let mut intention = Intention::begin(node).await?;
    let record = sight::lock(&mut intention, actor, id).await?;
    let what = what(actor.person().map(|person| person.id), newest(&record));
    let key = format!("{word}:{}", node.clock.id());
    let detail = match &what {
        What::Closed { note, .. } if !note.is_empty() => json!(note),
        _ => Value::Null,
    };
    intention.note(id, key, what).await?;
    // Reading is not worth a line: it happens all the time.
    if word != READ {
        intention.audit(actor, word, Some(id), detail).await?;
    }
    Ok(intention.commit().await?)
}

/// The newest thing there is to read.
pub fn newest(record: &Record) -> Timestamp {
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
    let record = sight::lock(&mut intention, actor, id).await?;
    sight::give(actor, &record, (agent, team))?;
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
        let new_assignee = agent.filter(|_| record.assignee != agent);
        record.assignee = agent;
        record.team = team;
        if let (Some(agent), Some(me)) = (new_assignee, actor.person()) {
            let now = intention.now();
            store::candidates::given(intention.tx(), agent, now).await?;
            intention.occurred(id, Occurred::Assigned { by: me.name.clone() });
        }
        intention.audit(actor, ASSIGNED, Some(id), json!({ "to": to })).await?;
    }
    Ok(intention.commit().await?)
}
