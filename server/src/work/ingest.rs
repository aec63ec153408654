//! Group commit: webhook bodies that arrive together are made durable together, and only then answered.

use crate::node::Node;
use bytes::Bytes;
use domain::AppId;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use store::inbound::{self, NewBody};
use tokio::sync::{Mutex, mpsc, oneshot};
use tokio_util::sync::CancellationToken;

/// How many bodies may wait; more than this is answered with 503 at once, and Meta repeats them.
const QUEUE: usize = 8_192;
/// How many bodies one transaction takes.
const BATCH: usize = 512;
/// Meta gives up after 5 s; we say so before.
const PATIENCE: Duration = Duration::from_secs(4);

/// The way in.
pub struct Ingest {
    to: mpsc::Sender<Waiting>,
    from: Mutex<Option<mpsc::Receiver<Waiting>>>,
    taken: AtomicU64,
}

struct Waiting {
    body: NewBody,
    stored: oneshot::Sender<bool>,
}

/// The body could not be made durable; Meta will send it again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the webhook could not be stored")]
pub struct NotStored;

impl Ingest {
    pub(crate) fn new() -> Self {
        let (to, from) = mpsc::channel(QUEUE);
        Self { to, from: Mutex::new(Some(from)), taken: AtomicU64::new(0) }
    }

    /// How many bodies this node has made durable since it started.
    pub fn taken(&self) -> u64 {
        self.taken.load(Ordering::Relaxed)
    }

    /// Resolves once the body is on disk.
    pub async fn store(&self, id: uuid::Uuid, app: AppId, body: Bytes) -> Result<(), NotStored> {
        let (stored, answer) = oneshot::channel();
        self.to.try_send(Waiting { body: NewBody { id, app, body }, stored }).map_err(|_| NotStored)?;
        match tokio::time::timeout(PATIENCE, answer).await {
            Ok(Ok(true)) => Ok(()),
            Ok(Ok(false) | Err(_)) | Err(_) => Err(NotStored),
        }
    }
}

/// Stores what arrives, batch by batch, until told to stop; then what still waits.
pub async fn run(node: Arc<Node>, stop: CancellationToken) {
    let mut from = node.ingest.from.lock().await.take().expect("a node is started once");
    let mut batch = Vec::with_capacity(BATCH);
    loop {
        let received = tokio::select! {
            biased;
            received = from.recv_many(&mut batch, BATCH) => received,
            () = stop.cancelled() => {
                from.close();
                from.recv_many(&mut batch, BATCH).await
            }
        };
        if received == 0 {
            return;
        }
        let (bodies, waiting): (Vec<_>, Vec<_>) = batch.drain(..).map(|one| (one.body, one.stored)).unzip();
        let stored = put(&node, &bodies).await;
        if let Err(error) = &stored {
            tracing::error!(
                error = error as &dyn std::error::Error,
                webhooks = bodies.len(),
                "webhooks could not be stored; Meta will repeat them"
            );
        }
        node.ingest.taken.fetch_add(bodies.len() as u64, Ordering::Relaxed);
        for answer in waiting {
            // Whoever asked may have given up.
            let _ = answer.send(stored.is_ok());
        }
        node.nudges.inbound.notify_one();
    }
}

async fn put(node: &Node, bodies: &[NewBody]) -> store::Result<()> {
    let mut tx = node.db.begin().await?;
    inbound::put(&mut tx, bodies, node.clock.now()).await?;
    tx.commit().await
}
