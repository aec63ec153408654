//! Pictures of the team.

use crate::{Result, Tx};
use domain::PersonId;
use uuid::Uuid;

/// A picture as it is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// Changes with the picture.
    pub version: String,
    /// The media type, such as `image/png`.
    pub kind: String,
    pub bytes: Vec<u8>,
}

statements! {
    PUT = "
        insert into picture (person_id, version, kind, bytes) values ($1, $2, $3, $4)
        on conflict (person_id) do update set
            version = excluded.version, kind = excluded.kind, bytes = excluded.bytes";
    GET = "select version, kind, bytes from picture where person_id = $1";
    REMOVE = "delete from picture where person_id = $1";
    VERSIONS = "select person_id, version from picture order by person_id";
}

/// Keeps somebody's picture instead of the one before.
pub async fn put(tx: &mut Tx, person: PersonId, picture: &Picture) -> Result<()> {
    let (version, kind) = (picture.version.as_str(), picture.kind.as_str());
    execute!(tx, PUT, person.0, version, kind, picture.bytes.as_slice());
    Ok(())
}

/// Somebody's picture.
pub async fn get(tx: &mut Tx, person: PersonId) -> Result<Option<Picture>> {
    let row: Option<(String, String, Vec<u8>)> = fetch_optional!(tx, GET, person.0);
    Ok(row.map(|(version, kind, bytes)| Picture { version, kind, bytes }))
}

/// Forgets somebody's picture.
pub async fn remove(tx: &mut Tx, person: PersonId) -> Result<()> {
    execute!(tx, REMOVE, person.0);
    Ok(())
}

/// Who has a picture, and which.
pub async fn versions(tx: &mut Tx) -> Result<Vec<(PersonId, String)>> {
    let rows: Vec<(Uuid, String)> = fetch_all!(tx, VERSIONS);
    Ok(rows.into_iter().map(|(person, version)| (PersonId(person), version)).collect())
}
