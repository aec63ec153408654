//! The HTTP edge: it carries and never decides. One table of routes; who may call what is decided in `desk`.

mod api;
mod asker;
mod assets;
mod health;
mod hooks;
mod join;
mod live;
mod media;
mod oauth;
mod page_of;
mod pages;
mod people;
mod problem;
mod second_step;
mod secrets;
mod security;
mod session;
mod sign_in;
mod traces;
mod uploads;
mod webhook;

pub use health::Metrics;
pub use live::CLOSE_SIGNED_OUT;

use crate::desk::Desk;
use crate::node::Node;
use axum::Router;
use axum::extract::{DefaultBodyLimit, FromRef};
use axum::routing::{any, get, post};
use std::sync::Arc;
use tokio_util::sync::CancellationToken;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{NotForContentType, Predicate, SizeAbove};

/// Meta's webhooks are smaller; a body had 300 KB once.
const WEBHOOK_LIMIT: usize = 4 * 1024 * 1024;
/// What people and programs send us is text.
const BODY_LIMIT: usize = 256 * 1024;

/// What handlers need.
#[derive(Clone)]
pub struct Edge {
    pub node: Arc<Node>,
    pub desk: Arc<Desk>,
    pub(crate) traces: Arc<traces::Traces>,
    pub(crate) secrets: Arc<secrets::Secrets>,
    pub metrics: Metrics,
    /// Ends when the server is told to stop: sockets close with a word.
    pub stopping: CancellationToken,
}

impl FromRef<Edge> for Arc<Node> {
    fn from_ref(edge: &Edge) -> Self {
        edge.node.clone()
    }
}

impl Edge {
    pub fn new(node: Arc<Node>, stopping: CancellationToken) -> Self {
        let desk = Arc::new(Desk::new(node.clone()));
        Self {
            secrets: Arc::default(),
            traces: Arc::default(),
            metrics: Metrics::installed(),
            desk,
            node,
            stopping,
        }
    }
}

/// Everything the server answers.
pub fn router(edge: Edge) -> Router {
    // Screens are rendered on this runtime; a second server in the process finds it set.
    let _ = any_spawner::Executor::init_tokio();
    let sessions = session::layer(&edge.node);
    let people = Router::new()
        .route("/sign-in", get(pages::page).post(sign_in::sign_in))
        .route("/sign-in/code", get(second_step::page).post(second_step::check))
        .route("/join", post(join::join))
        .route("/people/{person}/picture", get(people::picture))
        .route(
            "/profile/picture",
            post(people::put_picture).layer(DefaultBodyLimit::max(people::PICTURE_LIMIT)),
        )
        .route("/settings/audit.csv", get(people::audit_file))
        .route("/sign-out", post(sign_in::sign_out))
        .route("/set-up", get(pages::set_up).post(sign_in::set_up))
        .route("/settings/pages/connect/facebook", get(oauth::start))
        .route("/settings/pages/connect/return", get(oauth::back))
        .route("/live", get(live::live))
        .route("/rpc/{*function}", post(pages::rpc))
        .route(
            "/uploads/{id}",
            post(uploads::keep)
                .get(uploads::show)
                .delete(uploads::remove)
                .layer(DefaultBodyLimit::max(uploads::LIMIT)),
        )
        .nest("/api/v1", api::routes())
        .fallback(get(pages::page))
        .layer(axum::middleware::from_fn_with_state(edge.clone(), security::same_origin))
        .layer(sessions.clone())
        .layer(DefaultBodyLimit::max(BODY_LIMIT));
    // Files are compressed already, and their parts are counted in bytes.
    let files = Router::new().route("/media/{id}", get(media::file)).layer(sessions);
    Router::new()
        .merge(people)
        .route("/assets/{*name}", get(assets::file))
        .route("/favicon.ico", get(assets::favicon))
        .merge(assets::named())
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .route("/metrics", get(health::metrics))
        .layer(CompressionLayer::new().compress_when(compressible()))
        .merge(files)
        .route(
            "/webhooks/messenger/{app_id}",
            get(webhook::verify).post(webhook::receive).layer(DefaultBodyLimit::max(WEBHOOK_LIMIT)),
        )
        .route("/hooks/{workflow}/{key}", post(hooks::receive).layer(DefaultBodyLimit::max(hooks::LIMIT)))
        .layer(axum::middleware::from_fn_with_state(edge.clone(), security::headers))
        .method_not_allowed_fallback(any(problem::wrong_method))
        .with_state(edge)
}

/// Small answers and what is compressed already stay as they are.
fn compressible() -> impl Predicate {
    SizeAbove::new(1_024)
        .and(NotForContentType::const_new("font/woff2"))
        .and(NotForContentType::const_new("application/wasm"))
}
