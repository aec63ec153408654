//! `bench anchor-ingest`: checks the signature, reads the JSON, commits the message together with whatever else waits,
//! and only then answers. No pool, no routing rules, no inbox.

use crate::load::event::SECRET;
use anyhow::{Context, Result};
use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use messenger::signature;
use rusqlite::{Connection, params};
use serde::Deserialize;
use std::net::SocketAddr;
use std::path::Path;
use tokio::sync::{mpsc, oneshot};

/// As many as the real server takes into one transaction.
const BATCH: usize = 512;

#[derive(Deserialize)]
struct Webhook {
    entry: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    id: String,
    messaging: Vec<Item>,
}

#[derive(Deserialize)]
struct Item {
    sender: Party,
    timestamp: i64,
    message: Message,
}

#[derive(Deserialize)]
struct Party {
    id: String,
}

#[derive(Deserialize)]
struct Message {
    mid: String,
    text: String,
}

struct Waiting {
    webhook: Webhook,
    stored: oneshot::Sender<bool>,
}

/// Serves until it is killed.
pub fn run(listen: SocketAddr, file: &Path) -> Result<()> {
    let database = open(file)?;
    let (to, from) = mpsc::channel(8_192);
    std::thread::spawn(move || write(database, from));
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind(listen).await?;
        let router = Router::new().route("/webhooks/messenger/{app}", post(receive)).with_state(to);
        Ok(axum::serve(listener, router).await?)
    })
}

async fn receive(State(to): State<mpsc::Sender<Waiting>>, headers: HeaderMap, body: Bytes) -> StatusCode {
    let given = headers.get("x-hub-signature-256").and_then(|value| value.to_str().ok());
    if signature::verify(SECRET, &body, given).is_err() {
        return StatusCode::UNAUTHORIZED;
    }
    let Ok(webhook) = serde_json::from_slice(&body) else { return StatusCode::BAD_REQUEST };
    let (stored, answer) = oneshot::channel();
    if to.send(Waiting { webhook, stored }).await.is_err() {
        return StatusCode::SERVICE_UNAVAILABLE;
    }
    match answer.await {
        Ok(true) => StatusCode::OK,
        Ok(false) | Err(_) => StatusCode::SERVICE_UNAVAILABLE,
    }
}

fn open(file: &Path) -> Result<Connection> {
    let database = Connection::open(file).with_context(|| file.display().to_string())?;
    database.pragma_update(None, "journal_mode", "wal")?;
    database.pragma_update(None, "synchronous", "full")?;
    database.execute_batch(
        "create table message (mid text primary key, page text not null, psid text not null,
         at integer not null, text text not null)",
    )?;
    Ok(database)
}

fn write(mut database: Connection, mut from: mpsc::Receiver<Waiting>) {
    let mut batch = Vec::with_capacity(BATCH);
    while from.blocking_recv_many(&mut batch, BATCH) > 0 {
        let stored = insert(&mut database, &batch).is_ok();
        for waiting in batch.drain(..) {
            // Whoever asked may be gone.
            let _ = waiting.stored.send(stored);
        }
    }
}

fn insert(database: &mut Connection, batch: &[Waiting]) -> rusqlite::Result<()> {
    let tx = database.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    {
        let mut insert = tx.prepare_cached("insert or ignore into message values (?1, ?2, ?3, ?4, ?5)")?;
        let entries = batch.iter().flat_map(|waiting| &waiting.webhook.entry);
        for (page, item) in entries.flat_map(|entry| entry.messaging.iter().map(|item| (&entry.id, item))) {
            let message = &item.message;
            insert.execute(params![message.mid, page, item.sender.id, item.timestamp, message.text])?;
        }
    }
    tx.commit()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::event::{CUSTOMERS, webhook};

    #[test]
    fn the_anchor_keeps_each_message_once() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut database = open(&folder.path().join("anchor.sqlite")).expect("a database");
        let waiting = |number| Waiting {
            webhook: serde_json::from_str(&webhook("r", number, CUSTOMERS).body).expect("a webhook"),
            stored: oneshot::channel().0,
        };
        insert(&mut database, &[waiting(1), waiting(2), waiting(1)]).expect("stored");
        let count: i64 =
            database.query_row("select count(*) from message", [], |row| row.get(0)).expect("counted");
        assert_eq!(count, 2);
    }
}
