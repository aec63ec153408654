//! Whom a workflow may give a conversation to: who is there, how much they have, and whose turn it is.

use crate::{Result, Tx};
use domain::workflow::turn::Candidate;
use domain::{PersonId, TeamId, Timestamp};
use uuid::Uuid;

statements! {
    ALL = "
        select p.id, p.last_seen_at, a.at,
            (select count(*) from conversation c where c.assignee = p.id and c.status = 'open') as open
        from person p left join assigned a on a.person_id = p.id
        where p.active order by p.id";
    OF_TEAM = "
        select p.id, p.last_seen_at, a.at,
            (select count(*) from conversation c where c.assignee = p.id and c.status = 'open') as open
        from person p join team_member m on m.person_id = p.id left join assigned a on a.person_id = p.id
        where p.active and m.team_id = $1 order by p.id";
    ONE = "
        select p.id, p.last_seen_at, a.at,
            (select count(*) from conversation c where c.assignee = p.id and c.status = 'open') as open
        from person p left join assigned a on a.person_id = p.id
        where p.active and p.id = $1";
    GIVEN = "
        insert into assigned (person_id, at) values ($1, $2)
        on conflict (person_id) do update set at = excluded.at";
}

type Row = (Uuid, Option<i64>, Option<i64>, i64);

fn candidates(rows: Vec<Row>, online_since: Timestamp) -> Vec<Candidate> {
    let candidate = |(id, seen, at, open): Row| Candidate {
        id: PersonId(id),
        online: seen.is_some_and(|seen| seen >= online_since.ms()),
        open: u32::try_from(open).unwrap_or(u32::MAX),
        last_assigned_at: at.map(Timestamp),
    };
    rows.into_iter().map(candidate).collect()
}

/// Everybody in the workspace. Online is who was seen since `online_since`.
pub async fn everybody(tx: &mut Tx, online_since: Timestamp) -> Result<Vec<Candidate>> {
    Ok(candidates(fetch_all!(tx, ALL), online_since))
}

/// The members of a team.
pub async fn of_team(tx: &mut Tx, team: TeamId, online_since: Timestamp) -> Result<Vec<Candidate>> {
    Ok(candidates(fetch_all!(tx, OF_TEAM, team.0), online_since))
}

/// One person, if still in the team.
pub async fn one(tx: &mut Tx, person: PersonId, online_since: Timestamp) -> Result<Vec<Candidate>> {
    Ok(candidates(fetch_all!(tx, ONE, person.0), online_since))
}

/// Remembers that somebody was given a conversation.
pub async fn given(tx: &mut Tx, person: PersonId, now: Timestamp) -> Result<()> {
    execute!(tx, GIVEN, person.0, now.ms());
    Ok(())
}
