//! The team: people with their passwords, and the groups they are in.

use crate::{Error, Result, Tx, text};
use domain::person::{Person, Restrictions, Team};
use domain::{PersonId, TeamId, Timestamp};
use uuid::Uuid;

statements! {
    ADD = "
        insert into person (id, email, name, role, password_hash, created_at, active)
        values ($1, $2, $3, $4, $5, $6, true)
        on conflict (email) do nothing";
    BY_EMAIL = "select id, email, name, role, restrictions, password_hash from person where email = $1 and active";
    FIND = "select id, email, name, role, restrictions, password_hash from person where id = $1 and active";
    ALL = "select id, email, name, role, restrictions, password_hash from person where active order by name, id";
    OWNERS = "select count(*) from person where role = 'owner' and active";
    SET_PASSWORD = "update person set password_hash = $2 where id = $1";
    ADD_TEAM = "insert into team (id, name) values ($1, $2)";
    FIND_TEAM = "select id, name from team where id = $1";
    TEAMS = "select id, name from team order by name, id";
    SET_RESTRICTIONS = "update person set restrictions = $2 where id = $1";
    TEAMS_OF = "select team_id, person_id from team_member where person_id = $1 order by team_id";
    MEMBERS = "select team_id, person_id from team_member order by team_id";
    JOIN = "insert into team_member (team_id, person_id) values ($1, $2) on conflict do nothing";
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    email: String,
    name: String,
    role: String,
    restrictions: String,
    password_hash: Option<String>,
}

impl TryFrom<Row> for Person {
    type Error = Error;
    fn try_from(row: Row) -> Result<Self> {
        let role = text::word("person", &row.role)?;
        let restrictions = text::read("person", &row.restrictions)?;
        Ok(Self {
            id: PersonId(row.id),
            email: row.email,
            name: row.name,
            role,
            restrictions,
            teams: Vec::new(),
        })
    }
}

async fn with_teams(tx: &mut Tx, mut person: Person) -> Result<Person> {
    let rows: Vec<(Uuid, Uuid)> = fetch_all!(tx, TEAMS_OF, person.id.0);
    person.teams = rows.into_iter().map(|(team, _)| TeamId(team)).collect();
    Ok(person)
}

/// Adds somebody; without a password hash they cannot sign in yet. [`Error::Conflict`] when the address is taken,
/// whatever its case.
pub async fn add(tx: &mut Tx, person: &Person, password_hash: Option<&str>, now: Timestamp) -> Result<()> {
    let (email, role) = (text::fold(&person.email), person.role.as_str());
    let added = execute!(tx, ADD, person.id.0, &email, person.name.as_str(), role, password_hash, now.ms());
    if added == 1 { Ok(()) } else { Err(Error::Conflict) }
}

/// Who signs in with this address, and their password hash.
pub async fn by_email(tx: &mut Tx, email: &str) -> Result<Option<(Person, Option<String>)>> {
    let row: Option<Row> = fetch_optional!(tx, BY_EMAIL, text::fold(email));
    let Some(mut row) = row else { return Ok(None) };
    let hash = row.password_hash.take();
    let person = with_teams(tx, row.try_into()?).await?;
    Ok(Some((person, hash)))
}

/// Somebody who is still in the team.
pub async fn find(tx: &mut Tx, id: PersonId) -> Result<Option<Person>> {
    let row: Option<Row> = fetch_optional!(tx, FIND, id.0);
    match row {
        Some(row) => Ok(Some(with_teams(tx, row.try_into()?).await?)),
        None => Ok(None),
    }
}

/// Everybody in the team, by name.
pub async fn all(tx: &mut Tx) -> Result<Vec<Person>> {
    let rows: Vec<Row> = fetch_all!(tx, ALL);
    let members: Vec<(Uuid, Uuid)> = fetch_all!(tx, MEMBERS);
    rows.into_iter()
        .map(|row| {
            let mut person = Person::try_from(row)?;
            let own = members.iter().filter(|(_, member)| *member == person.id.0);
            person.teams = own.map(|(team, _)| TeamId(*team)).collect();
            Ok(person)
        })
        .collect()
}

/// Says what an agent is kept from.
pub async fn set_restrictions(tx: &mut Tx, id: PersonId, restrictions: &Restrictions) -> Result<()> {
    execute!(tx, SET_RESTRICTIONS, id.0, &text::write("person", restrictions)?);
    Ok(())
}

/// Whether the workspace has an owner yet.
pub async fn owner_exists(tx: &mut Tx) -> Result<bool> {
    let (owners,): (i64,) = fetch_one!(tx, OWNERS);
    Ok(owners > 0)
}

/// Gives somebody a new password.
pub async fn set_password(tx: &mut Tx, id: PersonId, password_hash: &str) -> Result<()> {
    execute!(tx, SET_PASSWORD, id.0, password_hash);
    Ok(())
}

/// Adds a team.
pub async fn add_team(tx: &mut Tx, team: &Team) -> Result<()> {
    execute!(tx, ADD_TEAM, team.id.0, team.name.as_str());
    Ok(())
}

/// One team.
pub async fn find_team(tx: &mut Tx, id: TeamId) -> Result<Option<Team>> {
    let row: Option<(Uuid, String)> = fetch_optional!(tx, FIND_TEAM, id.0);
    Ok(row.map(|(id, name)| Team { id: TeamId(id), name }))
}

/// Every team, by name.
pub async fn teams(tx: &mut Tx) -> Result<Vec<Team>> {
    let rows: Vec<(Uuid, String)> = fetch_all!(tx, TEAMS);
    Ok(rows.into_iter().map(|(id, name)| Team { id: TeamId(id), name }).collect())
}

/// Puts somebody into a team; twice is once.
pub async fn join(tx: &mut Tx, team: TeamId, person: PersonId) -> Result<()> {
    execute!(tx, JOIN, team.0, person.0);
    Ok(())
}
