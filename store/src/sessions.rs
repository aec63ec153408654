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

/// Forgets the sessions that have run out.
pub async fn prune(tx: &mut Tx, now: Timestamp) -> Result<()> {
    execute!(tx, PRUNE, now.ms());
    Ok(())
}
