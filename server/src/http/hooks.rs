//! Incoming webhooks of workflows: the address itself says which, and its key that the caller may.

use super::Edge;
use super::problem::Problem;
use crate::desk::workflow::{HookRefusal, call_hook};
use app::api::Failure;
use axum::Json;
use axum::body::Bytes;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use domain::{RunId, WorkflowId};
use serde::Serialize;

/// The most bytes of a body.
pub const LIMIT: usize = 256 * 1024;

/// What a caller is told.
#[derive(Serialize)]
pub struct Entered {
    /// Nothing when the contact stays out: its conditions do not hold, or it is in the workflow already.
    run: Option<RunId>,
}

/// `POST /hooks/{workflow}/{key}`: 202 with the run that began
pub async fn receive(
    State(edge): State<Edge>,
    path: Result<Path<(WorkflowId, String)>, PathRejection>,
    body: Bytes,
) -> Result<(StatusCode, Json<Entered>), Problem> {
    let Path((id, key)) = path.map_err(|_| Problem::from(Failure::Gone))?;
    match call_hook(&edge.node, id, &key, &body).await {
        Ok(run) => Ok((StatusCode::ACCEPTED, Json(Entered { run }))),
        Err(HookRefusal::Unknown) => Err(Problem::from(Failure::Gone)),
        Err(refusal @ (HookRefusal::Stopped | HookRefusal::Invalid(_))) => {
            Err(Problem::invalid(refusal.to_string()))
        }
        Err(HookRefusal::Store(error)) => {
            tracing::error!(error = %error, "an incoming webhook failed");
            Err(Problem::from(Failure::Internal))
        }
    }
}
