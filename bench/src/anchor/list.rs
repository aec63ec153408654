//! `bench anchor-list`: a bare keyset query behind axum. It reads the same file with the same index, knows no permission,
//! no filter, no name of an assignee, and answers what a row shows at the least.

use anyhow::{Context, Result};
use axum::extract::State;
use axum::routing::get;
use axum::{Json, Router};
use rusqlite::{Connection, OpenFlags};
use serde::Serialize;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::{Arc, Mutex};

const PAGE: &str = "select lower(hex(c.id)), k.name, c.owner, c.unread, c.last_preview, c.updated_at
    from conversation c join contact k on k.id = c.contact_id
    where c.status = 'open' order by c.updated_at desc, c.id desc limit 50";

#[derive(Serialize)]
struct Row {
    id: String,
    name: Option<String>,
    owner: String,
    unread: bool,
    preview: Option<String>,
    updated_at: i64,
}

/// Serves until it is killed.
pub fn run(listen: SocketAddr, file: &Path) -> Result<()> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let database = Connection::open_with_flags(file, flags).with_context(|| file.display().to_string())?;
    let database = Arc::new(Mutex::new(database));
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind(listen).await?;
        let router = Router::new().route("/list", get(list)).with_state(database);
        Ok(axum::serve(listener, router).await?)
    })
}

async fn list(State(database): State<Arc<Mutex<Connection>>>) -> Json<Vec<Row>> {
    Json(page(&database.lock().expect("nobody panics while reading")).unwrap_or_default())
}

fn page(database: &Connection) -> rusqlite::Result<Vec<Row>> {
    let mut statement = database.prepare_cached(PAGE)?;
    let rows = statement.query_map([], |row| {
        Ok(Row {
            id: row.get(0)?,
            name: row.get(1)?,
            owner: row.get(2)?,
            unread: row.get(3)?,
            preview: row.get(4)?,
            updated_at: row.get(5)?,
        })
    })?;
    rows.collect()
}
