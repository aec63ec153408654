//! Joining the team with an invitation: a plain form, so that it works before anything has loaded.

use super::Edge;
use super::sign_in::{self, address};
use crate::desk::Refusal;
use crate::desk::team::invitations;
use axum::Extension;
use axum::extract::{ConnectInfo, Form, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use domain::MINUTE;
use serde::Deserialize;
use std::net::SocketAddr;
use tower_sessions::Session;
use url::form_urlencoded::Serializer;

/// The form. The link's secret comes in the body, never in an address that is logged.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Join {
    token: String,
    name: String,
    password: String,
}

/// Makes the account and signs in, or goes back to the form with the reason.
pub async fn join(
    State(edge): State<Edge>,
    peer: Option<Extension<ConnectInfo<SocketAddr>>>,
    headers: HeaderMap,
    session: Session,
    Form(form): Form<Join>,
) -> Response {
    let address = address(&edge, peer.map(|Extension(ConnectInfo(peer))| peer.ip()), &headers);
    let keys = [format!("join:{address}")];
    let now = edge.node.clock.now();
    if let Some(wait) = edge.node.attempts.wait(&keys, now) {
        return back(&form, &format!("Too many tries. Wait {} min, then try again.", wait / MINUTE + 1));
    }
    let joined = invitations::accept(&edge.node, &form.token, &form.name, form.password.clone()).await;
    match joined {
        Ok(person) => match sign_in::begin(&edge, &session, &person, &headers, &address).await {
            Ok(()) => Redirect::to("/inbox").into_response(),
            Err(()) => Redirect::to("/sign-in").into_response(),
        },
        Err(Refusal::Invalid { message }) => back(&form, &message),
        // The page says by itself what became of the link.
        Err(Refusal::Gone) => {
            edge.node.attempts.failed(&keys, now);
            back(&form, "")
        }
        Err(other) => back(&form, &app::api::Failure::from(other).to_string()),
    }
}

fn back(form: &Join, error: &str) -> Response {
    // Only letters a token has: whatever else was sent leads nowhere.
    let token: String =
        form.token.chars().filter(|one| one.is_ascii_alphanumeric() || matches!(one, '-' | '_')).collect();
    let mut query = Serializer::new(String::new());
    if !error.is_empty() {
        query.append_pair("error", error);
    }
    let query = query.append_pair("name", &form.name).finish();
    Redirect::to(&format!("/join/{token}?{query}")).into_response()
}

/// Whether an address leads to an invitation; such pages are open to everybody.
pub fn is_invitation(path: &str) -> bool {
    path.strip_prefix("/join/").is_some_and(|token| !token.is_empty() && !token.contains('/'))
}
