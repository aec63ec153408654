//! Teams: groups of people that conversations are assigned to.

use super::invalid;
use super::leaving::team_name;
use crate::desk::Refusal;
use crate::desk::intention::Intention;
use crate::node::Node;
use app::api::{TeamChange, TeamRemoval};
use domain::person::{Actor, Team};
use domain::{PersonId, TeamId};
use serde_json::json;
use std::collections::BTreeSet;
use std::sync::Arc;
use store::{hand_overs, people};

/// How many conversations change hands in one transaction.
const BATCH: i64 = 200;
/// The longest name, in characters.
const LONGEST: usize = 60;

/// Makes a team, or changes its name and members.
pub async fn put(node: &Arc<Node>, by: &Actor, change: TeamChange) -> Result<TeamId, Refusal> {
    let name = change.name.trim().to_owned();
    if name.is_empty() || name.chars().count() > LONGEST {
        return invalid(format!("Give the team a name of 1 to {LONGEST} characters."));
    }
    let mut intention = Intention::begin(node).await?;
    let teams = people::teams(intention.tx()).await?;
    let same = |team: &&Team| team.name.to_lowercase() == name.to_lowercase() && Some(team.id) != change.id;
    if let Some(other) = teams.iter().find(same) {
        return invalid(format!("There is a team called {} already. Choose another name.", other.name));
    }
    let id = match change.id {
        None => add(&mut intention, by, &name).await?,
        Some(id) => rename(&mut intention, by, &teams, id, &name).await?,
    };
    change_members(&mut intention, by, &Team { id, name }, &change.members).await?;
    intention.team_changed();
    intention.commit().await?;
    Ok(id)
}

async fn add(intention: &mut Intention, by: &Actor, name: &str) -> Result<TeamId, Refusal> {
    let team = Team { id: TeamId(intention.node().clock.id()), name: name.to_owned() };
    people::add_team(intention.tx(), &team).await?;
    intention.audit(by, "team.created", None, json!({ "team": name })).await?;
    Ok(team.id)
}

async fn rename(
    intention: &mut Intention,
    by: &Actor,
    teams: &[Team],
    id: TeamId,
    name: &str,
) -> Result<TeamId, Refusal> {
    let before = teams.iter().find(|team| team.id == id).ok_or(Refusal::Gone)?;
    if before.name != name {
        people::rename_team(intention.tx(), id, name).await?;
        let detail = json!({ "team": name, "before": before.name, "after": name });
        intention.audit(by, "team.renamed", None, detail).await?;
    }
    Ok(id)
}

async fn change_members(
    intention: &mut Intention,
    by: &Actor,
    team: &Team,
    wanted: &[PersonId],
) -> Result<(), Refusal> {
    let everybody = people::all(intention.tx()).await?;
    let name = |id: &PersonId| everybody.iter().find(|person| person.id == *id).map(|one| one.name.clone());
    if wanted.iter().any(|person| name(person).is_none()) {
        return invalid("Somebody among the members is not on the team any more. Load the page again.");
    }
    let now: BTreeSet<PersonId> = people::members(intention.tx(), team.id).await?.into_iter().collect();
    // Who left the workspace stays a member, for the day they come back.
    let now: BTreeSet<PersonId> = now.into_iter().filter(|person| name(person).is_some()).collect();
    let wanted: BTreeSet<PersonId> = wanted.iter().copied().collect();
    if now == wanted {
        return Ok(());
    }
    for person in wanted.difference(&now) {
        people::join(intention.tx(), team.id, *person).await?;
        intention.person_changed(*person);
    }
    for person in now.difference(&wanted) {
        people::leave(intention.tx(), team.id, *person).await?;
        intention.person_changed(*person);
    }
    let names = |people: &BTreeSet<PersonId>| people.iter().filter_map(name).collect::<Vec<_>>();
    let detail = json!({ "team": team.name, "before": names(&now), "after": names(&wanted) });
    Ok(intention.audit(by, "team.members_changed", None, detail).await?)
}

/// Ends a team; its conversations go to another team, or to none.
pub async fn remove(node: &Arc<Node>, by: &Actor, removal: TeamRemoval) -> Result<(), Refusal> {
    if removal.to == Some(removal.id) {
        return invalid("Choose another team for its conversations.");
    }
    loop {
        let mut intention = Intention::begin(node).await?;
        let name = people::find_team(intention.tx(), removal.id).await?.ok_or(Refusal::Gone)?.name;
        let heir = match removal.to {
            Some(team) => team_name(&mut intention, team).await?,
            None => "no team".into(),
        };
        if hand_on(&mut intention, &removal).await? {
            let members = people::members(intention.tx(), removal.id).await?;
            members.into_iter().for_each(|person| intention.person_changed(person));
            people::remove_team(intention.tx(), removal.id).await?;
            let detail = json!({ "team": name, "conversations_to": heir });
            intention.audit(by, "team.removed", None, detail).await?;
            intention.team_changed();
            return Ok(intention.commit().await?);
        }
        // The team is removed last: whatever interrupts this, it can be done again.
        intention.commit().await?;
    }
}

/// Hands over some conversations. Whether none is left.
async fn hand_on(intention: &mut Intention, removal: &TeamRemoval) -> Result<bool, Refusal> {
    let ids = hand_overs::of_team(intention.tx(), removal.id, BATCH).await?;
    for id in &ids {
        if intention.lock(*id).await?.is_some_and(|record| record.team == Some(removal.id)) {
            intention.held_mut(*id).team = removal.to;
        }
    }
    // What was handed over just now is written at the end of the transaction: the team goes in one of its own.
    Ok(ids.is_empty())
}
