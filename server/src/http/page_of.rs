//! A page of a list as JSON.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

/// What most pages have room in, in bytes.
const USUAL: usize = 64 * 1024;

/// An answer of many items. It is written in one piece of memory: axum's own JSON answer begins with 128 bytes and is
/// copied each time it grows.
#[derive(Debug)]
pub struct PageOf<T>(pub T);

impl<T: Serialize> IntoResponse for PageOf<T> {
    fn into_response(self) -> Response {
        let mut body = Vec::with_capacity(USUAL);
        match serde_json::to_writer(&mut body, &self.0) {
            Ok(()) => ([(header::CONTENT_TYPE, "application/json")], body).into_response(),
            Err(error) => {
                tracing::error!(%error, "an answer could not be written as JSON");
                StatusCode::INTERNAL_SERVER_ERROR.into_response()
            }
        }
    }
}
