//! A node that answers on an address, from start to a graceful end.

use crate::http::{self, Edge};
use crate::node::{Node, Workers};
use axum::serve::ListenerExt;
use std::net::SocketAddr;
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

/// A server that runs.
pub struct Server {
    pub address: SocketAddr,
    pub node: Arc<Node>,
    workers: Workers,
    closing: CancellationToken,
    answering: JoinHandle<std::io::Result<()>>,
}

impl Server {
    /// Starts workers and answers.
    pub fn start(node: Arc<Node>, listener: TcpListener) -> std::io::Result<Self> {
        let address = listener.local_addr()?;
        let workers = node.start();
        let closing = CancellationToken::new();
        let router = http::router(Edge::new(node.clone(), closing.clone()));
        let service = router.into_make_service_with_connect_info::<SocketAddr>();
        let listener = listener.tap_io(|stream| {
            // Small frames leave at once; a stream that refuses is only slower.
            let _ = stream.set_nodelay(true);
        });
        let ended = closing.clone().cancelled_owned();
        let answering =
            tokio::spawn(async move { axum::serve(listener, service).with_graceful_shutdown(ended).await });
        Ok(Self { address, node, workers, closing, answering })
    }

    /// Stops taking requests, finishes those that run, closes sockets with a word, then stops the workers.
    pub async fn stop(self) {
        self.closing.cancel();
        let _ = tokio::time::timeout(std::time::Duration::from_secs(10), self.answering).await;
        self.workers.stop().await;
    }
}
