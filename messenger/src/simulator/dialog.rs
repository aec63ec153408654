//! Facebook's dialog, played: which pages may the app see, and what may it do?

use super::world::Grant;
use super::{Refusal, Simulator};
use crate::simulator::graph::answer;
use axum::body::Bytes;
use axum::http::{HeaderName, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use domain::{AppId, PageId};
use reqwest::Url;
use std::fmt::Write;

/// The permissions the dialog offers when the address asks for none.
const USUAL: &str = "pages_show_list,pages_messaging,pages_manage_metadata,pages_read_engagement";

impl Simulator {
    /// `/{version}/dialog/oauth`: shows the dialog, or leads back with what was chosen.
    pub(super) fn dialog(&self, method: &Method, uri: &Uri, body: &Bytes) -> Response {
        let asked = pairs(uri.query().unwrap_or_default());
        let given = |name: &str| asked.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
        let (Some(app), Some(redirect)) = (given("client_id"), given("redirect_uri")) else {
            return answer::refused(&Refusal::parameter("client_id and redirect_uri are required."));
        };
        let state = given("state").unwrap_or_default();
        let scopes = given("scope").unwrap_or(USUAL);
        if *method == Method::POST {
            let chosen = pairs(&String::from_utf8_lossy(body));
            return self.decide(&app.into(), redirect, state, scopes, &chosen);
        }
        self.show(&app.into(), scopes)
    }

    fn decide(
        &self,
        app: &AppId,
        redirect: &str,
        state: &str,
        scopes: &str,
        chosen: &[(String, String)],
    ) -> Response {
        let Ok(mut back) = Url::parse(redirect) else {
            return answer::refused(&Refusal::parameter("redirect_uri is no address."));
        };
        let all = |name: &str| {
            let name = name.to_owned();
            chosen.iter().filter(move |(key, _)| *key == name).map(|(_, value)| value.clone())
        };
        if all("decision").any(|decision| decision == "cancel") {
            back.query_pairs_mut()
                .append_pair("error", "access_denied")
                .append_pair("error_reason", "user_denied")
                .append_pair("error_description", "Permissions error")
                .append_pair("state", state);
            return to(&back);
        }
        let granted: Vec<String> = all("permission").collect();
        let declined =
            scopes.split(',').map(str::trim).filter(|scope| !granted.iter().any(|one| one == scope));
        let declined: Vec<String> = declined.map(str::to_owned).collect();
        let pages = all("page").map(PageId).collect();
        let grant = Grant { app: app.clone(), redirect: redirect.to_owned(), pages, granted, declined };
        let code = self.world().grant(grant);
        back.query_pairs_mut().append_pair("code", &code).append_pair("state", state);
        to(&back)
    }

    fn show(&self, app: &AppId, scopes: &str) -> Response {
        let world = self.world();
        let mut pages = String::new();
        let mut name = None;
        for page in world.pages.values() {
            let Some(app) = page.setup.app(app) else { continue };
            name = Some(app.name.clone());
            choice(&mut pages, "page", page.setup.id.as_str(), &page.setup.name);
        }
        let Some(name) = name else {
            return answer::refused(&Refusal::new(
                101,
                None,
                "Error validating application. Invalid application ID.",
            ));
        };
        let mut permissions = String::new();
        for scope in scopes.split(',').map(str::trim) {
            choice(&mut permissions, "permission", scope, scope);
        }
        let name = escaped(&name);
        let html = format!(
            "<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content='width=device-width'>\
             <title>Log in with Facebook (simulated)</title>\
             <style>body{{font:16px/1.5 system-ui;max-width:26rem;margin:3rem auto;padding:0 1rem;color:#1c1e21}}\
             h1{{font-size:1.25rem}}fieldset{{border:1px solid #ccd0d5;border-radius:8px;margin:1rem 0;padding:.75rem 1rem}}\
             label{{display:flex;gap:.5rem;padding:.25rem 0}}button{{font:inherit;padding:.5rem 1rem;border-radius:6px;\
             border:0;background:#e4e6eb}}button[value=continue]{{background:#1b63d1;color:#fff}}</style>\
             <h1>{name} would like to use your pages</h1><p>This is the simulator, not Facebook.</p><form method=post>\
             <fieldset><legend>Which pages?</legend>{pages}</fieldset>\
             <fieldset><legend>What may {name} do?</legend>{permissions}</fieldset>\
             <button name=decision value=cancel>Cancel</button> <button name=decision value=continue>Continue</button>\
             </form></html>"
        );
        ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], html).into_response()
    }
}

fn choice(html: &mut String, name: &str, value: &str, words: &str) {
    let (value, words) = (escaped(value), escaped(words));
    // Writing to a string cannot fail.
    let _ = write!(html, "<label><input type=checkbox name={name} value='{value}' checked>{words}</label>");
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('\'', "&#39;")
        .replace('"', "&quot;")
}

fn to(url: &Url) -> Response {
    let location: [(HeaderName, String); 1] = [(header::LOCATION, url.to_string())];
    (StatusCode::FOUND, location).into_response()
}

fn pairs(text: &str) -> Vec<(String, String)> {
    let url = Url::parse(&format!("http://form/?{text}"));
    url.map(|url| url.query_pairs().into_owned().collect()).unwrap_or_default()
}
