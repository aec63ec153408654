//! Answers as bytes: whole ones, and those that never arrive whole.

use crate::simulator::Refusal;
use axum::body::{Body, Bytes};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::Value;
use std::io;

const JSON: (header::HeaderName, &str) = (header::CONTENT_TYPE, "application/json; charset=UTF-8");

/// A whole answer.
pub fn json(value: &Value) -> Response {
    (StatusCode::OK, [JSON], value.to_string()).into_response()
}

/// The beginning of an answer, as if it were all.
pub fn truncated() -> Response {
    (StatusCode::OK, [JSON], r#"{"recipient_id":"720"#).into_response()
}

/// Meta's error object.
pub fn refused(refusal: &Refusal) -> Response {
    let status = StatusCode::from_u16(refusal.status).unwrap_or(StatusCode::BAD_REQUEST);
    (status, [JSON], refusal.body().to_string()).into_response()
}

/// A page of HTML instead of an answer.
pub fn broken_proxy(status: u16) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_GATEWAY);
    (
        status,
        [(header::CONTENT_TYPE, "text/html")],
        "<html><title>Sorry, something went wrong.</title></html>",
    )
        .into_response()
}

/// An answer that promises more than it delivers: the server closes the connection in the middle of it.
pub fn broken_connection() -> Response {
    let nothing = futures::stream::iter([Err::<Bytes, _>(io::Error::from(io::ErrorKind::ConnectionReset))]);
    ([(header::CONTENT_LENGTH, "64")], Body::from_stream(nothing)).into_response()
}
