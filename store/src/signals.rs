//! Tells other nodes at once that something about a person has changed. A signal may be lost: whoever relies on one
//! also looks by itself from time to time.

use crate::db::Pools;
use crate::{Db, Result};
use domain::PersonId;
use sqlx::postgres::PgListener;

/// Where nodes on PostgreSQL tell each other about people.
const CHANNEL: &str = "baton_people";

/// Tells the other nodes. Call it after commit; with the embedded database there is nobody to tell.
pub async fn send(db: &Db, person: PersonId) -> Result<()> {
    if let Pools::Postgres(pool) = &db.pools {
        sqlx::query("select pg_notify($1, $2)").bind(CHANNEL).bind(person.to_string()).execute(pool).await?;
    }
    Ok(())
}

/// Hears about people from every node, this one included.
#[derive(Debug)]
pub struct Signals {
    /// Nothing with the embedded database, which has no other nodes.
    notices: Option<PgListener>,
}

impl Signals {
    /// Begins to listen; keeps one connection.
    pub async fn listen(db: &Db) -> Result<Self> {
        let Pools::Postgres(pool) = &db.pools else {
            return Ok(Self { notices: None });
        };
        let mut notices = PgListener::connect_with(pool).await?;
        notices.listen(CHANNEL).await?;
        Ok(Self { notices: Some(notices) })
    }

    /// The next person something has changed about. Never comes with the embedded database.
    pub async fn next(&mut self) -> Result<PersonId> {
        let Some(notices) = &mut self.notices else { return std::future::pending().await };
        loop {
            if let Ok(person) = notices.recv().await?.payload().parse() {
                return Ok(person);
            }
        }
    }
}
