//! The description of REST v1, for programs and for people.

use axum::http::header;
use axum::response::{Html, IntoResponse, Response};
use serde_json::Value;
use std::fmt::Write;
use std::sync::LazyLock;

/// OpenAPI 3.1.
const OPENAPI: &str = include_str!("openapi.json");

static PAGE: LazyLock<String> = LazyLock::new(|| render(&serde_json::from_str(OPENAPI).unwrap_or_default()));

/// `GET /openapi.json`
pub async fn openapi() -> Response {
    ([(header::CONTENT_TYPE, "application/json")], OPENAPI).into_response()
}

/// `GET /docs`: the same, readable without any script.
pub async fn page() -> Response {
    let policy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'";
    ([(header::CONTENT_SECURITY_POLICY, policy)], Html(PAGE.as_str())).into_response()
}

fn render(api: &Value) -> String {
    let mut page = String::from(
        "<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content='width=device-width'>\
         <title>Baton REST v1</title><style>:root{color-scheme:light dark}body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;\
         margin:2rem auto;padding:0 1rem}code{font:13px ui-monospace,monospace}section{border-top:1px solid #8884;padding:.75rem 0}\
         h2{font-size:1rem;margin:0}p{margin:.25rem 0}li{margin:.125rem 0}</style>",
    );
    let text = |value: &Value| escape(value.as_str().unwrap_or_default());
    let info = &api["info"];
    // Writing to a string cannot fail.
    let _ = write!(page, "<h1>{}</h1><p>{}", text(&info["title"]), text(&info["description"]));
    let _ = write!(page, "<p><a href=/api/v1/openapi.json>openapi.json</a>");
    for (path, methods) in api["paths"].as_object().into_iter().flatten() {
        for (method, operation) in methods.as_object().into_iter().flatten() {
            let _ = write!(
                page,
                "<section><h2><code>{} /api/v1{}</code></h2><p>{}<ul>",
                method.to_uppercase(),
                escape(path),
                text(&operation["summary"])
            );
            for parameter in operation["parameters"].as_array().into_iter().flatten() {
                let _ = write!(
                    page,
                    "<li><code>{}</code> {}",
                    text(&parameter["name"]),
                    text(&parameter["description"])
                );
            }
            for (status, answer) in operation["responses"].as_object().into_iter().flatten() {
                let _ = write!(page, "<li>{} {}", escape(status), text(&answer["description"]));
            }
            page.push_str("</ul></section>");
        }
    }
    page
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_names_every_operation_of_the_description() {
        let api: Value = serde_json::from_str(OPENAPI).expect("the description is JSON");
        let paths = api["paths"].as_object().expect("paths");
        assert!(paths.len() > 10);
        for path in paths.keys() {
            assert!(PAGE.contains(&format!("/api/v1{path}<")), "{path}");
        }
    }
}
