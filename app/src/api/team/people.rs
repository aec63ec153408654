//! Who is in the team, and who is about to be.

use crate::api::Failure;
use crate::api::codec::Json;
#[cfg(feature = "ssr")]
use crate::api::{Reception, answer, caller};
use domain::person::{Person, Restrictions, Role, Team};
use domain::{PersonId, TeamId, Timestamp};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Everybody who is, was or is about to be in the team.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Directory {
    /// Those who are in it first, by name.
    pub people: Vec<Member>,
    pub invitations: Vec<Invited>,
    pub teams: Vec<TeamView>,
    pub now: Timestamp,
}

/// Somebody of the team as managers see them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Member {
    pub person: Person,
    /// Whether they are still in the team.
    pub active: bool,
    pub last_seen: Option<Timestamp>,
    /// Whether they are asked for a code when they sign in.
    pub two_factor: bool,
    /// How many conversations that are not closed are theirs.
    pub open: i64,
}

/// An invitation nobody has used yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invited {
    pub id: Uuid,
    pub email: String,
    pub name: String,
    pub role: Role,
    pub teams: Vec<TeamId>,
    /// Who invited.
    pub by: String,
    pub expires_at: Timestamp,
}

/// A team with its people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TeamView {
    pub team: Team,
    pub members: Vec<PersonId>,
    /// How many conversations that are not closed are theirs.
    pub open: i64,
}

/// Whom to invite.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Invitation {
    pub email: String,
    /// May be empty: the invited choose it themselves.
    pub name: String,
    pub role: Role,
    pub teams: Vec<TeamId>,
}

/// The way in, told once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvitationLink {
    pub email: String,
    pub address: String,
    pub expires_at: Timestamp,
}

/// What an invitation's link leads to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Welcome {
    Open {
        workspace: String,
        email: String,
        name: String,
        role: Role,
        by: String,
    },
    /// It is older than a day.
    Expired {
        by: String,
    },
    /// Somebody joined with it.
    Used,
    /// There is no such link, or not any more.
    Unknown,
}

domain::tagged!(Welcome by "state" {
    "open" => Open { workspace, email, name, role, by },
    "expired" => Expired { by },
    "used" => Used,
    "unknown" => Unknown,
});

/// What somebody is from now on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PersonChange {
    pub id: PersonId,
    pub role: Role,
    pub teams: Vec<TeamId>,
    pub restrictions: Restrictions,
}

/// Who leaves, and who gets their conversations.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HandOver {
    pub id: PersonId,
    pub to: Heir,
}

/// Who gets conversations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Heir {
    Nobody,
    Person(PersonId),
    Team(TeamId),
}

/// A team as it is from now on; without an id it is new.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TeamChange {
    pub id: Option<TeamId>,
    pub name: String,
    pub members: Vec<PersonId>,
}

/// A team that ends, and the team that gets its conversations.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TeamRemoval {
    pub id: TeamId,
    pub to: Option<TeamId>,
}

/// Everybody who is, was or is about to be in the team.
#[server(prefix = "/rpc", endpoint = "team/directory", input = Json, output = Json)]
pub async fn load_directory() -> Result<Directory, Failure> {
    let caller = caller()?;
    answer(caller.desk.directory(&caller.actor).await)
}

/// Invites somebody.
#[server(prefix = "/rpc", endpoint = "team/invite", input = Json, output = Json)]
pub async fn invite(new: Invitation) -> Result<InvitationLink, Failure> {
    let caller = caller()?;
    answer(caller.desk.invite(&caller.actor, new).await)
}

/// Makes a new link for an invitation; the old one ends.
#[server(prefix = "/rpc", endpoint = "team/invite-again", input = Json, output = Json)]
pub async fn invite_again(id: Uuid) -> Result<InvitationLink, Failure> {
    let caller = caller()?;
    answer(caller.desk.invite_again(&caller.actor, id).await)
}

/// Takes an invitation back.
#[server(prefix = "/rpc", endpoint = "team/revoke-invitation", input = Json, output = Json)]
pub async fn revoke_invitation(id: Uuid) -> Result<(), Failure> {
    let caller = caller()?;
    answer(caller.desk.revoke_invitation(&caller.actor, id).await)
}

/// What an invitation's link leads to. Asked by people who are not signed in.
#[server(prefix = "/rpc", endpoint = "team/welcome", input = Json, output = Json)]
pub async fn read_invitation(token: String) -> Result<Welcome, Failure> {
    match use_context::<Reception>() {
        Some(Reception(desk)) => answer(desk.welcome(&token).await),
        None => answer(Err(Failure::Internal)),
    }
}

/// Changes role, teams and restrictions of somebody.
#[server(prefix = "/rpc", endpoint = "team/change-person", input = Json, output = Json)]
pub async fn change_person(change: PersonChange) -> Result<(), Failure> {
    let caller = caller()?;
    answer(caller.desk.change_person(&caller.actor, change).await)
}

/// Ends somebody's place in the team.
#[server(prefix = "/rpc", endpoint = "team/deactivate", input = Json, output = Json)]
pub async fn deactivate(hand_over: HandOver) -> Result<(), Failure> {
    let caller = caller()?;
    answer(caller.desk.deactivate(&caller.actor, hand_over).await)
}

/// Takes somebody back into the team.
#[server(prefix = "/rpc", endpoint = "team/reactivate", input = Json, output = Json)]
pub async fn reactivate(id: PersonId) -> Result<(), Failure> {
    let caller = caller()?;
    answer(caller.desk.reactivate(&caller.actor, id).await)
}

/// Takes somebody's second step away.
#[server(prefix = "/rpc", endpoint = "team/reset-two-factor", input = Json, output = Json)]
pub async fn reset_two_factor(id: PersonId) -> Result<(), Failure> {
    let caller = caller()?;
    answer(caller.desk.reset_two_factor(&caller.actor, id).await)
}

/// Makes or changes a team.
#[server(prefix = "/rpc", endpoint = "team/put-team", input = Json, output = Json)]
pub async fn put_team(change: TeamChange) -> Result<TeamId, Failure> {
    let caller = caller()?;
    answer(caller.desk.put_team(&caller.actor, change).await)
}

/// Ends a team.
#[server(prefix = "/rpc", endpoint = "team/remove-team", input = Json, output = Json)]
pub async fn remove_team(removal: TeamRemoval) -> Result<(), Failure> {
    let caller = caller()?;
    answer(caller.desk.remove_team(&caller.actor, removal).await)
}
