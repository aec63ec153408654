//! A list of conversations as a file.

use super::conversations::ListAsked;
use crate::http::Edge;
use crate::http::asker::Asker;
use crate::http::problem::Problem;
use app::api::{ConversationsDesk as _, Failure, ListQuery};
use app::calendar::iso;
use axum::body::{Body, Bytes};
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use domain::person::Actor;
use domain::view::Conversation;
use futures::stream;

/// How many conversations are read at a time.
const PAGE: u32 = 200;

const HEAD: &str = "id,page,customer,psid,status,unread,owner,app,assignee,team,window,window_until,snoozed_until,\
    last_author,last_message,updated_at\r\n";

/// `GET /conversations/export`: the filtered list as CSV, as long as it is, read page by page.
pub async fn export(
    State(edge): State<Edge>,
    Asker(actor): Asker,
    asked: Result<Query<ListAsked>, QueryRejection>,
) -> Result<Response, Problem> {
    let Query(asked) = asked.map_err(|rejection| Problem::invalid(rejection.body_text()))?;
    let query = ListQuery { limit: PAGE, cursor: None, ..asked.query()? };
    let (first, next) = page(&edge, &actor, query.clone()).await?;
    let start = Bytes::from(format!("{HEAD}{first}"));
    let rest = stream::try_unfold((edge, actor, query, next), |(edge, actor, query, next)| async move {
        let Some(cursor) = next else { return Ok::<_, Failure>(None) };
        let (lines, next) = page(&edge, &actor, ListQuery { cursor: Some(cursor), ..query.clone() }).await?;
        Ok(Some((Bytes::from(lines), (edge, actor, query, next))))
    });
    let body = stream::StreamExt::chain(stream::iter([Ok(start)]), rest);
    let head = [
        (CONTENT_TYPE, "text/csv; charset=utf-8"),
        (CONTENT_DISPOSITION, "attachment; filename=\"conversations.csv\""),
        (CACHE_CONTROL, "no-store"),
    ];
    Ok((head, Body::from_stream(body)).into_response())
}

async fn page(edge: &Edge, actor: &Actor, query: ListQuery) -> Result<(String, Option<String>), Failure> {
    let listing = edge.desk.export(actor, query).await?;
    Ok((listing.items.iter().map(line).collect(), listing.next_cursor))
}

fn line(one: &Conversation) -> String {
    let last = one.last_message.as_ref();
    let author =
        last.map(|last| last.author.name.clone().unwrap_or_else(|| last.author.kind.as_str().into()));
    let cells = [
        one.id.to_string(),
        one.page_name.clone(),
        one.contact.name.clone(),
        one.psid.to_string(),
        one.status.as_str().into(),
        one.unread.to_string(),
        one.control.owner.as_str().into(),
        one.control.app_name.clone().unwrap_or_default(),
        one.assignee.as_ref().map(|person| person.name.clone()).unwrap_or_default(),
        one.team.as_ref().map(|team| team.name.clone()).unwrap_or_default(),
        one.window.state.as_str().into(),
        one.window.expires_at.map(iso).unwrap_or_default(),
        one.snoozed_until.map(iso).unwrap_or_default(),
        author.unwrap_or_default(),
        last.map(|last| last.preview.clone()).unwrap_or_default(),
        iso(one.updated_at),
    ];
    let mut line = cells.map(|text| cell(&text)).join(",");
    line.push_str("\r\n");
    line
}

/// A cell as spreadsheets read it. What begins like a formula is told to be text (OWASP: CSV injection).
fn cell(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let text = text.replace('"', "\"\"");
    if formula { format!("\"'{text}\"") } else { format!("\"{text}\"") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_customer_wrote_is_never_a_formula() {
        for text in ["=1+1", "+49", "-2", "@SUM(A1)", "\t=1"] {
            assert!(cell(text).starts_with("\"'"), "{text}");
        }
        assert_eq!(cell("He said \"hi\", twice"), "\"He said \"\"hi\"\", twice\"");
    }
}
