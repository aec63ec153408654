//! The browser's files.

use crate::assets::{self, Coding};
use axum::Router;
use axum::extract::Path;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

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

/// What keeps its name because browsers and installed apps remember it: the icons, and what the app is called.
const NAMED: [(&str, &str, &str); 3] = [
    ("icon.svg", "image/svg+xml", include_str!("../../../style/icon.svg")),
    ("icon-unread.svg", "image/svg+xml", include_str!("../../../style/icon-unread.svg")),
    ("app.webmanifest", "application/manifest+json", include_str!("../../../style/app.webmanifest")),
];

/// The icons and the manifest of the installed app.
pub fn named<S: Clone + Send + Sync + 'static>() -> Router<S> {
    NAMED.into_iter().fold(Router::new(), |router, (name, kind, body)| {
        let headers = [(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "public, max-age=86400")];
        router.route(&format!("/{name}"), get(move || async move { (headers, body) }))
    })
}

/// Pages name their icon; browsers that ask for the old one anyway get nothing.
pub async fn favicon() -> StatusCode {
    StatusCode::NO_CONTENT
}
