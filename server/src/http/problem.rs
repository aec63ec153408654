//! Errors for programs: `application/problem+json` (RFC 9457) with a stable `code`.

use app::api::Failure;
use axum::Json;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;

/// A failure on its way to a program.
pub struct Problem {
    status: StatusCode,
    code: &'static str,
    detail: String,
    more: serde_json::Value,
}

impl From<Failure> for Problem {
    fn from(failure: Failure) -> Self {
        let more = match &failure {
            Failure::TakenBy { by } => json!({ "by": by }),
            Failure::Stale { by, seconds } => json!({ "by": by, "seconds": seconds }),
            Failure::NotOwner { owner } => json!({ "owner": owner }),
            _ => json!({}),
        };
        Self { status: failure.status(), code: failure.code(), detail: failure.to_string(), more }
    }
}

impl Problem {
    /// The request itself is not understood.
    pub fn invalid(detail: impl Into<String>) -> Self {
        Failure::Invalid { message: detail.into() }.into()
    }

    /// The same, with what exactly is wrong.
    pub fn unfit(detail: impl Into<String>, more: serde_json::Value) -> Self {
        Self { more, ..Self::invalid(detail) }
    }

    /// Something else is the case than the asker thinks.
    pub fn conflict(code: &'static str, detail: impl Into<String>, more: serde_json::Value) -> Self {
        Self { status: StatusCode::CONFLICT, code, detail: detail.into(), more }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut body = json!({
            "type": "about:blank",
            "title": self.status.canonical_reason().unwrap_or_default(),
            "status": self.status.as_u16(),
            "code": self.code,
            "detail": self.detail,
        });
        if let (Some(body), serde_json::Value::Object(more)) = (body.as_object_mut(), self.more) {
            body.extend(more);
        }
        let mut response = (self.status, Json(body)).into_response();
        let kind = header::HeaderValue::from_static("application/problem+json");
        response.headers_mut().insert(header::CONTENT_TYPE, kind);
        response
    }
}

/// The address exists, but not for this method.
pub async fn wrong_method() -> Problem {
    Problem {
        status: StatusCode::METHOD_NOT_ALLOWED,
        code: "method_not_allowed",
        detail: "This address does not take this method. See /api/v1/docs.".into(),
        more: json!({}),
    }
}

/// There is no such address.
pub async fn not_found() -> Problem {
    Failure::Gone.into()
}
