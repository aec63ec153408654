//! Screens and the functions they call. Who asks is put into the context; without it a function answers "signed out".

use super::asker::Asker;
use super::{Edge, join, problem, session};
use crate::assets;
use crate::desk::{preferences, set_up};
use app::api::{Caller, Reception, Theme};
use axum::Extension;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use domain::preferences::Language;
use leptos::context::provide_context;
use leptos::nonce::use_nonce;
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;
use std::sync::Arc;
use store::people;
use tower_sessions::Session;

/// Pages that anybody may see.
const OPEN: [&str; 1] = ["/sign-in"];

/// A screen. Nobody signed in is led to the sign-in, and before the first owner to the set-up.
pub async fn page(
    State(edge): State<Edge>,
    asker: Option<Asker>,
    session: Option<Extension<Session>>,
    request: Request<Body>,
) -> Response {
    let path = request.uri().path().to_owned();
    if join::is_invitation(&path) {
        return render(edge, None, None, request).await;
    }
    if path.starts_with("/api/") || path.starts_with("/rpc/") {
        return problem::not_found().await.into_response();
    }
    if asker.is_none() {
        match set_up::has_owner(&edge.node).await {
            Ok(false) => return Redirect::to("/set-up").into_response(),
            Ok(true) if !OPEN.contains(&path.as_str()) => return to_sign_in(&request),
            Ok(true) => {}
            Err(_) => return StatusCode::SERVICE_UNAVAILABLE.into_response(),
        }
    }
    render(edge, asker, session.and_then(|Extension(session)| session::name(&session)), request).await
}

/// The set-up, as long as there is no owner.
pub async fn set_up(State(edge): State<Edge>, request: Request<Body>) -> Response {
    match set_up::has_owner(&edge.node).await {
        Ok(false) => render(edge, None, None, request).await,
        Ok(true) => problem::not_found().await.into_response(),
        Err(_) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}

fn to_sign_in(request: &Request<Body>) -> Response {
    let next = request.uri().path_and_query().map_or("/inbox", |next| next.as_str());
    let query = url::form_urlencoded::Serializer::new(String::new()).append_pair("next", next).finish();
    Redirect::to(&format!("/sign-in?{query}")).into_response()
}

/// A page as its asker sees it; without one, as a stranger does. `session`: the name of the asker's session.
pub async fn render(
    edge: Edge,
    asker: Option<Asker>,
    session: Option<String>,
    request: Request<Body>,
) -> Response {
    let (theme, chosen) = likes(&edge, asker.as_ref()).await.unwrap_or_default();
    let wanted = chosen.unwrap_or_else(|| Language::accepted(&accepted(&request)));
    let catalogue = assets::catalogue(wanted);
    let language = if catalogue.is_some() { wanted } else { Language::English };
    let path = request.uri().path().to_owned();
    let context = move || {
        provide(&edge, asker.as_ref(), session.clone());
        provide_context(app::Asked(path.clone()));
        provide_context(language);
        if let Some(theme) = theme {
            provide_context(theme);
        }
        secure_page();
    };
    let handler = leptos_axum::render_app_async_with_context(context, move || shell(language));
    let mut response = app::speaking(catalogue, handler(request)).await;
    // A page shows what was true just now, to one person.
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// How the asker wants the screens lit and which language they chose, if they ever said. A page without it is still a
/// page.
async fn likes(edge: &Edge, asker: Option<&Asker>) -> Option<(Option<Theme>, Option<Language>)> {
    let me = asker?.0.person()?.id;
    let mut tx = edge.node.db.snapshot().await.ok()?;
    let theme = people::theme(&mut tx, me).await.ok().flatten().filter(|word| !word.is_empty());
    let language = preferences::language(&mut tx, me).await.ok().flatten();
    Some((theme.map(|word| Theme::of(&word)), language))
}

fn accepted(request: &Request<Body>) -> String {
    let named = request.headers().get_all(header::ACCEPT_LANGUAGE).iter();
    named.filter_map(|value| value.to_str().ok()).collect::<Vec<_>>().join(",")
}

fn shell(language: Language) -> impl leptos::IntoView {
    let manifest = assets::manifest();
    app::shell(app::Assets {
        css: manifest.css,
        office: manifest.office,
        js: manifest.js,
        wasm: manifest.wasm,
        font: manifest.font,
        icons: manifest.icons,
        words: manifest.words.get(language.tag()).cloned(),
        // A release that was built over a site of `make dev` does without.
        reload: manifest.reload.filter(|_| cfg!(debug_assertions)),
    })
}

/// A function of the screens.
pub async fn rpc(
    State(edge): State<Edge>,
    asker: Option<Asker>,
    session: Option<Extension<Session>>,
    request: Request<Body>,
) -> Response {
    let session = session.and_then(|Extension(session)| session::name(&session));
    let context = move || provide(&edge, asker.as_ref(), session.clone());
    leptos_axum::handle_server_fns_with_context(context, request).await.into_response()
}

fn provide(edge: &Edge, asker: Option<&Asker>, session: Option<String>) {
    provide_context(Reception(edge.desk.clone()));
    if let Some(Asker(actor)) = asker {
        let desk: Arc<dyn app::api::Desk> = edge.desk.clone();
        provide_context(Caller { actor: actor.clone(), desk, session });
    }
}

/// Only scripts we wrote ourselves run, and only our own files load.
fn secure_page() {
    let (Some(nonce), Some(response)) = (use_nonce(), use_context::<ResponseOptions>()) else { return };
    let policy = format!(
        "default-src 'none'; script-src 'nonce-{nonce}' 'strict-dynamic' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; \
         font-src 'self'; img-src 'self' data:; media-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; \
         manifest-src 'self'"
    );
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        response.insert_header(header::CONTENT_SECURITY_POLICY, policy);
    }
}
