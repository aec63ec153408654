//! The connection to a database and the transactions everything happens in.

use sqlx::postgres::{PgPool, PgPoolOptions};
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use sqlx::{Postgres, Sqlite, Transaction};
use std::str::FromStr;
use std::time::Duration;

/// Why the database did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("the database refused the statement")]
    Driver(#[from] sqlx::Error),
    #[error("the database could not be migrated")]
    Migrate(#[from] sqlx::migrate::MigrateError),
    /// A row no version of this program could have written.
    #[error("a row of {table} does not make sense: {what}")]
    Inconsistent { table: &'static str, what: String },
    /// What the caller read has changed since, or what it wants to add is there already.
    #[error("someone else changed it first")]
    Conflict,
    /// This database has another tool for that; the text names it.
    #[error("{0}")]
    Unsupported(&'static str),
}

/// What every function here answers.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Readers of the embedded database; one more connection writes.
const READERS: u32 = 4;
/// Connections a node keeps to PostgreSQL.
const CONNECTIONS: u32 = 16;
/// How long another process (a backup, a shell) may hold the embedded database before we give up.
const BUSY: Duration = Duration::from_secs(5);

/// The database, embedded or shared.
#[derive(Clone, Debug)]
pub struct Db {
    pub(crate) pools: Pools,
}

#[derive(Clone, Debug)]
pub(crate) enum Pools {
    Sqlite { read: SqlitePool, write: SqlitePool },
    Postgres(PgPool),
}

/// A transaction. Dropped without [`Tx::commit`] it leaves no trace.
#[derive(Debug)]
pub struct Tx {
    pub(crate) inner: Inner,
    /// Written at the end.
    pub(crate) notes: crate::ledger::Notes,
    /// Likewise: where the chains of evidence end now.
    pub(crate) heads: crate::chain::Heads,
    /// Likewise: what was seen of how pages route.
    pub(crate) signs: crate::signs::NewSigns,
    /// Likewise: what runs did.
    pub(crate) run_lines: crate::runs::NewLines,
}

#[derive(Debug)]
pub(crate) enum Inner {
    Sqlite(Transaction<'static, Sqlite>),
    Postgres(Transaction<'static, Postgres>),
}

impl Db {
    /// Opens the database at `sqlite:<file>` or `postgres://…` and brings its tables up to date.
    pub async fn connect(url: &str) -> Result<Self> {
        let pools = match url.starts_with("sqlite:") {
            true => sqlite(url).await?,
            false => postgres(url).await?,
        };
        Ok(Self { pools })
    }

    /// A transaction that may write.
    pub async fn begin(&self) -> Result<Tx> {
        let inner = match &self.pools {
            // Taking the write lock at once turns a late SQLITE_BUSY into a short wait here.
            Pools::Sqlite { write, .. } => Inner::Sqlite(write.begin_with("begin immediate").await?),
            Pools::Postgres(pool) => Inner::Postgres(pool.begin().await?),
        };
        Ok(Tx::new(inner))
    }

    /// A consistent view to read from; nothing can be written in it.
    pub async fn snapshot(&self) -> Result<Tx> {
        let inner = match &self.pools {
            Pools::Sqlite { read, .. } => Inner::Sqlite(read.begin().await?),
            Pools::Postgres(pool) => {
                Inner::Postgres(pool.begin_with("begin isolation level repeatable read read only").await?)
            }
        };
        Ok(Tx::new(inner))
    }

    /// Whether this is the embedded database, which only one node can use.
    pub fn is_sqlite(&self) -> bool {
        matches!(self.pools, Pools::Sqlite { .. })
    }

    /// Hears when another node has appended live changes.
    pub async fn wake_listener(&self) -> Result<crate::changes::Listener> {
        crate::changes::Listener::start(self).await
    }

    /// Waits for running transactions and lets go of the database.
    pub async fn close(&self) {
        match &self.pools {
            Pools::Sqlite { read, write } => {
                read.close().await;
                write.close().await;
            }
            Pools::Postgres(pool) => pool.close().await,
        }
    }
}

impl Tx {
    fn new(inner: Inner) -> Self {
        Self {
            inner,
            notes: Default::default(),
            heads: Default::default(),
            signs: Default::default(),
            run_lines: Default::default(),
        }
    }

    /// Writes now what waits for the end; for whoever deletes what that is about.
    pub(crate) async fn catch_up(&mut self) -> Result<()> {
        crate::runs::write_lines(self).await?;
        crate::chain::write_heads(self).await?;
        crate::signs::write(self).await
    }

    /// Makes everything done in it visible and lasting.
    pub async fn commit(mut self) -> Result<()> {
        self.catch_up().await?;
        crate::ledger::write(&mut self).await?;
        match self.inner {
            Inner::Sqlite(tx) => tx.commit().await?,
            Inner::Postgres(tx) => tx.commit().await?,
        }
        Ok(())
    }
}

async fn sqlite(url: &str) -> Result<Pools> {
    // FULL: Meta is told that an event is safe only when it survives a power cut.
    let options = SqliteConnectOptions::from_str(url)?
        .create_if_missing(true)
        .foreign_keys(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .busy_timeout(BUSY)
        .statement_cache_capacity(256)
        // A page of a list crosses from its thread in one go.
        .row_buffer_size(512);
    // A connection to a file does not break; asking each time whether it has would be a way to its thread and back.
    let pool = |connections| SqlitePoolOptions::new().max_connections(connections).test_before_acquire(false);
    let write = pool(1).connect_with(options.clone()).await?;
    sqlx::migrate!("../migrations/sqlite").run(&write).await?;
    let read = pool(READERS).connect_with(options.read_only(true)).await?;
    Ok(Pools::Sqlite { read, write })
}

async fn postgres(url: &str) -> Result<Pools> {
    let pool = PgPoolOptions::new().max_connections(CONNECTIONS).connect(url).await?;
    sqlx::migrate!("../migrations/postgres").run(&pool).await?;
    Ok(Pools::Postgres(pool))
}
