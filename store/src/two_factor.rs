//! The second step of signing in: a sealed secret per person, and recovery codes known by their hashes.

use crate::{Result, Tx};
use domain::{PersonId, Timestamp};
use uuid::Uuid;

/// The second step of one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TwoFactor {
    /// As the vault sealed it.
    pub secret: String,
    /// Since when it is asked for; nothing until a first code has proved it.
    pub confirmed_at: Option<Timestamp>,
}

statements! {
    BEGIN = "
        insert into two_factor (person_id, secret, last_step) values ($1, $2, 0)
        on conflict (person_id) do update set secret = excluded.secret, last_step = 0
            where two_factor.confirmed_at is null";
    FIND = "select secret, confirmed_at from two_factor where person_id = $1";
    CONFIRM = "update two_factor set confirmed_at = $2 where person_id = $1 and confirmed_at is null";
    /// A code counts once, whoever is quicker.
    USE_STEP = "update two_factor set last_step = $2 where person_id = $1 and last_step < $2";
    FORGET = "delete from two_factor where person_id = $1";
    ALL = "select person_id from two_factor where confirmed_at is not null";
    ADD_CODE = "insert into recovery_code (person_id, hash) values ($1, $2) on conflict do nothing";
    USE_CODE = "update recovery_code set used_at = $3 where person_id = $1 and hash = $2 and used_at is null";
    LEFT = "select count(*) from recovery_code where person_id = $1 and used_at is null";
    FORGET_CODES = "delete from recovery_code where person_id = $1";
}

/// Keeps a secret that is not asked for yet. `false`: another one is asked for already.
pub async fn begin(tx: &mut Tx, person: PersonId, secret: &str) -> Result<bool> {
    Ok(execute!(tx, BEGIN, person.0, secret) == 1)
}

/// What somebody signs in with besides the password, asked for already or not.
pub async fn find(tx: &mut Tx, person: PersonId) -> Result<Option<TwoFactor>> {
    let row: Option<(String, Option<i64>)> = fetch_optional!(tx, FIND, person.0);
    Ok(row.map(|(secret, confirmed_at)| TwoFactor { secret, confirmed_at: confirmed_at.map(Timestamp) }))
}

/// From now on it is asked for. `false`: it was before, or there is nothing to ask for.
pub async fn confirm(tx: &mut Tx, person: PersonId, now: Timestamp) -> Result<bool> {
    Ok(execute!(tx, CONFIRM, person.0, now.ms()) == 1)
}

/// Uses up the code of a time step and of all before it. `false`: it was used.
pub async fn use_step(tx: &mut Tx, person: PersonId, step: i64) -> Result<bool> {
    Ok(execute!(tx, USE_STEP, person.0, step) == 1)
}

/// Asks no more. `false`: nothing was asked.
pub async fn forget(tx: &mut Tx, person: PersonId) -> Result<bool> {
    execute!(tx, FORGET_CODES, person.0);
    Ok(execute!(tx, FORGET, person.0) == 1)
}

/// Who is asked for a second step.
pub async fn all(tx: &mut Tx) -> Result<Vec<PersonId>> {
    let rows: Vec<(Uuid,)> = fetch_all!(tx, ALL);
    Ok(rows.into_iter().map(|(person,)| PersonId(person)).collect())
}

/// Replaces somebody's recovery codes.
pub async fn set_codes(tx: &mut Tx, person: PersonId, hashes: &[String]) -> Result<()> {
    execute!(tx, FORGET_CODES, person.0);
    for hash in hashes {
        execute!(tx, ADD_CODE, person.0, hash);
    }
    Ok(())
}

/// Uses up a recovery code. `false`: there is no such code, or it was used.
pub async fn use_code(tx: &mut Tx, person: PersonId, hash: &str, now: Timestamp) -> Result<bool> {
    Ok(execute!(tx, USE_CODE, person.0, hash, now.ms()) == 1)
}

/// How many recovery codes are left.
pub async fn codes_left(tx: &mut Tx, person: PersonId) -> Result<i64> {
    let (left,): (i64,) = fetch_one!(tx, LEFT, person.0);
    Ok(left)
}
