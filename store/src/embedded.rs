//! How statements run on the embedded database.
//!
//! SQLite works on a thread of its own, and each time it has something to say the asking task wakes. sqlx listens until
//! the thread has nothing left; what counts is said before that, so listening ends there and a statement costs one way
//! to the thread and back instead of two.

use futures::TryStreamExt;
use sqlx::sqlite::SqliteRow;
use sqlx::{Either, Error, Execute, Executor, FromRow, Sqlite, SqliteConnection};

/// Runs one statement and answers how many rows it changed.
pub(crate) async fn changed<'q, Q>(connection: &mut SqliteConnection, query: Q) -> Result<u64, Error>
where
    Q: Execute<'q, Sqlite> + 'q,
{
    let mut told = connection.fetch_many(query);
    while let Some(step) = told.try_next().await? {
        if let Either::Left(done) = step {
            return Ok(done.rows_affected());
        }
    }
    Ok(0)
}

/// Reads all rows of one statement.
pub(crate) async fn all<'q, Q, T>(connection: &mut SqliteConnection, query: Q) -> Result<Vec<T>, Error>
where
    Q: Execute<'q, Sqlite> + 'q,
    T: for<'r> FromRow<'r, SqliteRow>,
{
    let mut told = connection.fetch_many(query);
    let mut rows = Vec::new();
    while let Some(step) = told.try_next().await? {
        match step {
            Either::Left(_) => break,
            Either::Right(row) => rows.push(T::from_row(&row)?),
        }
    }
    Ok(rows)
}
