//! REST v1, for programs. Each route carries a request to the same desk the screens use.

mod conversations;
mod directory;
mod docs;
mod export;
mod workflows;

use super::Edge;
use axum::Router;
use axum::routing::{get, post};

/// The routes below `/api/v1`. `openapi.json` describes each; a test compares both.
pub fn routes() -> Router<Edge> {
    Router::new()
        .route("/conversations", get(conversations::list))
        .route("/conversations/export", get(export::export))
        .route("/conversations/{id}", get(conversations::one))
        .route("/conversations/{id}/messages", get(conversations::messages).post(conversations::reply))
        .route("/conversations/{id}/control", get(conversations::control))
        .route("/conversations/{id}/take-over", post(conversations::take_over))
        .route("/conversations/{id}/reset-control", post(conversations::reset_control))
        .route("/conversations/{id}/resync", post(conversations::resync))
        .route("/conversations/{id}/assign", post(conversations::assign))
        .route("/conversations/{id}/read", post(conversations::read))
        .route("/conversations/{id}/unread", post(conversations::unread))
        .route("/conversations/{id}/close", post(conversations::close))
        .route("/conversations/{id}/reopen", post(conversations::reopen))
        .route("/conversations/{id}/snooze", post(conversations::snooze))
        .route("/conversations/{id}/notes", post(conversations::add_note))
        .route("/conversations/{id}/runs", get(workflows::of_conversation))
        .route("/conversations/{id}/runs/{run}/stop", post(workflows::stop_run))
        .route("/workflows", get(workflows::list).post(workflows::create))
        .route("/workflows/import", workflows::file())
        .route("/workflows/{id}", workflows::whole())
        .route("/workflows/{id}/publish", post(workflows::publish))
        .route("/workflows/{id}/stop", post(workflows::stop))
        .route("/workflows/{id}/clone", post(workflows::duplicate))
        .route("/workflows/{id}/export", get(workflows::export))
        .route("/workflows/{id}/runs", get(workflows::runs))
        .route("/runs/{id}", get(workflows::run))
        .route("/agents", get(directory::agents))
        .route("/teams", get(directory::teams))
        .route("/pages", get(directory::pages))
        .route("/openapi.json", get(docs::openapi))
        .route("/docs", get(docs::page))
}
