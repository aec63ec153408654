//! Who is in the team, and what each of them may do.

use super::invalid;
use crate::desk::Refusal;
use crate::desk::intention::Intention;
use crate::node::Node;
use app::api::{Directory, Invited, Member, PersonChange, TeamView};
use domain::person::{Actor, Person, Role};
use domain::{PersonId, TeamId};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::sync::Arc;
use store::people::{self, Known};
use store::{Tx, hand_overs, invitations, two_factor};

/// Everybody who is, was or is about to be in the team.
pub async fn directory(node: &Node) -> Result<Directory, Refusal> {
    let mut tx = node.db.snapshot().await?;
    let guarded = two_factor::all(&mut tx).await?;
    let open: HashMap<PersonId, i64> = hand_overs::open_of(&mut tx).await?.into_iter().collect();
    let everybody = people::everybody(&mut tx).await?;
    let teams = teams(&mut tx, &everybody).await?;
    let people = everybody.into_iter().map(|known| Member {
        active: known.active,
        last_seen: known.last_seen,
        two_factor: guarded.contains(&known.person.id),
        open: open.get(&known.person.id).copied().unwrap_or_default(),
        person: known.person,
    });
    let people = people.collect();
    let invitations = invitations::open(&mut tx).await?.into_iter().map(|kept| Invited {
        id: kept.id,
        email: kept.email,
        name: kept.name,
        role: kept.role,
        teams: kept.teams,
        by: kept.by_name,
        expires_at: kept.expires_at,
    });
    Ok(Directory { people, invitations: invitations.collect(), teams, now: node.clock.now() })
}

async fn teams(tx: &mut Tx, everybody: &[Known]) -> Result<Vec<TeamView>, Refusal> {
    let open: HashMap<TeamId, i64> = hand_overs::open_of_teams(tx).await?.into_iter().collect();
    let teams = people::teams(tx).await?.into_iter().map(|team| {
        let members = everybody.iter().filter(|known| known.active && known.person.teams.contains(&team.id));
        TeamView {
            members: members.map(|known| known.person.id).collect(),
            open: open.get(&team.id).copied().unwrap_or_default(),
            team,
        }
    });
    Ok(teams.collect())
}

/// Changes role, teams and restrictions of somebody. Their browsers take it over at once.
pub async fn change(node: &Arc<Node>, by: &Actor, change: PersonChange) -> Result<(), Refusal> {
    let mut intention = Intention::begin(node).await?;
    let known = manageable(&mut intention, by, change.id).await?;
    if !known.active {
        return invalid(format!("{} is deactivated. Reactivate them first.", known.person.name));
    }
    change_role(&mut intention, by, &known.person, change.role).await?;
    change_teams(&mut intention, by, &known.person, &change.teams).await?;
    let before = known.person.restrictions;
    if before != change.restrictions {
        people::set_restrictions(intention.tx(), change.id, &change.restrictions).await?;
        let detail = about(&known.person, json!(before), json!(change.restrictions));
        intention.audit(by, "person.restrictions_changed", None, detail).await?;
    }
    intention.person_changed(change.id);
    Ok(intention.commit().await?)
}

/// Somebody the actor may change. Owners stay who they are until the intention ends: so that the last one is never
/// lost between two who look at the same time.
pub(super) async fn manageable(
    intention: &mut Intention,
    by: &Actor,
    id: PersonId,
) -> Result<Known, Refusal> {
    people::lock_owners(intention.tx()).await?;
    let known = people::known(intention.tx(), id).await?.ok_or(Refusal::Gone)?;
    if by.may_manage(known.person.role) { Ok(known) } else { Err(Refusal::Forbidden) }
}

/// Refuses what would leave the workspace without an owner.
pub(super) async fn not_the_last_owner(intention: &mut Intention, person: &Person) -> Result<(), Refusal> {
    if person.role == Role::Owner && people::lock_owners(intention.tx()).await? == [person.id] {
        return invalid(format!("{} is the only owner. Make somebody else an owner first.", person.name));
    }
    Ok(())
}

async fn change_role(
    intention: &mut Intention,
    by: &Actor,
    person: &Person,
    role: Role,
) -> Result<(), Refusal> {
    if role == person.role {
        return Ok(());
    }
    if !by.may_manage(role) {
        return Err(Refusal::Forbidden);
    }
    not_the_last_owner(intention, person).await?;
    people::set_role(intention.tx(), person.id, role).await?;
    if role < person.role {
        // What they could invite to then, they may no longer.
        invitations::revoke_of(intention.tx(), person.id, &person.email).await?;
    }
    let detail = about(person, json!(person.role.as_str()), json!(role.as_str()));
    Ok(intention.audit(by, "person.role_changed", None, detail).await?)
}

async fn change_teams(
    intention: &mut Intention,
    by: &Actor,
    person: &Person,
    wanted: &[TeamId],
) -> Result<(), Refusal> {
    let known = people::teams(intention.tx()).await?;
    let name = |id: &TeamId| known.iter().find(|team| team.id == *id).map(|team| team.name.clone());
    if wanted.iter().any(|team| name(team).is_none()) {
        return invalid("One of these teams is gone. Load the page again and choose anew.");
    }
    let added: Vec<_> = wanted.iter().filter(|team| !person.teams.contains(team)).collect();
    let removed: Vec<_> = person.teams.iter().filter(|team| !wanted.contains(team)).collect();
    if added.is_empty() && removed.is_empty() {
        return Ok(());
    }
    for team in added {
        people::join(intention.tx(), *team, person.id).await?;
    }
    for team in removed {
        people::leave(intention.tx(), *team, person.id).await?;
    }
    let names = |teams: &[TeamId]| teams.iter().filter_map(name).collect::<Vec<_>>();
    let detail = about(person, json!(names(&person.teams)), json!(names(wanted)));
    Ok(intention.audit(by, "person.teams_changed", None, detail).await?)
}

/// What an audit entry about a person says: who, and what was before and after.
pub(super) fn about(person: &Person, before: Value, after: Value) -> Value {
    json!({ "person": person.name, "email": person.email, "before": before, "after": after })
}
