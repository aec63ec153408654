//! Hears what other nodes did to people: a session that ended there ends here within a moment.

use crate::node::Node;
use std::sync::Arc;
use std::time::Duration;
use store::signals::Signals;
use tokio_util::sync::CancellationToken;

/// How long to wait before listening anew.
const PAUSE: Duration = Duration::from_secs(1);

/// Listens until told to stop. While the database does not answer, sockets look by themselves with every ping.
pub async fn run(node: Arc<Node>, stop: CancellationToken) {
    while !stop.is_cancelled() {
        tokio::select! {
            Err(error) = listen(&node) => {
                tracing::debug!(error = &error as &dyn std::error::Error, "signals of other nodes are not heard");
                tokio::select! {
                    () = crate::clock::pause(PAUSE) => {}
                    () = stop.cancelled() => {}
                }
            }
            () = stop.cancelled() => {}
        }
    }
}

async fn listen(node: &Node) -> store::Result<std::convert::Infallible> {
    let mut signals = Signals::listen(&node.db).await?;
    loop {
        node.hub.look_again(signals.next().await?);
    }
}
