//! Services workflows use: language models and Google accounts. Secrets are stored sealed.

use crate::{Result, Tx, text};
use domain::Timestamp;
use serde::{Deserialize, Serialize};

/// A service as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Connection {
    /// How steps name it.
    pub name: String,
    pub kind: Kind,
    pub address: String,
    /// Nothing but for language models.
    pub model: String,
    /// Sealed for its name.
    pub secret: String,
    pub updated_at: Timestamp,
}

/// What kind of service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Ai,
    Sheets,
}

impl Kind {
    /// The word stored.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ai => "ai",
            Self::Sheets => "sheets",
        }
    }
}

statements! {
    PUT = "
        insert into connection (name, kind, address, model, secret, updated_at) values ($1, $2, $3, $4, $5, $6)
        on conflict (name) do update set
            kind = excluded.kind, address = excluded.address, model = excluded.model, secret = excluded.secret,
            updated_at = excluded.updated_at";
    FIND = "select name, kind, address, model, secret, updated_at from connection where name = $1";
    ALL = "select name, kind, address, model, secret, updated_at from connection order by name";
    REMOVE = "delete from connection where name = $1";
}

#[derive(sqlx::FromRow)]
struct Row {
    name: String,
    kind: String,
    address: String,
    model: String,
    secret: String,
    updated_at: i64,
}

impl TryFrom<Row> for Connection {
    type Error = crate::Error;
    fn try_from(row: Row) -> Result<Self> {
        Ok(Self {
            name: row.name,
            kind: text::word("connection", &row.kind)?,
            address: row.address,
            model: row.model,
            secret: row.secret,
            updated_at: Timestamp(row.updated_at),
        })
    }
}

/// Adds a connection, or changes the one with this name.
pub async fn put(tx: &mut Tx, one: &Connection) -> Result<()> {
    let (name, kind) = (one.name.as_str(), one.kind.as_str());
    let (address, model, secret) = (one.address.as_str(), one.model.as_str(), one.secret.as_str());
    execute!(tx, PUT, name, kind, address, model, secret, one.updated_at.ms());
    Ok(())
}

/// The connection with this name.
pub async fn find(tx: &mut Tx, name: &str) -> Result<Option<Connection>> {
    let row: Option<Row> = fetch_optional!(tx, FIND, name);
    row.map(Connection::try_from).transpose()
}

/// All of them, by name.
pub async fn all(tx: &mut Tx) -> Result<Vec<Connection>> {
    let rows: Vec<Row> = fetch_all!(tx, ALL);
    rows.into_iter().map(Connection::try_from).collect()
}

/// Removes one. `false`: it was gone.
pub async fn remove(tx: &mut Tx, name: &str) -> Result<bool> {
    Ok(execute!(tx, REMOVE, name) == 1)
}
