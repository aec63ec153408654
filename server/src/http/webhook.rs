//! Meta's webhook: verify over the raw bytes, make durable, answer. Reading comes later.

use super::Edge;
use crate::node::{app_owner, verify_owner};
use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::AppId;
use messenger::signature;
use serde::Deserialize;
use store::apps::{self, MetaApp};
use subtle::ConstantTimeEq;

/// What Meta asks when the callback address is set.
#[derive(Deserialize)]
pub struct Verification {
    #[serde(rename = "hub.mode")]
    mode: Option<String>,
    #[serde(rename = "hub.verify_token")]
    token: Option<String>,
    #[serde(rename = "hub.challenge")]
    challenge: Option<String>,
}

/// Proves to Meta that this address is ours.
pub async fn verify(
    State(edge): State<Edge>,
    Path(app): Path<AppId>,
    Query(asked): Query<Verification>,
) -> Response {
    let app = match find(&edge, &app).await {
        Ok(app) => app,
        Err(answer) => return answer,
    };
    let Verification { mode: Some(mode), token: Some(token), challenge: Some(challenge) } = asked else {
        return (StatusCode::BAD_REQUEST, "hub.mode, hub.verify_token and hub.challenge are needed")
            .into_response();
    };
    let Ok(expected) = edge.node.vault.open(&verify_owner(&app.id), &app.verify_token) else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let right = bool::from(expected.as_bytes().ct_eq(token.as_bytes()));
    if mode != "subscribe" || !right {
        return (StatusCode::FORBIDDEN, "the verify token is not the one given in Baton").into_response();
    }
    ([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], challenge).into_response()
}

/// Takes events. 200 only once they are on disk; Meta repeats everything else.
pub async fn receive(
    State(edge): State<Edge>,
    Path(app): Path<AppId>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Response {
    let body = match body {
        Ok(body) => body,
        Err(rejection) => return rejection.into_response(),
    };
    let given = headers.get("x-hub-signature-256").and_then(|value| value.to_str().ok());
    if let Err(refused) = check(&edge, &app, &body, given).await {
        return refused;
    }
    match edge.node.ingest.store(edge.node.clock.id(), app, body).await {
        Ok(()) => {
            metrics::counter!("baton_webhooks_total", "result" => "stored").increment(1);
            StatusCode::OK.into_response()
        }
        Err(_) => {
            metrics::counter!("baton_webhooks_total", "result" => "not_stored").increment(1);
            (StatusCode::SERVICE_UNAVAILABLE, [(header::RETRY_AFTER, "1")]).into_response()
        }
    }
}

/// Whether the app signed this body. A signature that does not fit what is kept may be made with a newer secret.
async fn check(edge: &Edge, app: &AppId, body: &[u8], given: Option<&str>) -> Result<(), Response> {
    let now = edge.node.clock.now();
    let kept = edge.secrets.get(app, now);
    if kept.is_some_and(|secret| signature::verify(secret.expose(), body, given).is_ok()) {
        return Ok(());
    }
    let app = find(edge, app).await?;
    let Ok(secret) = edge.node.vault.open(&app_owner(&app.id), &app.app_secret) else {
        return Err(StatusCode::SERVICE_UNAVAILABLE.into_response());
    };
    if signature::verify(&secret, body, given).is_err() {
        metrics::counter!("baton_webhooks_total", "result" => "unsigned").increment(1);
        return Err((StatusCode::UNAUTHORIZED, "the signature is missing or wrong").into_response());
    }
    edge.secrets.keep(app.id, secret.into(), now);
    Ok(())
}

async fn find(edge: &Edge, id: &AppId) -> Result<MetaApp, Response> {
    let found = async { apps::find(&mut edge.node.db.snapshot().await?, id).await }.await;
    match found {
        Ok(Some(app)) => Ok(app),
        Ok(None) => Err((StatusCode::NOT_FOUND, "no page is connected with this app").into_response()),
        Err(error) => {
            tracing::error!(error = &error as &dyn std::error::Error, "a webhook could not be taken");
            Err(StatusCode::SERVICE_UNAVAILABLE.into_response())
        }
    }
}
