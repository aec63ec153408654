//! Sessions of people: a random 128-bit cookie whose hash is stored, so that a leaked database opens no session.

use crate::desk::set_up::fingerprint;
use crate::node::Node;
use async_trait::async_trait;
use domain::{DAY, PersonId, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::sync::Arc;
use store::sessions;
use tower_sessions::cookie::SameSite;
use tower_sessions::cookie::time::{Duration, OffsetDateTime};
use tower_sessions::session::{Id, Record};
use tower_sessions::session_store::{Error, Result};
use tower_sessions::{Expiry, Session, SessionManagerLayer, SessionStore};

/// Where a session keeps who is signed in.
pub const PERSON: &str = "person";
/// How long a session lives after sign-in, in milliseconds.
const LIFETIME: i64 = 14 * DAY;

/// Sessions as rows.
#[derive(Clone)]
pub struct Rows {
    node: Arc<Node>,
}

impl std::fmt::Debug for Rows {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Rows")
    }
}

/// The layer that gives each request its session.
pub fn layer(node: &Arc<Node>) -> SessionManagerLayer<Rows> {
    let secure = node.config.secure();
    // A cookie named __Host- is refused by browsers unless it is Secure and bound to this host.
    let name = if secure { "__Host-baton" } else { "baton" };
    SessionManagerLayer::new(Rows { node: node.clone() })
        .with_name(name)
        .with_secure(secure)
        .with_http_only(true)
        .with_same_site(SameSite::Lax)
        .with_path("/")
        .with_expiry(Expiry::OnInactivity(Duration::milliseconds(LIFETIME)))
}

/// Who is signed in with this session.
pub async fn person(session: &Session) -> Option<PersonId> {
    session.get(PERSON).await.ok().flatten()
}

/// Whether a session has not been ended, here or on another node. No session never ends; a database that does not
/// answer ends none.
pub async fn is_alive(node: &Node, id: Option<&Id>) -> bool {
    let Some(id) = id else { return true };
    let found =
        async { sessions::load(&mut node.db.snapshot().await?, &key(*id), node.clock.now()).await }.await;
    found.map_or(true, |session| session.is_some())
}

/// The name of a session outside its cookie.
pub fn name(session: &Session) -> Option<String> {
    session.id().map(key)
}

fn key(id: Id) -> String {
    fingerprint(&id.to_string())
}

fn person_in(record: &Record) -> Option<PersonId> {
    record.data.get(PERSON).and_then(|value| serde_json::from_value(value.clone()).ok())
}

fn due(at: OffsetDateTime) -> Timestamp {
    Timestamp(i64::try_from(at.unix_timestamp_nanos() / 1_000_000).unwrap_or(i64::MAX))
}

fn backend(error: store::Error) -> Error {
    Error::Backend(error.to_string())
}

/// What a row holds: all of a session but its id, which only the cookie knows.
#[derive(Serialize, Deserialize)]
struct Stored {
    data: HashMap<String, serde_json::Value>,
    expires_at: Timestamp,
}

fn encode(record: &Record) -> Result<String> {
    let stored = Stored { data: record.data.clone(), expires_at: due(record.expiry_date) };
    serde_json::to_string(&stored).map_err(|error| Error::Encode(error.to_string()))
}

#[async_trait]
impl SessionStore for Rows {
    async fn create(&self, record: &mut Record) -> Result<()> {
        loop {
            let mut tx = self.node.db.begin().await.map_err(backend)?;
            let data = encode(record)?;
            let made =
                sessions::create(&mut tx, &key(record.id), person_in(record), &data, due(record.expiry_date))
                    .await;
            match made {
                Err(store::Error::Conflict) => record.id = Id::default(),
                Err(error) => return Err(backend(error)),
                Ok(()) => return tx.commit().await.map_err(backend),
            }
        }
    }

    async fn save(&self, record: &Record) -> Result<()> {
        let mut tx = self.node.db.begin().await.map_err(backend)?;
        let data = encode(record)?;
        sessions::save(&mut tx, &key(record.id), person_in(record), &data, due(record.expiry_date))
            .await
            .map_err(backend)?;
        tx.commit().await.map_err(backend)
    }

    async fn load(&self, id: &Id) -> Result<Option<Record>> {
        let mut tx = self.node.db.snapshot().await.map_err(backend)?;
        let found = sessions::load(&mut tx, &key(*id), self.node.clock.now()).await.map_err(backend)?;
        let Some(text) = found else { return Ok(None) };
        let Stored { data, expires_at } =
            serde_json::from_str(&text).map_err(|error| Error::Decode(error.to_string()))?;
        let nanos = i128::from(expires_at.ms()) * 1_000_000;
        let expiry_date = OffsetDateTime::from_unix_timestamp_nanos(nanos)
            .map_err(|error| Error::Decode(error.to_string()))?;
        Ok(Some(Record { id: *id, data, expiry_date }))
    }

    async fn delete(&self, id: &Id) -> Result<()> {
        let mut tx = self.node.db.begin().await.map_err(backend)?;
        sessions::delete(&mut tx, &key(*id)).await.map_err(backend)?;
        tx.commit().await.map_err(backend)
    }
}
