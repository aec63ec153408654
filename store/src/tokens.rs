//! API tokens, known by their hash only.

use crate::db::{Db, Pools};
use crate::{Result, Tx, text};
use domain::Timestamp;
use domain::person::Scope;
use uuid::Uuid;

/// A token to add.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewToken {
    pub id: Uuid,
    /// What others read beside what the program did.
    pub name: String,
    pub scope: Scope,
    pub hash: String,
}

statements! {
    ADD = "insert into api_token (id, name, scope, hash, created_at) values ($1, $2, $3, $4, $5)";
    BY_HASH = "select name, scope from api_token where hash = $1";
    USED = "
        update api_token set last_used_at = $2
        where hash = $1 and (last_used_at is null or last_used_at < $2)";
    ALL = "select id, name, scope, created_at, last_used_at from api_token order by created_at, id";
    REVOKE = "delete from api_token where id = $1";
}

/// Adds a token.
pub async fn add(tx: &mut Tx, token: &NewToken, now: Timestamp) -> Result<()> {
    let scope = word(token.scope);
    execute!(tx, ADD, token.id, token.name.as_str(), scope, token.hash.as_str(), now.ms());
    Ok(())
}

/// The name and scope of the token with this hash. Every request of a program begins with it, so it is a statement on
/// its own.
pub async fn by_hash(db: &Db, hash: &str) -> Result<Option<(String, Scope)>> {
    let row: Option<(String, String)> = match &db.pools {
        Pools::Sqlite { read, .. } => sqlx::query_as(BY_HASH.sqlite).bind(hash).fetch_optional(read).await?,
        Pools::Postgres(pool) => sqlx::query_as(BY_HASH.postgres).bind(hash).fetch_optional(pool).await?,
    };
    row.map(|(name, scope)| Ok((name, text::word("api_token", &scope)?))).transpose()
}

/// Notes that a token was used.
pub async fn used(tx: &mut Tx, hash: &str, now: Timestamp) -> Result<()> {
    execute!(tx, USED, hash, now.ms());
    Ok(())
}

/// A token as it is listed: everything but what it takes to use it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    pub id: Uuid,
    pub name: String,
    pub scope: Scope,
    pub created_at: Timestamp,
    pub last_used_at: Option<Timestamp>,
}

/// Every token, oldest first.
pub async fn all(tx: &mut Tx) -> Result<Vec<Token>> {
    let rows: Vec<(Uuid, String, String, i64, Option<i64>)> = fetch_all!(tx, ALL);
    rows.into_iter()
        .map(|(id, name, scope, created_at, last_used_at)| {
            let scope = text::word("api_token", &scope)?;
            let (created_at, last_used_at) = (Timestamp(created_at), last_used_at.map(Timestamp));
            Ok(Token { id, name, scope, created_at, last_used_at })
        })
        .collect()
}

/// Ends a token. `false`: there is no such token.
pub async fn revoke(tx: &mut Tx, id: Uuid) -> Result<bool> {
    Ok(execute!(tx, REVOKE, id) == 1)
}

const fn word(scope: Scope) -> &'static str {
    match scope {
        Scope::Read => "read",
        Scope::Write => "write",
        Scope::Admin => "admin",
    }
}
