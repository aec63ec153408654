//! For machines that watch: alive, ready, and numbers.

use super::Edge;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use std::sync::OnceLock;
use store::{inbound, outbox};

/// The numbers of this process.
#[derive(Clone)]
pub struct Metrics(PrometheusHandle);

impl Metrics {
    /// The recorder of this process, installed by whoever comes first.
    pub fn installed() -> Self {
        static HANDLE: OnceLock<PrometheusHandle> = OnceLock::new();
        let handle = HANDLE.get_or_init(|| {
            let recorder = PrometheusBuilder::new().build_recorder();
            let handle = recorder.handle();
            // Somebody else's recorder keeps counting; ours then stays empty.
            let _ = metrics::set_global_recorder(recorder);
            handle
        });
        Self(handle.clone())
    }
}

/// The process runs.
pub async fn alive() -> &'static str {
    "ok"
}

/// The database answers and takes writes are expected to succeed.
pub async fn ready(State(edge): State<Edge>) -> Response {
    if edge.stopping.is_cancelled() {
        return (StatusCode::SERVICE_UNAVAILABLE, "stopping").into_response();
    }
    match depths(&edge).await {
        Ok(_) => "ready".into_response(),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer").into_response(),
    }
}

/// Prometheus text.
pub async fn metrics(State(edge): State<Edge>) -> Response {
    if let Ok((inbound, outbox)) = depths(&edge).await {
        metrics::gauge!("baton_inbound_waiting").set(as_number(inbound));
        metrics::gauge!("baton_outbox_waiting").set(as_number(outbox));
    }
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], edge.metrics.0.render()).into_response()
}

async fn depths(edge: &Edge) -> store::Result<(i64, i64)> {
    let mut tx = edge.node.db.snapshot().await?;
    Ok((inbound::waiting(&mut tx).await?, outbox::depth(&mut tx).await?))
}

#[expect(clippy::cast_precision_loss, reason = "a queue is shorter than 2^52")]
fn as_number(count: i64) -> f64 {
    count as f64
}
