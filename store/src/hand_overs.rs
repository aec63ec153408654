//! Whose conversations somebody had, and to whom they go when that person leaves.

use crate::{Result, Tx};
use domain::{ConversationId, PersonId, TeamId};
use uuid::Uuid;

/// Conversations still to be handed over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandOver {
    pub from: PersonId,
    pub to_person: Option<PersonId>,
    pub to_team: Option<TeamId>,
    /// Who decided it.
    pub by_name: String,
}

statements! {
    BEGIN = "
        insert into hand_over (person_id, to_person, to_team, by_name) values ($1, $2, $3, $4)
        on conflict (person_id) do update set
            to_person = excluded.to_person, to_team = excluded.to_team, by_name = excluded.by_name";
    DONE = "delete from hand_over where person_id = $1";
    WAITING = "select person_id, to_person, to_team, by_name from hand_over order by person_id";
    OF_PERSON = "select id from conversation where assignee = $1 order by id limit $2";
    OF_TEAM = "select id from conversation where team = $1 order by id limit $2";
    OPEN_OF = "
        select assignee, count(*) as conversations from conversation
        where assignee is not null and status <> 'closed' group by assignee order by assignee";
    OPEN_OF_TEAMS = "
        select team, count(*) as conversations from conversation
        where team is not null and status <> 'closed' group by team order by team";
}

#[derive(sqlx::FromRow)]
struct Row {
    person_id: Uuid,
    to_person: Option<Uuid>,
    to_team: Option<Uuid>,
    by_name: String,
}

/// Notes that a person's conversations have to be handed over.
pub async fn begin(tx: &mut Tx, hand_over: &HandOver) -> Result<()> {
    let person = hand_over.to_person.map(|person| person.0);
    let team = hand_over.to_team.map(|team| team.0);
    execute!(tx, BEGIN, hand_over.from.0, person, team, hand_over.by_name.as_str());
    Ok(())
}

/// Notes that nothing of a person's is left to hand over.
pub async fn done(tx: &mut Tx, from: PersonId) -> Result<()> {
    execute!(tx, DONE, from.0);
    Ok(())
}

/// What was begun and not finished.
pub async fn waiting(tx: &mut Tx) -> Result<Vec<HandOver>> {
    let rows: Vec<Row> = fetch_all!(tx, WAITING);
    let read = |row: Row| HandOver {
        from: PersonId(row.person_id),
        to_person: row.to_person.map(PersonId),
        to_team: row.to_team.map(TeamId),
        by_name: row.by_name,
    };
    Ok(rows.into_iter().map(read).collect())
}

/// Some of the conversations assigned to a person.
pub async fn of_person(tx: &mut Tx, person: PersonId, limit: i64) -> Result<Vec<ConversationId>> {
    let rows: Vec<(Uuid,)> = fetch_all!(tx, OF_PERSON, person.0, limit);
    Ok(rows.into_iter().map(|(id,)| ConversationId(id)).collect())
}

/// Some of the conversations assigned to a team.
pub async fn of_team(tx: &mut Tx, team: TeamId, limit: i64) -> Result<Vec<ConversationId>> {
    let rows: Vec<(Uuid,)> = fetch_all!(tx, OF_TEAM, team.0, limit);
    Ok(rows.into_iter().map(|(id,)| ConversationId(id)).collect())
}

/// How many conversations that are not closed each person has.
pub async fn open_of(tx: &mut Tx) -> Result<Vec<(PersonId, i64)>> {
    let rows: Vec<(Uuid, i64)> = fetch_all!(tx, OPEN_OF);
    Ok(rows.into_iter().map(|(id, count)| (PersonId(id), count)).collect())
}

/// How many conversations that are not closed each team has.
pub async fn open_of_teams(tx: &mut Tx) -> Result<Vec<(TeamId, i64)>> {
    let rows: Vec<(Uuid, i64)> = fetch_all!(tx, OPEN_OF_TEAMS);
    Ok(rows.into_iter().map(|(id, count)| (TeamId(id), count)).collect())
}
