//! The browser's files.

use crate::assets::{self, Coding};
use axum::extract::Path;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

/// A file by its name. Hashed names may be kept for ever.
pub async fn file(Path(name): Path<String>, headers: HeaderMap) -> Response {
    let accepted =
        headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let Some(file) = assets::file(&name, accepted) else { return StatusCode::NOT_FOUND.into_response() };
    let mut response = file.bytes.into_owned().into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(assets::media_type(&name)));
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    let keep = if file.immutable { "public, max-age=31536000, immutable" } else { "no-cache" };
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(keep));
    match file.coding {
        Coding::Brotli => headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("br")),
        Coding::Gzip => headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip")),
        Coding::Plain => None,
    };
    response
}

/// Pages carry their icon with them; browsers that ask anyway get nothing.
pub async fn favicon() -> StatusCode {
    StatusCode::NO_CONTENT
}
