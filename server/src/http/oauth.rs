//! Signing in with Facebook: to the dialog, and back. The way back counts once, in the browser and for the person that
//! went there, and leads only to our own settings.

use super::Edge;
use super::asker::Asker;
use crate::desk::Refusal;
use crate::desk::pages::login;
use crate::vault::Vault;
use app::api::Failure;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine};
use domain::person::{Act, Person};
use domain::{AppId, MINUTE, PersonId, Timestamp};
use serde::{Deserialize, Serialize};
use subtle::ConstantTimeEq;
use tower_sessions::Session;
use url::form_urlencoded::Serializer;

/// Where a session keeps that somebody is at Facebook.
const AWAY: &str = "facebook";
/// How long somebody may take there, in milliseconds.
const PATIENCE: i64 = 10 * MINUTE;

/// Somebody is at Facebook and is to come back with this.
#[derive(Serialize, Deserialize)]
struct Away {
    state: String,
    app: AppId,
    person: PersonId,
    since: Timestamp,
}

/// Which app asks.
#[derive(Deserialize)]
pub struct Start {
    app: AppId,
}

/// What Facebook sends back.
#[derive(Deserialize)]
pub struct Back {
    code: Option<String>,
    state: Option<String>,
    error: Option<String>,
}

/// Leads to Facebook's dialog.
pub async fn start(
    State(edge): State<Edge>,
    Asker(actor): Asker,
    session: Session,
    Query(Start { app }): Query<Start>,
) -> Response {
    let Some(person) = actor.person().filter(|person| person.may(Act::Configure)) else {
        return super::problem::Problem::from(Failure::Forbidden).into_response();
    };
    let state = BASE64_URL_SAFE_NO_PAD.encode(Vault::fresh_key());
    let address = match login::dialog(&edge.node, &app, &state).await {
        Ok(address) => address,
        Err(refusal) => return problem("refused", Some(&Failure::from(refusal).to_string())),
    };
    let away = Away { state, app, person: person.id, since: edge.node.clock.now() };
    match session.insert(AWAY, away).await {
        Ok(()) => Redirect::to(&address).into_response(),
        Err(_) => problem("unavailable", None),
    }
}

/// Back from Facebook, with a code or with a no.
pub async fn back(
    State(edge): State<Edge>,
    asker: Option<Asker>,
    session: Session,
    Query(back): Query<Back>,
) -> Response {
    // Whatever comes of it, it counts once.
    let away: Option<Away> = session.remove(AWAY).await.ok().flatten();
    let person = asker.as_ref().and_then(|Asker(actor)| actor.person());
    let Some(away) = expected(away, person, back.state.as_deref(), edge.node.clock.now()) else {
        return problem("state", None);
    };
    match (back.error, back.code) {
        (Some(error), _) if error == "access_denied" => problem("denied", None),
        (Some(_), _) | (None, None) => problem("facebook", None),
        (None, Some(code)) => match login::finish(&edge.node, away.person, &away.app, &code).await {
            Ok(login) => Redirect::to(&format!("/settings/pages/connect?login={login}")).into_response(),
            Err(Refusal::MetaUnreachable) => problem("unreachable", None),
            Err(refusal @ Refusal::ByMeta { .. }) => {
                tracing::info!(%refusal, "a sign-in with Facebook was refused");
                problem("code", None)
            }
            Err(refusal) => problem("refused", Some(&Failure::from(refusal).to_string())),
        },
    }
}

/// Whether this is the way back of who went: the same browser, the same person, in time.
fn expected(
    away: Option<Away>,
    person: Option<&Person>,
    state: Option<&str>,
    now: Timestamp,
) -> Option<Away> {
    let (away, person, state) = (away?, person?, state?);
    let same = bool::from(away.state.as_bytes().ct_eq(state.as_bytes()));
    let theirs = away.person == person.id && person.may(Act::Configure);
    (same && theirs && now - away.since <= PATIENCE).then_some(away)
}

/// Back to the settings with the reason; `words` only where the reason has none of its own.
fn problem(reason: &str, words: Option<&str>) -> Response {
    let mut query = Serializer::new(String::new());
    query.append_pair("problem", reason);
    if let Some(words) = words {
        query.append_pair("words", words);
    }
    Redirect::to(&format!("/settings/pages/connect?{}", query.finish())).into_response()
}
