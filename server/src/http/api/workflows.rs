//! Workflows and runs over REST.

use crate::http::Edge;
use crate::http::asker::Asker;
use crate::http::problem::Problem;
use app::api::workflows::{
    Draft, ImportReport, Naming, Publishing, RunDetail, RunsOf, Saving, WorkflowsDesk as _,
};
use app::api::{Failure, RunsDesk as _};
use axum::Json;
use axum::body::Bytes;
use axum::extract::rejection::{JsonRejection, PathRejection, QueryRejection};
use axum::extract::{DefaultBodyLimit, Path, Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, get, post};
use domain::view::Listing;
use domain::workflow::graph::Graph;
use domain::workflow::settings::Settings;
use domain::workflow::view::{RunView, WorkflowRow};
use domain::{ConversationId, RunId, WorkflowId};
use serde::{Deserialize, Serialize};
use serde_json::json;

type Answer<T> = Result<Json<T>, Problem>;
type Asked<T> = Result<Json<T>, JsonRejection>;
type Id<T> = Result<Path<T>, PathRejection>;

fn id<T>(path: Id<T>) -> Result<T, Problem> {
    path.map(|Path(id)| id).map_err(|_| Problem::from(Failure::Gone))
}

fn body<T>(asked: Asked<T>) -> Result<T, Problem> {
    asked.map(|Json(body)| body).map_err(|rejection| Problem::invalid(rejection.body_text()))
}

/// The most bytes of a graph.
const LIMIT: usize = 512 * 1024;
/// The same of a file: enough that one too large is refused in the words of the import (WF-44).
const FILE: usize = 4 * 1024 * 1024;

/// What takes a file.
pub fn file() -> MethodRouter<Edge> {
    post(import).layer(DefaultBodyLimit::max(FILE))
}

/// What takes a graph.
pub fn whole() -> MethodRouter<Edge> {
    get(one).put(put).delete(delete).layer(DefaultBodyLimit::max(LIMIT))
}

/// `GET /workflows`, by name
pub async fn list(State(edge): State<Edge>, Asker(actor): Asker) -> Answer<Listing<WorkflowRow>> {
    let items = edge.desk.workflows(&actor).await?.items;
    Ok(Json(Listing { items, next_cursor: None, as_of: *edge.node.hub.newest().borrow() }))
}

/// What a new workflow begins with.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewAsked {
    name: Option<String>,
    #[serde(default)]
    description: String,
    /// A template's key, instead of a name.
    template: Option<String>,
}

/// `POST /workflows`: 201
pub async fn create(
    State(edge): State<Edge>,
    Asker(actor): Asker,
    asked: Asked<NewAsked>,
) -> Result<(StatusCode, Json<WorkflowRow>), Problem> {
    let row = match body(asked)? {
        NewAsked { name: None, template: Some(key), .. } => {
            edge.desk.create_from_template(&actor, key).await?
        }
        NewAsked { name: Some(name), template: None, description } => {
            edge.desk.create_workflow(&actor, Naming { name, description }).await?
        }
        _ => return Err(Problem::invalid("Give either a name or a template.")),
    };
    Ok((StatusCode::CREATED, Json(row)))
}

/// A workflow with what was saved last.
#[derive(Serialize)]
pub struct Whole {
    #[serde(flatten)]
    row: WorkflowRow,
    graph: Graph,
    /// Where programs post to start it, should its trigger be an Incoming Webhook.
    hook: String,
}

/// `GET /workflows/{id}`
pub async fn one(State(edge): State<Edge>, Asker(actor): Asker, path: Id<WorkflowId>) -> Answer<Whole> {
    let builder = edge.desk.workflow(&actor, id(path)?).await?;
    Ok(Json(Whole { row: builder.workflow, graph: builder.graph, hook: builder.hook }))
}

/// What changes; what is left out stays.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PutAsked {
    name: Option<String>,
    description: Option<String>,
    settings: Option<Settings>,
    /// With the revision it began from.
    graph: Option<Graph>,
    revision: Option<i64>,
}

/// `PUT /workflows/{id}`: 409 when somebody saved meanwhile, 422 with what is incomplete
pub async fn put(
    State(edge): State<Edge>,
    Asker(actor): Asker,
    path: Id<WorkflowId>,
    asked: Asked<PutAsked>,
) -> Answer<WorkflowRow> {
    let (id, asked) = (id(path)?, body(asked)?);
    let mut row = None;
    if let Some(graph) = asked.graph {
        let revision = asked.revision.ok_or_else(|| Problem::invalid("Give the revision of the graph."))?;
        row = Some(saved(edge.desk.save_workflow(&actor, id, Draft { graph, revision }).await?)?);
    }
    if asked.name.is_some() || asked.description.is_some() {
        let known = edge.desk.workflow(&actor, id).await?.workflow;
        let name = asked.name.unwrap_or(known.name);
        let description = asked.description.unwrap_or(known.description);
        row = Some(edge.desk.rename_workflow(&actor, id, Naming { name, description }).await?);
    }
    if let Some(settings) = asked.settings {
        row = Some(edge.desk.set_workflow_settings(&actor, id, settings).await?);
    }
    row.map(Json).ok_or_else(|| Problem::invalid("Give a graph, a name, a description or settings."))
}

fn saved(saving: Saving) -> Result<WorkflowRow, Problem> {
    match saving {
        Saving::Saved { workflow } => Ok(workflow),
        Saving::Newer { workflow, .. } => Err(Problem::conflict(
            "stale",
            "Somebody saved this workflow meanwhile. Read it again.",
            json!({ "revision": workflow.revision }),
        )),
        Saving::Flawed { flaws } => {
            Err(Problem::unfit("The workflow is incomplete.", json!({ "flaws": flaws })))
        }
    }
}

/// `DELETE /workflows/{id}`: 204
pub async fn delete(
    State(edge): State<Edge>,
    Asker(actor): Asker,
    path: Id<WorkflowId>,
) -> Result<StatusCode, Problem> {
    edge.desk.delete_workflow(&actor, id(path)?).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Whether the asker knows that bots write on the same pages.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PublishAsked {
    #[serde(default)]
    confirmed: bool,
}

/// `POST /workflows/{id}/publish`: 409 `confirm` when bots write on the same pages (CR-30)
pub async fn publish(
    State(edge): State<Edge>,
    Asker(actor): Asker,
    path: Id<WorkflowId>,
    asked: Bytes,
) -> Answer<WorkflowRow> {
    let asked: PublishAsked = match asked.is_empty() {
        true => PublishAsked::default(),
        false => serde_json::from_slice(&asked).map_err(|error| Problem::invalid(error.to_string()))?,
    };
    match edge.desk.publish_workflow(&actor, id(path)?, asked.confirmed).await? {
        Publishing::Published { workflow } => Ok(Json(*workflow)),
        Publishing::Confirm { pages } => Err(Problem::conflict(
            "confirm",
            "Bots write on these pages, too. Use one automation tool per page, or publish with confirmed.",
            json!({ "pages": pages }),
        )),
    }
}

/// `POST /workflows/{id}/stop`: everybody who is in it leaves
pub async fn stop(
    State(edge): State<Edge>,
    Asker(actor): Asker,
    path: Id<WorkflowId>,
) -> Answer<WorkflowRow> {
    Ok(Json(edge.desk.stop_workflow(&actor, id(path)?).await?))
}

/// `POST /workflows/{id}/clone`: 201
pub async fn duplicate(
    State(edge): State<Edge>,
    Asker(actor): Asker,
    path: Id<WorkflowId>,
) -> Result<(StatusCode, Json<WorkflowRow>), Problem> {
    Ok((StatusCode::CREATED, Json(edge.desk.clone_workflow(&actor, id(path)?).await?)))
}

/// `GET /workflows/{id}/export`: the file
pub async fn export(
    State(edge): State<Edge>,
    Asker(actor): Asker,
    path: Id<WorkflowId>,
) -> Result<Response, Problem> {
    let file = edge.desk.export_workflow(&actor, id(path)?).await?;
    let mut headers = HeaderMap::new();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    let plain: String =
        file.name.chars().filter(|one| one.is_ascii_alphanumeric() || "-.".contains(*one)).collect();
    let encoded: String = url::form_urlencoded::byte_serialize(file.name.as_bytes()).collect();
    let disposition = format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{encoded}");
    if let Ok(disposition) = HeaderValue::from_str(&disposition) {
        headers.insert(header::CONTENT_DISPOSITION, disposition);
    }
    Ok((headers, file.json).into_response())
}

/// `POST /workflows/import`: 201, the body is the file
pub async fn import(
    State(edge): State<Edge>,
    Asker(actor): Asker,
    file: Bytes,
) -> Result<(StatusCode, Json<ImportReport>), Problem> {
    let file = String::from_utf8(file.to_vec())
        .map_err(|_| Problem::invalid("The file is not JSON: it is no text."))?;
    Ok((StatusCode::CREATED, Json(edge.desk.import_workflow(&actor, file).await?)))
}

/// Which runs.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RunsAsked {
    state: Option<RunsOf>,
    cursor: Option<String>,
    limit: Option<u32>,
}

/// `GET /workflows/{id}/runs`, the newest first
pub async fn runs(
    State(edge): State<Edge>,
    Asker(actor): Asker,
    path: Id<WorkflowId>,
    asked: Result<Query<RunsAsked>, QueryRejection>,
) -> Answer<Listing<RunView>> {
    let Query(asked) = asked.map_err(|rejection| Problem::invalid(rejection.body_text()))?;
    let which = asked.state.unwrap_or_default();
    let limit = asked.limit.unwrap_or(50);
    Ok(Json(edge.desk.workflow_runs(&actor, id(path)?, which, asked.cursor, limit).await?))
}

/// `GET /runs/{id}`, with a line per turn
pub async fn run(State(edge): State<Edge>, Asker(actor): Asker, path: Id<RunId>) -> Answer<RunDetail> {
    Ok(Json(edge.desk.run(&actor, id(path)?).await?))
}

/// `GET /conversations/{id}/runs`: what is ongoing, then what has ended
pub async fn of_conversation(
    State(edge): State<Edge>,
    Asker(actor): Asker,
    path: Id<ConversationId>,
) -> Answer<Listing<RunView>> {
    let panel = edge.desk.runs_of(&actor, id(path)?).await?;
    let items = panel.ongoing.into_iter().chain(panel.ended).collect();
    Ok(Json(Listing { items, next_cursor: None, as_of: panel.as_of }))
}

/// `POST /conversations/{id}/runs/{run}/stop`: the run as it ended, now or before
pub async fn stop_run(
    State(edge): State<Edge>,
    Asker(actor): Asker,
    path: Id<(ConversationId, RunId)>,
) -> Answer<RunView> {
    let (conversation, run) = id(path)?;
    Ok(Json(edge.desk.stop_run(&actor, conversation, run).await?.run))
}
