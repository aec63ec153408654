//! Leaving the team: sessions and invitations end at once, conversations go to somebody else, what was done stays.

use super::invalid;
use super::people::{manageable, not_the_last_owner};
use crate::desk::Refusal;
use crate::desk::intention::Intention;
use crate::desk::mark::ASSIGNED;
use crate::node::Node;
use app::api::{HandOver, Heir};
use domain::conversation::standing::Status;
use domain::person::Actor;
use domain::{ConversationId, PersonId, TeamId};
use serde_json::json;
use std::sync::Arc;
use store::hand_overs::{self, HandOver as Kept};
use store::{invitations, people, sessions};

/// How many conversations change hands in one transaction.
const BATCH: i64 = 200;

/// Ends somebody's place in the team. Up to `BATCH` conversations change hands in the same transaction; the rest
/// follows, and is carried on after a restart.
pub async fn deactivate(node: &Arc<Node>, by: &Actor, hand_over: HandOver) -> Result<(), Refusal> {
    let mut intention = Intention::begin(node).await?;
    let known = manageable(&mut intention, by, hand_over.id).await?;
    let person = known.person;
    if by.person().is_some_and(|me| me.id == person.id) {
        return invalid("You cannot deactivate yourself. Ask another manager or owner.");
    }
    not_the_last_owner(&mut intention, &person).await?;
    let heir = heir(&mut intention, &hand_over).await?;
    let now = intention.now();
    if !people::deactivate(intention.tx(), person.id, now).await? {
        return invalid(format!("{} is deactivated already.", person.name));
    }
    sessions::delete_of(intention.tx(), person.id).await?;
    invitations::revoke_of(intention.tx(), person.id, &person.email).await?;
    let kept = Kept {
        from: person.id,
        to_person: match hand_over.to {
            Heir::Person(id) => Some(id),
            Heir::Nobody | Heir::Team(_) => None,
        },
        to_team: match hand_over.to {
            Heir::Team(id) => Some(id),
            Heir::Nobody | Heir::Person(_) => None,
        },
        by_name: by.name().to_owned(),
    };
    hand_overs::begin(intention.tx(), &kept).await?;
    let detail = json!({ "person": person.name, "email": person.email, "conversations_to": heir });
    intention.audit(by, "person.deactivated", None, detail).await?;
    intention.person_changed(person.id);
    intention.team_changed();
    let finished = some(&mut intention, &kept).await?;
    intention.commit().await?;
    if finished { Ok(()) } else { carry_on(node, &kept).await }
}

/// Takes somebody back. Their conversations stay where they went.
pub async fn reactivate(node: &Arc<Node>, by: &Actor, id: PersonId) -> Result<(), Refusal> {
    let mut intention = Intention::begin(node).await?;
    let person = manageable(&mut intention, by, id).await?.person;
    if !people::reactivate(intention.tx(), id).await? {
        return invalid(format!("{} is on the team.", person.name));
    }
    hand_overs::done(intention.tx(), id).await?;
    let detail = json!({ "person": person.name, "email": person.email });
    intention.audit(by, "person.reactivated", None, detail).await?;
    intention.team_changed();
    Ok(intention.commit().await?)
}

/// Carries on what a node that stopped in the middle had begun.
pub async fn carry_on_all(node: &Arc<Node>) -> Result<(), Refusal> {
    let waiting = hand_overs::waiting(&mut node.db.snapshot().await?).await?;
    for kept in waiting {
        carry_on(node, &kept).await?;
    }
    Ok(())
}

async fn carry_on(node: &Arc<Node>, kept: &Kept) -> Result<(), Refusal> {
    loop {
        let mut intention = Intention::begin(node).await?;
        let finished = some(&mut intention, kept).await?;
        intention.commit().await?;
        if finished {
            return Ok(());
        }
    }
}

/// Hands over some conversations. Whether none is left.
async fn some(intention: &mut Intention, kept: &Kept) -> Result<bool, Refusal> {
    let ids = hand_overs::of_person(intention.tx(), kept.from, BATCH).await?;
    let to = heir_name(intention, kept).await?;
    for id in &ids {
        hand_on(intention, *id, kept, to.as_deref()).await?;
    }
    let finished = i64::try_from(ids.len()).unwrap_or(BATCH) < BATCH;
    if finished {
        hand_overs::done(intention.tx(), kept.from).await?;
    }
    Ok(finished)
}

/// Who gets the conversations, as the markers of each thread tell it.
async fn heir_name(intention: &mut Intention, kept: &Kept) -> Result<Option<String>, Refusal> {
    if let Some(person) = kept.to_person {
        return Ok(people::known(intention.tx(), person).await?.map(|known| known.person.name));
    }
    match kept.to_team {
        Some(team) => Ok(people::find_team(intention.tx(), team).await?.map(|team| team.name)),
        None => Ok(None),
    }
}

async fn hand_on(
    intention: &mut Intention,
    id: ConversationId,
    kept: &Kept,
    to: Option<&str>,
) -> Result<(), Refusal> {
    if intention.lock(id).await?.is_none_or(|record| record.assignee != Some(kept.from)) {
        return Ok(());
    }
    let record = intention.held_mut(id);
    // A closed one goes to nobody: when the customer writes again, everybody sees it.
    let closed = record.standing.status == Status::Closed;
    record.assignee = kept.to_person.filter(|_| !closed);
    if let Some(team) = kept.to_team.filter(|_| !closed) {
        record.team = Some(team);
    }
    let to = to.filter(|_| !closed);
    Ok(intention.audit_by(&kept.by_name, ASSIGNED, Some(id), json!({ "to": to })).await?)
}

/// The name of who gets the conversations.
async fn heir(intention: &mut Intention, hand_over: &HandOver) -> Result<String, Refusal> {
    match hand_over.to {
        Heir::Nobody => Ok("nobody".into()),
        Heir::Person(id) if id == hand_over.id => invalid("Choose somebody else for their conversations."),
        Heir::Person(id) => match people::find(intention.tx(), id).await? {
            Some(person) => Ok(person.name),
            None => invalid("Who should get their conversations is not on the team. Choose somebody else."),
        },
        Heir::Team(id) => team_name(intention, id).await,
    }
}

/// A team's name, for one that exists.
pub(super) async fn team_name(intention: &mut Intention, id: TeamId) -> Result<String, Refusal> {
    match people::find_team(intention.tx(), id).await? {
        Some(team) => Ok(team.name),
        None => invalid("There is no such team any more. Choose another one."),
    }
}
