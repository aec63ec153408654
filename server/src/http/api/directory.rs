//! People, teams and pages over REST.

use crate::desk::{Refusal, read};
use crate::http::Edge;
use crate::http::asker::Asker;
use crate::http::problem::Problem;
use app::api::{ConversationsDesk as _, ListQuery};
use axum::Json;
use axum::extract::State;
use domain::view::View;
use serde_json::{Value, json};
use store::changes;

async fn listing<T: serde::Serialize>(edge: &Edge, items: T) -> Result<Json<Value>, Problem> {
    let as_of = async { changes::last(&mut edge.node.db.snapshot().await?).await }.await;
    let as_of = as_of.map_err(|error| Problem::from(app::api::Failure::from(Refusal::from(error))))?;
    Ok(Json(json!({ "items": items, "next_cursor": null, "as_of": as_of })))
}

/// `GET /agents`
pub async fn agents(State(edge): State<Edge>, Asker(actor): Asker) -> Result<Json<Value>, Problem> {
    let people = edge.desk.people(&actor).await?;
    listing(&edge, people.agents).await
}

/// `GET /teams`
pub async fn teams(State(edge): State<Edge>, Asker(actor): Asker) -> Result<Json<Value>, Problem> {
    let people = edge.desk.people(&actor).await?;
    listing(&edge, people.teams).await
}

/// `GET /pages`
pub async fn pages(State(edge): State<Edge>, Asker(actor): Asker) -> Result<Json<Value>, Problem> {
    let query = ListQuery { limit: 1, ..ListQuery::of(View::Closed) };
    let inbox = read::inbox(&edge.node, &actor, query).await.map_err(app::api::Failure::from)?;
    listing(&edge, inbox.pages).await
}
