//! Calls to other people's servers, made for runs after commit. The answer and the turn it leads to commit together.
//!
//! A call that a crash cut off is made again, with the same `Idempotency-Key`: whoever understands it does nothing twice.

use super::occurred::Occurred;
use crate::desk::intention::Intention;
use crate::node::Node;
use crate::work::jobs::Outside;
use domain::ConversationId;
use domain::workflow::steps::http::{LONGEST_CALL, MOST_ANSWER, Path, Request};
use domain::workflow::turn::{CallResult, Input};
use messenger::outbound::Call;
use std::sync::Arc;
use std::time::Duration;
use store::connections::{self, Connection, Kind};
use store::outbox::{self, Job as Row};
use uuid::Uuid;

pub mod google;
pub mod model;

/// Makes a call and hands its answer to the run that waits for it.
pub async fn carry_out(
    node: &Arc<Node>,
    row: &Row,
    conversation: ConversationId,
    ticket: Uuid,
    call: &Outside,
) -> store::Result<()> {
    let result = match call {
        Outside::Request { request } => ask(node, request, ticket).await,
        Outside::Row { row } => match connection(node, &row.account, Kind::Sheets).await? {
            Some((account, key)) => google::append(node, &account, &key, row, ticket).await,
            None => gone("The Google account of this step is no longer connected."),
        },
        Outside::Agent { brief } => match connection(node, &brief.connection, Kind::Ai).await? {
            Some((service, key)) => model::think(node, &service, &key, brief).await,
            None => gone("The AI connection of this step is no longer there."),
        },
    };
    let mut intention = Intention::begin(node).await?;
    if intention.lock(conversation).await?.is_some() {
        intention.occurred(conversation, Occurred::Answered { ticket, input: Input::Called(result) });
    }
    outbox::done(intention.tx(), row.id).await?;
    intention.commit().await
}

fn gone(words: &str) -> CallResult {
    CallResult::Failed { words: words.to_owned() }
}

/// A connection with its secret, if it is there and of this kind.
pub async fn connection(node: &Node, name: &str, kind: Kind) -> store::Result<Option<(Connection, String)>> {
    let found = connections::find(&mut node.db.snapshot().await?, name).await?;
    let Some(found) = found.filter(|found| found.kind == kind) else { return Ok(None) };
    let secret = node.vault.open(&owner(name), &found.secret).ok();
    Ok(secret.map(|secret| (found, secret)))
}

/// Whose secret a connection's is, for the vault.
pub fn owner(name: &str) -> String {
    format!("connection:{name}")
}

async fn ask(node: &Node, request: &Request, ticket: Uuid) -> CallResult {
    let mut headers = request.headers.clone();
    headers.push(("idempotency-key".into(), ticket.to_string()));
    let call = Call {
        method: request.method.as_str(),
        url: request.url.clone(),
        headers,
        body: request.body.clone(),
        timeout: Duration::from_millis(u64::try_from(LONGEST_CALL).unwrap_or(30_000)),
        most: MOST_ANSWER,
    };
    match node.outbound.call(&call).await {
        Err(error) => CallResult::Failed { words: error.to_string() },
        Ok(answer) => {
            let json: serde_json::Value = serde_json::from_slice(&answer.body).unwrap_or_default();
            let value = |path: &String| {
                let found = Path::read(path).map(|read| read.find(&json)).unwrap_or_default();
                (path.clone(), found)
            };
            let values = request.paths.iter().map(value).collect();
            CallResult::Answered { status: Some(answer.status), values }
        }
    }
}
