//! The page people look at: a customer's phone beside the stream of webhooks and Graph calls.

use super::Simulator;
use axum::Router;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::get;

/// The routes of the page and its files.
pub fn routes() -> Router<Simulator> {
    Router::new()
        .route("/", get(|| file("text/html; charset=utf-8", include_str!("page/phone.html"))))
        .route("/phone.css", get(|| file("text/css; charset=utf-8", include_str!("page/phone.css"))))
        .route("/phone.js", get(|| file("text/javascript; charset=utf-8", include_str!("page/phone.js"))))
        .route("/parcel.png", get(parcel))
}

/// A picture to send. Downloading it can go wrong, like that of every file.
async fn parcel(State(simulator): State<Simulator>) -> Response {
    match simulator.faults().of_file() {
        Some(status) => status.into_response(),
        None => file("image/png", include_bytes!("page/parcel.png").as_slice()).await.into_response(),
    }
}

async fn file(kind: &'static str, content: impl IntoResponse) -> impl IntoResponse {
    ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "no-cache")], content)
}
