//! The team: people with their passwords, and the groups they are in.

use crate::{Error, Result, Tx, text};
use domain::person::{Person, Restrictions, Role, Team};
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
    EVERYBODY = "
        select id, email, name, role, restrictions, password_hash, active, last_seen_at from person
        order by active desc, name, id";
    ANY = "
        select id, email, name, role, restrictions, password_hash, active, last_seen_at from person where id = $1";
    ANY_BY_EMAIL = "
        select id, email, name, role, restrictions, password_hash, active, last_seen_at from person where email = $1";
    /// Whoever wants to change one waits until we have decided.
    LOCK_OWNERS = {
        sqlite: "select id from person where role = 'owner' and active order by id",
        postgres: "select id from person where role = 'owner' and active order by id for update",
    };
    SET_ROLE = "update person set role = $2 where id = $1";
    SET_NAME = "update person set name = $2 where id = $1";
    DEACTIVATE = "update person set active = false, deactivated_at = $2 where id = $1 and active";
    REACTIVATE = "update person set active = true, deactivated_at = null where id = $1 and not active";
    SEEN = "update person set last_seen_at = $2 where id = $1";
    SET_THEME = "update person set theme = $2 where id = $1";
    THEME = "select theme from person where id = $1";
    RENAME_TEAM = "update team set name = $2 where id = $1";
    REMOVE_TEAM = "delete from team where id = $1";
    LEAVE = "delete from team_member where team_id = $1 and person_id = $2";
    EMPTY_TEAM = "delete from team_member where team_id = $1";
    MEMBERS_OF = "select person_id from team_member where team_id = $1 order by person_id";
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

/// Somebody who is or was in the team.
#[derive(Clone, Debug, PartialEq)]
pub struct Known {
    pub person: Person,
    /// Whether they are still in the team.
    pub active: bool,
    pub last_seen: Option<Timestamp>,
}

#[derive(sqlx::FromRow)]
struct KnownRow {
    #[sqlx(flatten)]
    row: Row,
    active: bool,
    last_seen_at: Option<i64>,
}

impl TryFrom<KnownRow> for Known {
    type Error = Error;
    fn try_from(known: KnownRow) -> Result<Self> {
        Ok(Self {
            person: known.row.try_into()?,
            active: known.active,
            last_seen: known.last_seen_at.map(Timestamp),
        })
    }
}

/// Everybody who is or was in the team: those who are first, by name.
pub async fn everybody(tx: &mut Tx) -> Result<Vec<Known>> {
    let rows: Vec<KnownRow> = fetch_all!(tx, EVERYBODY);
    let members: Vec<(Uuid, Uuid)> = fetch_all!(tx, MEMBERS);
    rows.into_iter()
        .map(|row| {
            let mut known = Known::try_from(row)?;
            let own = members.iter().filter(|(_, member)| *member == known.person.id.0);
            known.person.teams = own.map(|(team, _)| TeamId(*team)).collect();
            Ok(known)
        })
        .collect()
}

/// Somebody who is or was in the team.
pub async fn known(tx: &mut Tx, id: PersonId) -> Result<Option<Known>> {
    let row: Option<KnownRow> = fetch_optional!(tx, ANY, id.0);
    known_with_teams(tx, row).await
}

/// Whose address this is or was.
pub async fn known_by_email(tx: &mut Tx, email: &str) -> Result<Option<Known>> {
    let row: Option<KnownRow> = fetch_optional!(tx, ANY_BY_EMAIL, text::fold(email));
    known_with_teams(tx, row).await
}

async fn known_with_teams(tx: &mut Tx, row: Option<KnownRow>) -> Result<Option<Known>> {
    let Some(row) = row else { return Ok(None) };
    let known = Known::try_from(row)?;
    let person = with_teams(tx, known.person).await?;
    Ok(Some(Known { person, ..known }))
}

/// The owners. Until this transaction ends no other can change who they are.
pub async fn lock_owners(tx: &mut Tx) -> Result<Vec<PersonId>> {
    let rows: Vec<(Uuid,)> = fetch_all!(tx, LOCK_OWNERS);
    Ok(rows.into_iter().map(|(id,)| PersonId(id)).collect())
}

/// Gives somebody another role.
pub async fn set_role(tx: &mut Tx, id: PersonId, role: Role) -> Result<()> {
    execute!(tx, SET_ROLE, id.0, role.as_str());
    Ok(())
}

/// Gives somebody another name.
pub async fn set_name(tx: &mut Tx, id: PersonId, name: &str) -> Result<()> {
    execute!(tx, SET_NAME, id.0, name);
    Ok(())
}

/// Somebody leaves the team; what they did stays. `false`: they had left.
pub async fn deactivate(tx: &mut Tx, id: PersonId, now: Timestamp) -> Result<bool> {
    Ok(execute!(tx, DEACTIVATE, id.0, now.ms()) == 1)
}

/// Somebody who left comes back. `false`: they had not left.
pub async fn reactivate(tx: &mut Tx, id: PersonId) -> Result<bool> {
    Ok(execute!(tx, REACTIVATE, id.0) == 1)
}

/// Notes that somebody was here.
pub async fn seen(tx: &mut Tx, id: PersonId, now: Timestamp) -> Result<()> {
    execute!(tx, SEEN, id.0, now.ms());
    Ok(())
}

/// How somebody wants the screens lit: `system`, `light` or `dark`; empty when they never said.
pub async fn theme(tx: &mut Tx, id: PersonId) -> Result<Option<String>> {
    let row: Option<(String,)> = fetch_optional!(tx, THEME, id.0);
    Ok(row.map(|(theme,)| theme))
}

/// Remembers how somebody wants the screens lit.
pub async fn set_theme(tx: &mut Tx, id: PersonId, theme: &str) -> Result<()> {
    execute!(tx, SET_THEME, id.0, theme);
    Ok(())
}

/// Gives a team another name. `false`: there is no such team.
pub async fn rename_team(tx: &mut Tx, team: TeamId, name: &str) -> Result<bool> {
    Ok(execute!(tx, RENAME_TEAM, team.0, name) == 1)
}

/// Removes a team that has no conversations any more. `false`: there is no such team.
pub async fn remove_team(tx: &mut Tx, team: TeamId) -> Result<bool> {
    execute!(tx, EMPTY_TEAM, team.0);
    Ok(execute!(tx, REMOVE_TEAM, team.0) == 1)
}

/// Takes somebody out of a team.
pub async fn leave(tx: &mut Tx, team: TeamId, person: PersonId) -> Result<()> {
    execute!(tx, LEAVE, team.0, person.0);
    Ok(())
}

/// Who is in a team, whether they left the workspace or not.
pub async fn members(tx: &mut Tx, team: TeamId) -> Result<Vec<PersonId>> {
    let rows: Vec<(Uuid,)> = fetch_all!(tx, MEMBERS_OF, team.0);
    Ok(rows.into_iter().map(|(id,)| PersonId(id)).collect())
}
