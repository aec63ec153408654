//! Signing in and out and the first owner: plain forms, so that they work before anything has loaded.

use super::session::{self, PERSON};
use super::{Edge, problem, second_step};
use crate::desk::team::{arrival, two_factor};
use crate::desk::{Refusal, set_up as desk};
use crate::password;
use axum::Extension;
use axum::extract::{ConnectInfo, Form, State};
use axum::http::HeaderMap;
use axum::http::header::USER_AGENT;
use axum::response::{IntoResponse, Redirect, Response};
use domain::MINUTE;
use domain::person::Person;
use serde::Deserialize;
use std::net::{IpAddr, SocketAddr};
use store::{people, sessions};
use tower_sessions::Session;
use url::form_urlencoded::Serializer;

/// The sign-in form.
#[derive(Deserialize)]
pub struct SignIn {
    email: String,
    password: String,
    /// Where to go on.
    next: Option<String>,
}

/// Signs in, or goes back to the form with the reason; which part was wrong is never told.
pub async fn sign_in(
    State(edge): State<Edge>,
    peer: Option<Extension<ConnectInfo<SocketAddr>>>,
    headers: HeaderMap,
    session: Session,
    Form(form): Form<SignIn>,
) -> Response {
    let email = form.email.trim().to_lowercase();
    let address = address(&edge, peer.map(|Extension(ConnectInfo(peer))| peer.ip()), &headers);
    let keys = [format!("account:{email}"), format!("address:{address}")];
    let now = edge.node.clock.now();
    let back = |pairs: &[(&str, &str)]| {
        let mut query = Serializer::new(String::new());
        query.extend_pairs(pairs).append_pair("email", &form.email);
        query.extend_pairs(form.next.as_deref().map(|next| ("next", next)));
        Redirect::to(&format!("/sign-in?{}", query.finish())).into_response()
    };
    if let Some(wait) = edge.node.attempts.wait(&keys, now) {
        let minutes = (wait / MINUTE + 1).to_string();
        return back(&[("error", "locked"), ("minutes", &minutes)]);
    }
    let found = async { people::by_email(&mut edge.node.db.snapshot().await?, &email).await }.await;
    let (person, hash) = match found {
        Ok(found) => found.map_or((None, None), |(person, hash)| (Some(person), hash)),
        Err(error) => {
            tracing::error!(error = &error as &dyn std::error::Error, "somebody could not sign in");
            return back(&[("error", "unavailable")]);
        }
    };
    let right = password::verify(form.password.clone(), hash).await;
    let Some(person) = person.filter(|_| right) else {
        edge.node.attempts.failed(&keys, now);
        return back(&[("error", "wrong")]);
    };
    match two_factor::is_asked_for(&edge.node, person.id).await {
        Ok(true) => return second_step::ask(&edge, &session, person.id, form.next).await,
        Ok(false) => {}
        Err(_) => return back(&[("error", "unavailable")]),
    }
    edge.node.attempts.succeeded(&keys[0]);
    match begin(&edge, &session, &person, &headers, &address).await {
        Ok(()) => Redirect::to(local(form.next.as_deref())).into_response(),
        Err(()) => back(&[("error", "unavailable")]),
    }
}

/// Signs somebody in, with a new session id at each sign-in: one that was planted before is worth nothing.
pub async fn begin(
    edge: &Edge,
    session: &Session,
    person: &Person,
    headers: &HeaderMap,
    address: &str,
) -> Result<(), ()> {
    let begun = async {
        session.flush().await?;
        session.insert(PERSON, person.id).await?;
        session.save().await
    };
    if let Err(error) = begun.await {
        tracing::error!(error = &error as &dyn std::error::Error, "somebody could not be signed in");
        return Err(());
    }
    let agent = headers.get(USER_AGENT).and_then(|value| value.to_str().ok());
    let agent: Option<String> = agent.map(|agent| agent.chars().take(300).collect());
    let name = session::name(session).unwrap_or_default();
    let noted = arrival::note(&edge.node, person, &name, agent.as_deref(), address).await;
    if let Err(refusal) = noted {
        tracing::warn!(error = %refusal, "it was not noted where somebody signed in");
    }
    Ok(())
}

/// The sign-out form.
#[derive(Deserialize)]
pub struct SignOut {
    everywhere: Option<String>,
}

/// Signs out here, or on every device; open sockets close at once.
pub async fn sign_out(State(edge): State<Edge>, session: Session, Form(form): Form<SignOut>) -> Response {
    let person = session::person(&session).await;
    let ended = session.flush().await;
    if let (Some(person), Some(_)) = (person, form.everywhere) {
        let all = async {
            let mut tx = edge.node.db.begin().await?;
            sessions::delete_of(&mut tx, person).await?;
            tx.commit().await
        };
        if let Err(error) = all.await {
            tracing::error!(
                error = &error as &dyn std::error::Error,
                "somebody could not be signed out everywhere"
            );
            return problem::Problem::from(app::api::Failure::Internal).into_response();
        }
    }
    if let Some(person) = person {
        edge.node.look_again(person).await;
    }
    match ended {
        Ok(()) => Redirect::to("/sign-in").into_response(),
        Err(_) => problem::Problem::from(app::api::Failure::Internal).into_response(),
    }
}

/// The form of the first owner.
#[derive(Deserialize)]
pub struct SetUp {
    workspace: String,
    name: String,
    email: String,
    password: String,
}

/// Makes the first owner and signs them in. Gone once there is one.
pub async fn set_up(
    State(edge): State<Edge>,
    peer: Option<Extension<ConnectInfo<SocketAddr>>>,
    headers: HeaderMap,
    session: Session,
    Form(form): Form<SetUp>,
) -> Response {
    let address = address(&edge, peer.map(|Extension(ConnectInfo(peer))| peer.ip()), &headers);
    let made =
        desk::first_owner(&edge.node, &form.workspace, &form.name, &form.email, form.password.clone()).await;
    let error = match made {
        Ok(person) => match begin(&edge, &session, &person, &headers, &address).await {
            Ok(()) => return Redirect::to("/inbox").into_response(),
            Err(()) => return Redirect::to("/sign-in").into_response(),
        },
        Err(Refusal::Gone) => return problem::not_found().await.into_response(),
        Err(Refusal::Invalid { message }) => message,
        Err(other) => app::api::Failure::from(other).to_string(),
    };
    let mut query = Serializer::new(String::new());
    query.append_pair("error", &error).append_pair("workspace", &form.workspace);
    query.append_pair("name", &form.name).append_pair("email", &form.email);
    Redirect::to(&format!("/set-up?{}", query.finish())).into_response()
}

/// Only addresses of ours: a link that leads elsewhere after sign-in is a trap.
pub fn local(next: Option<&str>) -> &str {
    match next {
        Some(next)
            if next.starts_with('/') && !next.starts_with("//") && !next.contains(['\\', '\n', '\r']) =>
        {
            next
        }
        _ => "/inbox",
    }
}

/// Whose try it is. A forwarded address is believed only from a proxy we were told about.
pub fn address(edge: &Edge, peer: Option<IpAddr>, headers: &HeaderMap) -> String {
    let forwarded = headers.get("x-forwarded-for").and_then(|value| value.to_str().ok());
    let trusted = peer.is_some_and(|peer| edge.node.config.trusted_proxies.contains(&peer));
    match forwarded.and_then(|list| list.rsplit(',').next()).map(str::trim).filter(|_| trusted) {
        Some(address) => address.to_owned(),
        None => peer.map_or_else(|| "unknown".into(), |peer| peer.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::local;

    #[test]
    fn signing_in_never_leads_to_another_site() {
        assert_eq!(local(Some("/inbox/mine")), "/inbox/mine");
        for trap in ["//evil.example", "https://evil.example", "/\\evil.example", "inbox"] {
            assert_eq!(local(Some(trap)), "/inbox");
        }
    }
}
