//! A copy of the embedded database while it is in use.

use crate::db::Pools;
use crate::{Db, Error, Result};
use std::path::Path;

/// Writes a consistent copy to a file that must not exist. [`Error::Unsupported`] on PostgreSQL, which brings its own
/// tool.
pub async fn backup(db: &Db, path: &Path) -> Result<()> {
    let Pools::Sqlite { read, .. } = &db.pools else {
        return Err(Error::Unsupported("Use pg_dump: a PostgreSQL database is backed up by its own tools."));
    };
    let path = path.to_str().ok_or(Error::Unsupported("The path of a backup must be readable text."))?;
    sqlx::query("vacuum into $1").bind(path).execute(read).await?;
    Ok(())
}
