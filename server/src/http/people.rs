//! Pictures of the team, and the audit log as a file.

use super::Edge;
use super::asker::Asker;
use super::problem::{Problem, not_found};
use crate::desk::Refusal;
use crate::desk::team::picture;
use app::api::{AuditEntry, AuditQuery, Failure, TeamDesk as _};
use axum::body::Body;
use axum::extract::{Multipart, Path, Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use domain::PersonId;
use domain::person::{Act, Actor};
use futures::stream;
use std::sync::Arc;
use url::form_urlencoded::Serializer;

/// A picture with the form around it, in bytes.
pub const PICTURE_LIMIT: usize = picture::MOST + 64 * 1024;

/// Somebody's picture, for who is signed in. Its address changes with it, so that browsers keep it.
pub async fn picture(
    State(edge): State<Edge>,
    Asker(actor): Asker,
    Path(person): Path<PersonId>,
    headers: HeaderMap,
) -> Response {
    if !actor.may(Act::Look) {
        return Problem::from(Failure::Forbidden).into_response();
    }
    let picture = match picture::get(&edge.node, person).await {
        Ok(Some(picture)) => picture,
        Ok(None) => return not_found().await.into_response(),
        Err(refusal) => return Problem::from(Failure::from(refusal)).into_response(),
    };
    let tag = format!("\"{}\"", picture.version);
    let fixed = [
        (header::CACHE_CONTROL, "private, max-age=31536000, immutable"),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox; frame-ancestors 'none'"),
    ];
    let known = headers.get(header::IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == tag.as_bytes());
    let tag = [(header::ETAG, tag)];
    if known {
        return (StatusCode::NOT_MODIFIED, fixed, tag).into_response();
    }
    (fixed, tag, [(header::CONTENT_TYPE, picture.kind)], picture.bytes).into_response()
}

/// Takes one's own new picture, and goes back to the profile with the reason if there is one.
pub async fn put_picture(State(edge): State<Edge>, Asker(actor): Asker, form: Multipart) -> Response {
    let Some(me) = actor.person() else { return Problem::from(Failure::Forbidden).into_response() };
    let put = match file(form).await {
        Some(bytes) => picture::put(&edge.node, me, bytes).await,
        None => {
            Err(Refusal::Invalid { message: "The picture is larger than 2 MB. Choose a smaller one.".into() })
        }
    };
    match put {
        Ok(()) => Redirect::to("/settings/profile").into_response(),
        Err(refusal) => {
            let words = Failure::from(refusal).to_string();
            let query = Serializer::new(String::new()).append_pair("picture", &words).finish();
            Redirect::to(&format!("/settings/profile?{query}")).into_response()
        }
    }
}

/// The file of the form; nothing when it is too large or cut off.
async fn file(mut form: Multipart) -> Option<Vec<u8>> {
    while let Some(field) = form.next_field().await.ok()? {
        if field.name() == Some("picture") {
            return Some(field.bytes().await.ok()?.to_vec());
        }
    }
    None
}

/// The entries that are searched for, as a table for spreadsheets.
pub async fn audit_file(
    State(edge): State<Edge>,
    Asker(actor): Asker,
    Query(query): Query<AuditQuery>,
) -> Response {
    // The first rows are read before anything is promised.
    let first = match edge.desk.audit_rows(&actor, AuditQuery { cursor: None, ..query.clone() }).await {
        Ok(first) => first,
        Err(failure) => return Problem::from(failure).into_response(),
    };
    let head = "time,who,what,conversation,details\r\n".to_owned();
    let start = Rest { desk: edge.desk.clone(), actor, query, page: Some(first) };
    let rows = stream::unfold(start, next_rows);
    let all = futures::StreamExt::chain(stream::iter([Ok(head)]), rows);
    let fixed = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8")),
        (header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"audit.csv\"")),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    (fixed, Body::from_stream(all)).into_response()
}

/// What of the file is still to be written.
struct Rest {
    desk: Arc<crate::desk::Desk>,
    actor: Actor,
    query: AuditQuery,
    page: Option<(Vec<AuditEntry>, Option<String>)>,
}

/// The rows at hand, and the page after them. A failure cuts the file off, so that nobody takes it for whole.
async fn next_rows(mut rest: Rest) -> Option<(Result<String, std::io::Error>, Rest)> {
    let (entries, cursor) = rest.page.take()?;
    let text: String = entries.iter().map(line).collect();
    if let Some(cursor) = cursor {
        let query = AuditQuery { cursor: Some(cursor), ..rest.query.clone() };
        match rest.desk.audit_rows(&rest.actor, query).await {
            Ok(page) => rest.page = Some(page),
            Err(failure) => return Some((Err(std::io::Error::other(failure.to_string())), rest)),
        }
    }
    Some((Ok(text), rest))
}

fn line(entry: &AuditEntry) -> String {
    let detail: Vec<String> = entry.detail.iter().map(|(name, words)| format!("{name}: {words}")).collect();
    let conversation = entry.conversation.map(|id| id.to_string()).unwrap_or_default();
    let cells = [
        app::calendar::iso(entry.at),
        entry.actor.clone(),
        entry.act.clone(),
        conversation,
        detail.join("; "),
    ];
    format!("{}\r\n", cells.map(|text| cell(&text)).join(","))
}

/// A cell that a spreadsheet shows and never computes.
fn cell(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let guard = if formula { "'" } else { "" };
    format!("\"{guard}{}\"", text.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::cell;

    #[test]
    fn a_cell_is_never_a_formula() {
        assert_eq!(cell("=1+1"), "\"'=1+1\"");
        assert_eq!(cell("@sum"), "\"'@sum\"");
        assert_eq!(cell("say \"hi\", Ann"), "\"say \"\"hi\"\", Ann\"");
    }
}
