//! Who is looking at what, told from node to node. Nothing is kept: it is over in seconds.

use crate::db::Pools;
use crate::{Db, Result};
use sqlx::postgres::PgListener;

/// Where nodes on PostgreSQL tell each other who is looking.
const CHANNEL: &str = "baton_presence";

/// Tells the other nodes; with the embedded database there is nobody to tell. PostgreSQL takes up to 8000 bytes.
pub async fn tell(db: &Db, what: &str) -> Result<()> {
    if let Pools::Postgres(pool) = &db.pools {
        sqlx::query("select pg_notify($1, $2)").bind(CHANNEL).bind(what).execute(pool).await?;
    }
    Ok(())
}

/// Hears what other nodes tell.
#[derive(Debug)]
pub struct Listener {
    /// Nothing with the embedded database, which has no other nodes.
    notices: Option<PgListener>,
}

impl Listener {
    /// Begins to listen; keeps one connection.
    pub async fn start(db: &Db) -> Result<Self> {
        let Pools::Postgres(pool) = &db.pools else { return Ok(Self { notices: None }) };
        let mut notices = PgListener::connect_with(pool).await?;
        notices.listen(CHANNEL).await?;
        Ok(Self { notices: Some(notices) })
    }

    /// The next thing a node told, this one included. Never with the embedded database.
    pub async fn next(&mut self) -> Result<String> {
        match &mut self.notices {
            Some(notices) => Ok(notices.recv().await?.payload().to_owned()),
            None => std::future::pending().await,
        }
    }
}
