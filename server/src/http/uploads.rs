//! Files for messages that are still being written: one request per file, its body the file itself, its id made in the
//! browser.

use super::Edge;
use super::asker::Asker;
use super::problem::Problem;
use app::api::WritingDesk as _;
use axum::Json;
use axum::body::Bytes;
use axum::extract::rejection::{BytesRejection, PathRejection, QueryRejection};
use axum::extract::{Path, Query, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::UploadId;
use domain::conversation::file::{MAX_FILE, Megabytes, Upload};
use domain::media::is_shown;
use serde::Deserialize;

/// What a request may carry: the largest file, and a little more, so that a larger one is refused in words.
pub const LIMIT: usize = MAX_FILE as usize + 64 * 1024;

/// What the file is called.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    name: String,
}

type Id = Result<Path<UploadId>, PathRejection>;

fn id(path: Id) -> Result<UploadId, Problem> {
    path.map(|Path(id)| id).map_err(|_| Problem::from(app::api::Failure::Gone))
}

/// `POST /uploads/{id}?name=…`
pub async fn keep(
    State(edge): State<Edge>,
    Asker(actor): Asker,
    path: Id,
    asked: Result<Query<Asked>, QueryRejection>,
    content: Result<Bytes, BytesRejection>,
) -> Result<(StatusCode, Json<Upload>), Problem> {
    let Query(asked) = asked.map_err(|rejection| Problem::invalid(rejection.body_text()))?;
    let content = content.map_err(|rejection| match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => {
            let limit = Megabytes(MAX_FILE);
            Problem::invalid(format!("Messenger takes files of at most {limit}. Make it smaller."))
        }
        _ => Problem::invalid("The file did not arrive whole. Attach it again."),
    })?;
    let upload = edge.desk.keep_upload(&actor, id(path)?, asked.name, content).await?;
    Ok((StatusCode::CREATED, Json(upload)))
}

/// `GET /uploads/{id}`: what a browser may show, for its owner.
pub async fn show(State(edge): State<Edge>, Asker(actor): Asker, path: Id) -> Result<Response, Problem> {
    let (upload, content) = edge.desk.show_upload(&actor, id(path)?).await?;
    let shown = is_shown(&upload.mime);
    let kind = if shown { upload.mime.as_str() } else { "application/octet-stream" };
    let way = if shown { "inline" } else { "attachment" };
    let value = |text: &str| HeaderValue::from_str(text).unwrap_or(HeaderValue::from_static(""));
    let headers = [
        (header::CONTENT_TYPE, value(kind)),
        (header::CONTENT_DISPOSITION, value(way)),
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; sandbox")),
        (header::CACHE_CONTROL, HeaderValue::from_static("private, max-age=86400, immutable")),
    ];
    Ok((headers, content).into_response())
}

/// `DELETE /uploads/{id}`
pub async fn remove(State(edge): State<Edge>, Asker(actor): Asker, path: Id) -> Result<StatusCode, Problem> {
    edge.desk.remove_upload(&actor, id(path)?).await?;
    Ok(StatusCode::NO_CONTENT)
}
