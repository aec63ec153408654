//! Headers every answer carries, and the check that a change was asked for by one of our own pages.

use super::Edge;
use super::problem::Problem;
use app::api::Failure;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

/// Adds the headers that keep a page of ours from being framed, sniffed or leaked. Pages bring their own content
/// security policy with a nonce; everything else may load nothing at all.
pub async fn headers(State(edge): State<Edge>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let fixed = [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        // Without a referrer at home, browsers name no origin for forms either.
        (header::REFERRER_POLICY, "same-origin"),
    ];
    for (name, value) in fixed {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers
        .entry(header::CONTENT_SECURITY_POLICY)
        .or_insert(HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'"));
    if edge.node.config.secure() {
        let value = HeaderValue::from_static("max-age=31536000; includeSubDomains");
        headers.insert(header::STRICT_TRANSPORT_SECURITY, value);
    }
    response
}

/// Refuses a change that another site's page asks for with the cookie of somebody signed in here.
pub async fn same_origin(State(edge): State<Edge>, request: Request, next: Next) -> Response {
    let safe = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    let with_token = request.headers().contains_key(header::AUTHORIZATION);
    if safe || with_token || comes_from_us(request.headers(), &edge.node.config.public_url) {
        return next.run(request).await;
    }
    Problem::from(Failure::Forbidden).into_response()
}

/// Whether the page that asks is ours. Programs name no origin; a browser always does when it matters.
pub fn comes_from_us(headers: &HeaderMap, public_url: &str) -> bool {
    let text = |name| headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok());
    let Some(origin) = text(header::ORIGIN) else { return true };
    let authority = origin.split_once("://").map(|(_, authority)| authority);
    origin == public_url || (authority.is_some() && authority == text(header::HOST))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(origin: Option<&str>) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(header::HOST, HeaderValue::from_static("127.0.0.1:3000"));
        if let Some(origin) = origin {
            headers.insert(header::ORIGIN, HeaderValue::from_str(origin).expect("an origin"));
        }
        headers
    }

    #[test]
    fn only_our_own_pages_and_programs_without_a_page_may_ask() {
        let ours = |origin| comes_from_us(&headers(origin), "https://inbox.example.com");
        assert!(ours(None));
        assert!(ours(Some("https://inbox.example.com")));
        assert!(ours(Some("http://127.0.0.1:3000")));
        assert!(!ours(Some("https://evil.example")));
        assert!(!ours(Some("null")));
    }
}
