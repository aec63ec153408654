//! Sign-ins with Facebook between its dialog and the choice of pages: short-lived, sealed, of one person.

use crate::{Result, Tx};
use domain::{AppId, PersonId, Timestamp};
use uuid::Uuid;

/// What came back from Facebook, until somebody chooses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Login {
    pub id: Uuid,
    pub person: PersonId,
    pub app: AppId,
    /// Tokens in it; only the server can read it.
    pub sealed: String,
    pub expires_at: Timestamp,
}

statements! {
    PUT = "
        insert into facebook_login (id, person_id, app_id, sealed, expires_at) values ($1, $2, $3, $4, $5)";
    FIND = "
        select id, person_id, app_id, sealed, expires_at from facebook_login
        where id = $1 and person_id = $2 and expires_at > $3";
    DELETE = "delete from facebook_login where id = $1";
    PRUNE = "delete from facebook_login where expires_at <= $1";
}

/// Keeps one.
pub async fn put(tx: &mut Tx, login: &Login) -> Result<()> {
    let (person, app) = (login.person.0, login.app.as_str());
    execute!(tx, PUT, login.id, person, app, login.sealed.as_str(), login.expires_at.ms());
    Ok(())
}

/// One of this person's, as long as it counts.
pub async fn find(tx: &mut Tx, id: Uuid, person: PersonId, now: Timestamp) -> Result<Option<Login>> {
    let row: Option<(Uuid, Uuid, String, String, i64)> = fetch_optional!(tx, FIND, id, person.0, now.ms());
    Ok(row.map(|(id, person, app, sealed, expires_at)| Login {
        id,
        person: PersonId(person),
        app: app.into(),
        sealed,
        expires_at: Timestamp(expires_at),
    }))
}

/// Forgets one.
pub async fn delete(tx: &mut Tx, id: Uuid) -> Result<()> {
    execute!(tx, DELETE, id);
    Ok(())
}

/// Forgets those that no longer count.
pub async fn prune(tx: &mut Tx, now: Timestamp) -> Result<u64> {
    Ok(execute!(tx, PRUNE, now.ms()))
}
