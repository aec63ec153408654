//! How somebody likes the product: one JSON text per person, which only its writer reads.

use crate::{Error, Result, Tx};
use domain::PersonId;

statements! {
    GET = "select body, version from preference where person_id = $1";
    CREATE = "
        insert into preference (person_id, body, version) values ($1, $2, 1)
        on conflict (person_id) do nothing";
    REPLACE = "
        update preference set body = $2, version = version + 1 where person_id = $1 and version = $3";
}

/// What a person chose, with its version; nothing when they left everything alone.
pub async fn get(tx: &mut Tx, person: PersonId) -> Result<Option<(String, i64)>> {
    Ok(fetch_optional!(tx, GET, person.0))
}

/// Keeps what a person chose, and answers the new version. `version`: what the writer read, 0 when there was
/// nothing. [`Error::Conflict`] when another window was first.
pub async fn put(tx: &mut Tx, person: PersonId, body: &str, version: i64) -> Result<i64> {
    let written = match version {
        0 => execute!(tx, CREATE, person.0, body),
        read => execute!(tx, REPLACE, person.0, body, read),
    };
    if written == 1 { Ok(version + 1) } else { Err(Error::Conflict) }
}
