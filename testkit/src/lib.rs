//! What tests of several crates need and the product does not: fresh PostgreSQL databases.
//!
//! `BATON_TEST_POSTGRES_URL` names a server whose user may create databases. Without it a throw-away cluster is
//! started once, shared by all tests of all processes, and stops by itself some minutes after the last one.
#![expect(
    clippy::disallowed_methods,
    reason = "tests of their own clusters have no configuration and no clock"
)]

mod cluster;

use sqlx::{AssertSqlSafe, Connection, PgConnection};
use std::time::{SystemTime, UNIX_EPOCH};
use uuid::Uuid;

/// How long a test database is kept, in seconds. No test takes longer, and each takes 8 MB of disk.
const KEPT: u64 = 600;
/// How many old databases one test drops. Each takes a moment, and a test must not wait for a whole earlier run.
const AT_ONCE: usize = 2;
/// What the names of test databases begin with.
const PREFIX: &str = "baton_test_";

/// The URL of a fresh, empty database. Panics, with what to do, when there is no PostgreSQL.
pub async fn postgres() -> String {
    let server = std::env::var("BATON_TEST_POSTGRES_URL").unwrap_or_else(|_| cluster::running());
    let mut admin = PgConnection::connect(&server).await.expect("the test server takes connections");
    drop_old(&mut admin).await;
    let name = format!("{PREFIX}{}_{}", seconds(), Uuid::new_v4().simple());
    let create = format!("create database {name}");
    sqlx::query(AssertSqlSafe(create)).execute(&mut admin).await.expect("the user may create databases");
    admin.close().await.expect("the connection closes");
    with_database(&server, &name)
}

/// Drops what earlier tests left behind. Another process may do the same at this moment, and win.
async fn drop_old(admin: &mut PgConnection) {
    let pattern = format!("{}%", PREFIX.replace('_', "\\_"));
    let names: Vec<(String,)> = sqlx::query_as("select datname::text from pg_database where datname like $1")
        .bind(pattern)
        .fetch_all(&mut *admin)
        .await
        .expect("the databases can be listed");
    for (name,) in names.iter().filter(|(name,)| is_old(name)).take(AT_ONCE) {
        let drop = format!("drop database if exists {name} with (force)");
        sqlx::query(AssertSqlSafe(drop)).execute(&mut *admin).await.ok();
    }
}

fn is_old(name: &str) -> bool {
    let made = name.strip_prefix(PREFIX).and_then(|rest| rest.split('_').next()?.parse().ok());
    made.is_some_and(|made: u64| made + KEPT < seconds())
}

fn seconds() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).expect("it is after 1970").as_secs()
}

/// The same server, another database.
fn with_database(server: &str, name: &str) -> String {
    let (address, options) = match server.split_once('?') {
        Some((address, options)) => (address, format!("?{options}")),
        None => (server, String::new()),
    };
    let host = address.find("://").map_or(0, |at| at + 3);
    let end = address[host..].find('/').map_or(address.len(), |at| host + at);
    format!("{}/{name}{options}", &address[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_database_of_the_address_changes() {
        assert_eq!(
            with_database("postgres://me@db:1/old?sslmode=off", "new"),
            "postgres://me@db:1/new?sslmode=off"
        );
        assert_eq!(with_database("postgres://me@db:1", "new"), "postgres://me@db:1/new");
    }

    #[test]
    fn only_databases_of_tests_long_over_are_old() {
        assert!(is_old("baton_test_1000_ab"));
        assert!(!is_old(&format!("baton_test_{}_ab", seconds())));
        assert!(!is_old("baton"));
    }

    #[tokio::test]
    async fn two_tests_share_nothing() {
        let (one, two) = (postgres().await, postgres().await);
        assert_ne!(one, two);
        let mut one = PgConnection::connect(&one).await.unwrap();
        let mut two = PgConnection::connect(&two).await.unwrap();
        sqlx::query("create table here (n bigint)").execute(&mut one).await.unwrap();
        assert!(sqlx::query("select n from here").fetch_all(&mut two).await.is_err());
    }
}
