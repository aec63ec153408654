//! Who is signed in where. The id is a hash: reading this table signs nobody in.

use crate::{Error, Result, Tx};
use domain::{PersonId, Timestamp};

statements! {
    SAVE = "
        insert into session (id, person_id, data, expires_at) values ($1, $2, $3, $4)
        on conflict (id) do update set
            person_id = excluded.person_id, data = excluded.data, expires_at = excluded.expires_at";
    CREATE = "
        insert into session (id, person_id, data, expires_at) values ($1, $2, $3, $4)
        on conflict (id) do nothing";
    LOAD = "select data from session where id = $1 and expires_at > $2";
    DELETE = "delete from session where id = $1";
    DELETE_OF = "delete from session where person_id = $1";
    DELETE_OTHERS = "delete from session where person_id = $1 and id <> $2";
    DELETE_ONE_OF = "delete from session where person_id = $1 and id = $2";
    BEGUN = "
        update session set started_at = $2, last_seen_at = $2, agent = $3, address = $4 where id = $1";
    SEEN = "update session set last_seen_at = $2, address = coalesce($3, address) where id = $1";
    OF = "
        select id, started_at, last_seen_at, agent, address from session
        where person_id = $1 and expires_at > $2 order by last_seen_at desc, id";
    PRUNE = "delete from session where expires_at <= $1";
}

/// Keeps a session, new or not.
pub async fn save(
    tx: &mut Tx,
    id: &str,
    person: Option<PersonId>,
    data: &str,
    expires_at: Timestamp,
) -> Result<()> {
    execute!(tx, SAVE, id, person.map(|person| person.0), data, expires_at.ms());
    Ok(())
}

/// Keeps a new session. [`Error::Conflict`] when the id is in use.
pub async fn create(
    tx: &mut Tx,
    id: &str,
    person: Option<PersonId>,
    data: &str,
    expires_at: Timestamp,
) -> Result<()> {
    let created = execute!(tx, CREATE, id, person.map(|person| person.0), data, expires_at.ms());
    if created == 1 { Ok(()) } else { Err(Error::Conflict) }
}

/// A session that has not run out.
pub async fn load(tx: &mut Tx, id: &str, now: Timestamp) -> Result<Option<String>> {
    let row: Option<(String,)> = fetch_optional!(tx, LOAD, id, now.ms());
    Ok(row.map(|(data,)| data))
}

/// Ends one session.
pub async fn delete(tx: &mut Tx, id: &str) -> Result<()> {
    execute!(tx, DELETE, id);
    Ok(())
}

/// Signs a person out everywhere. Answers how many sessions that ended.
pub async fn delete_of(tx: &mut Tx, person: PersonId) -> Result<u64> {
    Ok(execute!(tx, DELETE_OF, person.0))
}

/// Signs a person out everywhere but here. Answers how many sessions that ended.
pub async fn delete_others(tx: &mut Tx, person: PersonId, here: &str) -> Result<u64> {
    Ok(execute!(tx, DELETE_OTHERS, person.0, here))
}

/// Ends one session of a person. `false`: there is none with this id.
pub async fn delete_one_of(tx: &mut Tx, person: PersonId, id: &str) -> Result<bool> {
    Ok(execute!(tx, DELETE_ONE_OF, person.0, id) == 1)
}

/// A session as its owner sees it.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Shown {
    /// The hash of what the cookie holds.
    pub id: String,
    /// In milliseconds since 1970, like the next; nothing for sessions of an older version.
    pub started_at: Option<i64>,
    pub last_seen_at: Option<i64>,
    /// What the browser calls itself.
    pub agent: Option<String>,
    pub address: Option<String>,
}

/// Notes where and when somebody signed in.
pub async fn begun(tx: &mut Tx, id: &str, agent: Option<&str>, address: &str, now: Timestamp) -> Result<()> {
    execute!(tx, BEGUN, id, now.ms(), agent, address);
    Ok(())
}

/// Notes that a session was used.
pub async fn seen(tx: &mut Tx, id: &str, address: Option<&str>, now: Timestamp) -> Result<()> {
    execute!(tx, SEEN, id, now.ms(), address);
    Ok(())
}

/// Where a person is signed in, what was used last first.
pub async fn of(tx: &mut Tx, person: PersonId, now: Timestamp) -> Result<Vec<Shown>> {
    Ok(fetch_all!(tx, OF, person.0, now.ms()))
}

/// Forgets the sessions that have run out.
pub async fn prune(tx: &mut Tx, now: Timestamp) -> Result<()> {
    execute!(tx, PRUNE, now.ms());
    Ok(())
}
