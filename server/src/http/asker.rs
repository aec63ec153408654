//! Who asks: a person with a session, or a program with a token.

use super::{Edge, session, sign_in, traces};
use crate::desk::Refusal;
use app::api::Failure;
use axum::extract::{ConnectInfo, FromRequestParts, OptionalFromRequestParts};
use axum::http::HeaderValue;
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use domain::person::Actor;
use std::convert::Infallible;
use std::net::SocketAddr;
use store::{people, tokens};
use tower_sessions::Session;

/// Whoever sent this request.
#[derive(Clone)]
pub struct Asker(pub Actor);

/// Finds out who asks. A token that is not known is nobody, even with a session beside it.
async fn identify(parts: &Parts, edge: &Edge) -> Result<Option<Actor>, Failure> {
    match parts.headers.get(AUTHORIZATION) {
        Some(header) => program(header, edge).await,
        None => person(parts, edge).await,
    }
}

async fn program(header: &HeaderValue, edge: &Edge) -> Result<Option<Actor>, Failure> {
    let Some(token) = header.to_str().ok().and_then(|text| text.strip_prefix("Bearer ")) else {
        return Ok(None);
    };
    let hash = crate::desk::set_up::fingerprint(token.trim());
    let found = tokens::by_hash(&edge.node.db, &hash).await.map_err(Refusal::from)?;
    if found.is_some() {
        traces::token(edge, hash);
    }
    Ok(found.map(|(name, scope)| Actor::Token { name, scope }))
}

async fn person(parts: &Parts, edge: &Edge) -> Result<Option<Actor>, Failure> {
    let Some(session) = parts.extensions.get::<Session>() else { return Ok(None) };
    // The session reads the database by itself: whoever held a reader meanwhile could starve the others of theirs.
    let Some(person) = session::person(session).await else { return Ok(None) };
    let found = async { people::find(&mut edge.node.db.snapshot().await?, person).await };
    let found = found.await.map_err(Refusal::from)?;
    if let (Some(person), Some(name)) = (&found, session::name(session)) {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(peer)| peer.ip());
        let address = sign_in::address(edge, peer, &parts.headers);
        traces::person(edge, name, person.id, Some(address));
    }
    Ok(found.map(Actor::Person))
}

impl FromRequestParts<Edge> for Asker {
    type Rejection = super::problem::Problem;

    async fn from_request_parts(parts: &mut Parts, edge: &Edge) -> Result<Self, Self::Rejection> {
        match identify(parts, edge).await {
            Ok(Some(actor)) => Ok(Self(actor)),
            Ok(None) => Err(Failure::SignedOut.into()),
            Err(failure) => Err(failure.into()),
        }
    }
}

impl OptionalFromRequestParts<Edge> for Asker {
    type Rejection = Infallible;

    /// A page is shown to nobody in particular when the database does not answer; it says so itself.
    async fn from_request_parts(parts: &mut Parts, edge: &Edge) -> Result<Option<Self>, Infallible> {
        Ok(identify(parts, edge).await.ok().flatten().map(Self))
    }
}
