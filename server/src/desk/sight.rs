//! Which conversations an actor sees, and in which they may write. Every use case about a conversation begins here.
//!
//! A conversation outside of somebody's sight answers exactly like one that does not exist.

use super::Refusal;
use super::intention::Intention;
use domain::person::{Act, Actor, Reach};
use domain::{ConversationId, PersonId, TeamId};
use store::Tx;
use store::conversations::{self, Record};

/// Refuses when an actor does not see a conversation with this assignee and team.
pub fn look(actor: &Actor, assignee: Option<PersonId>, team: Option<TeamId>) -> Result<(), Refusal> {
    actor.sight().sees(assignee, team).then_some(()).ok_or(Refusal::Gone)
}

/// A conversation to read, if the actor sees it.
pub async fn find(tx: &mut Tx, actor: &Actor, id: ConversationId) -> Result<Record, Refusal> {
    let record = conversations::find(tx, id).await?.ok_or(Refusal::Gone)?;
    look(actor, record.assignee, record.team)?;
    Ok(record)
}

/// A conversation to change, if the actor sees it.
pub async fn lock(intention: &mut Intention, actor: &Actor, id: ConversationId) -> Result<Record, Refusal> {
    let record = intention.lock(id).await?.ok_or(Refusal::Gone)?.clone();
    look(actor, record.assignee, record.team)?;
    Ok(record)
}

/// Refuses when an actor may not write to the customer here before the conversation is theirs.
pub fn write(actor: &Actor, record: &Record) -> Result<(), Refusal> {
    actor.may_write_to(record.assignee, record.team).then_some(()).ok_or(Refusal::NotAssigned)
}

/// Refuses when an actor may not take the thread from a bot, or the conversation from whoever has it.
pub fn take(actor: &Actor, record: &Record) -> Result<(), Refusal> {
    let free = record.assignee.is_none() || record.assignee == actor.person().map(|me| me.id);
    (actor.may(Act::TakeOver) && (free || !is_bound(actor))).then_some(()).ok_or(Refusal::Forbidden)
}

/// Refuses when an actor may not give a conversation to somebody: who is bound to certain conversations claims what
/// nobody has, and passes on what is theirs.
pub fn give(actor: &Actor, record: &Record, to: (Option<PersonId>, Option<TeamId>)) -> Result<(), Refusal> {
    let Some(me) = actor.person().filter(|_| is_bound(actor)) else { return Ok(()) };
    let claims = record.assignee.is_none() && to == (Some(me.id), record.team);
    (claims || record.assignee == Some(me.id)).then_some(()).ok_or(Refusal::Forbidden)
}

fn is_bound(actor: &Actor) -> bool {
    let bounds = actor.person().map(|me| me.bounds()).unwrap_or_default();
    bounds.only_assigned || bounds.reach != Reach::Everybody
}
