//! The second step of signing in: a code, asked for after the password. A plain form like the first.

use super::sign_in::{self, address, local};
use super::{Edge, pages};
use crate::desk::team::two_factor;
use axum::Extension;
use axum::body::Body;
use axum::extract::{ConnectInfo, Form, Request, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use domain::{MINUTE, PersonId, Timestamp};
use serde::{Deserialize, Serialize};
use std::net::SocketAddr;
use store::people;
use tower_sessions::Session;
use url::form_urlencoded::Serializer;

/// Where a session keeps who knew the password and still owes the code.
const PENDING: &str = "pending";
/// How long one may take for it, in milliseconds.
const PATIENCE: i64 = 10 * MINUTE;

/// Who knew the password. Nobody is signed in by this.
#[derive(Serialize, Deserialize)]
struct Pending {
    person: PersonId,
    at: Timestamp,
    next: Option<String>,
}

/// The form.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SecondStep {
    code: String,
}

/// Remembers who knew the password, under a session of a new id, and asks for the code.
pub async fn ask(edge: &Edge, session: &Session, person: PersonId, next: Option<String>) -> Response {
    let pending = Pending { person, at: edge.node.clock.now(), next };
    let kept = async {
        session.flush().await?;
        session.insert(PENDING, pending).await?;
        session.save().await
    };
    match kept.await {
        Ok(()) => Redirect::to("/sign-in/code").into_response(),
        Err(_) => Redirect::to("/sign-in?error=unavailable").into_response(),
    }
}

/// The page that asks for the code; without a password first it leads to the sign-in.
pub async fn page(State(edge): State<Edge>, session: Session, request: Request<Body>) -> Response {
    match pending(&edge, &session).await {
        Some(_) => pages::render(edge, None, None, request).await,
        None => Redirect::to("/sign-in").into_response(),
    }
}

/// Signs in, or asks again. It never tells whether a code was wrong, old or used.
pub async fn check(
    State(edge): State<Edge>,
    peer: Option<Extension<ConnectInfo<SocketAddr>>>,
    headers: HeaderMap,
    session: Session,
    Form(form): Form<SecondStep>,
) -> Response {
    let Some(pending) = pending(&edge, &session).await else {
        return Redirect::to("/sign-in?error=late").into_response();
    };
    let address = address(&edge, peer.map(|Extension(ConnectInfo(peer))| peer.ip()), &headers);
    let keys = [format!("code:{}", pending.person), format!("address:{address}")];
    let now = edge.node.clock.now();
    if let Some(wait) = edge.node.attempts.wait(&keys, now) {
        return again(&[("error", "locked"), ("minutes", &(wait / MINUTE + 1).to_string())]);
    }
    // Counted before it is looked at: tries at the same time are not free.
    edge.node.attempts.failed(&keys, now);
    let found = async {
        let person = people::find(&mut edge.node.db.snapshot().await?, pending.person).await?;
        match person {
            Some(person) if two_factor::lets_in(&edge.node, &person, &form.code).await? => Ok(Some(person)),
            Some(_) | None => Ok::<_, crate::desk::Refusal>(None),
        }
    };
    match found.await {
        Ok(Some(person)) => {
            edge.node.attempts.succeeded(&keys[0]);
            edge.node.attempts.took_back(&keys[1], now);
            match sign_in::begin(&edge, &session, &person, &headers, &address).await {
                Ok(()) => Redirect::to(local(pending.next.as_deref())).into_response(),
                Err(()) => again(&[("error", "unavailable")]),
            }
        }
        Ok(None) => again(&[("error", "wrong")]),
        Err(refusal) => {
            tracing::error!(error = %refusal, "a second step could not be checked");
            again(&[("error", "unavailable")])
        }
    }
}

async fn pending(edge: &Edge, session: &Session) -> Option<Pending> {
    let pending: Pending = session.get(PENDING).await.ok().flatten()?;
    (edge.node.clock.now() - pending.at < PATIENCE).then_some(pending)
}

fn again(pairs: &[(&str, &str)]) -> Response {
    let query = Serializer::new(String::new()).extend_pairs(pairs).finish();
    Redirect::to(&format!("/sign-in/code?{query}")).into_response()
}
