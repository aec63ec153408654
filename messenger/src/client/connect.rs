//! Answers about apps, people and pages: what connecting a page asks for.

use super::call::Call;
use super::{Graph, history};
use crate::credentials::{Credentials, Secret};
use crate::error::{Error, Repeats, Verdict};
use crate::event::lenient::{field, flag, id, integer, text};
use crate::{Account, AppFacts, Grants, PageFacts, ThreadMark, UserToken};
use domain::{AppId, PageId, Psid, Timestamp};
use serde_json::Value;

/// How many parts of a list are read at most.
const PARTS: usize = 40;

/// The app, if the token it was asked with is its own.
pub fn app_facts(answer: &Value, app: &AppId) -> Result<AppFacts, Error> {
    let data = field(answer, "data").ok_or_else(|| Error::unexpected("no data", Repeats::Nothing))?;
    let is_it = flag(data, "is_valid") && id(data, "app_id").as_deref() == Some(app.as_str());
    match is_it {
        true => Ok(AppFacts { name: text(data, "application").unwrap_or_else(|| format!("App {app}")) }),
        false => Err(Error {
            code: 190,
            subcode: None,
            message: "the app id and the app secret do not belong together".into(),
            trace: None,
            kind: Verdict::Admin,
        }),
    }
}

pub fn page_facts(answer: &Value) -> PageFacts {
    let routes = field(answer, "messaging_feature_status")
        .map(|status| flag(status, "hop_v2") || flag(status, "msgr_multi_app"));
    PageFacts { name: text(answer, "name"), routes }
}

pub fn user_token(answer: &Value) -> Result<UserToken, Error> {
    let token = text(answer, "access_token").map(Secret::new);
    let token = token.ok_or_else(|| Error::unexpected("no access_token", Repeats::Nothing))?;
    Ok(UserToken { token, expires_in: integer(answer, "expires_in") })
}

pub fn grants(answer: &Value) -> Grants {
    let mut grants = Grants::default();
    for one in rows(answer) {
        let Some(permission) = text(one, "permission") else { continue };
        match text(one, "status").as_deref() {
            Some("granted") => grants.granted.push(permission),
            Some(_) | None => grants.declined.push(permission),
        }
    }
    grants
}

/// Every page of the person, part by part.
pub async fn accounts(graph: &Graph, user: &Credentials) -> Result<Vec<Account>, Error> {
    let call = || {
        graph.call("me/accounts").query("fields", "id,name,category,tasks,access_token").query("limit", "100")
    };
    let mut accounts = Vec::new();
    let mut after = None;
    for _ in 0..PARTS {
        let answer = graph.ask(user, from(call(), after.as_deref())).await?;
        accounts.extend(rows(&answer).filter_map(account));
        after = next(&answer);
        if after.is_none() {
            break;
        }
    }
    Ok(accounts)
}

fn account(of: &Value) -> Option<Account> {
    let tasks = of.get("tasks").and_then(Value::as_array).into_iter().flatten();
    Some(Account {
        page: PageId(id(of, "id")?),
        name: text(of, "name").unwrap_or_default(),
        tasks: tasks.filter_map(Value::as_str).map(str::to_owned).collect(),
        access_token: text(of, "access_token").map(Secret::new),
    })
}

/// Meta lists the newest first, so reading ends at the first thread that is older.
pub async fn threads_since(
    graph: &Graph,
    page: &Credentials,
    since: Timestamp,
) -> Result<Vec<ThreadMark>, Error> {
    let call = || {
        let call = graph.call(&format!("{}/conversations", page.page)).conversations();
        call.query("platform", "messenger").query("fields", "updated_time,participants").query("limit", "50")
    };
    let mut marks = Vec::new();
    let mut after = None;
    for _ in 0..PARTS {
        let answer = graph.ask(page, from(call(), after.as_deref())).await?;
        let part: Vec<ThreadMark> = rows(&answer).filter_map(|thread| mark(thread, &page.page)).collect();
        let reached = part.iter().any(|mark| mark.updated_at < since);
        marks.extend(part.into_iter().filter(|mark| mark.updated_at >= since));
        after = next(&answer).filter(|_| !reached);
        if after.is_none() {
            break;
        }
    }
    Ok(marks)
}

fn mark(thread: &Value, page: &PageId) -> Option<ThreadMark> {
    let people = field(thread, "participants")?;
    let customer = rows(people).filter_map(|one| id(one, "id")).find(|one| *one != page.0)?;
    Some(ThreadMark { psid: Psid(customer), updated_at: history::moment(&text(thread, "updated_time")?)? })
}

fn rows(answer: &Value) -> impl Iterator<Item = &Value> {
    answer.get("data").and_then(Value::as_array).into_iter().flatten()
}

fn from(call: Call, after: Option<&str>) -> Call {
    match after {
        Some(after) => call.query("after", after),
        None => call,
    }
}

/// Where the list goes on. The cursor stands in every answer; only `next` says that there is more.
fn next(answer: &Value) -> Option<String> {
    answer.pointer("/paging/next")?;
    answer.pointer("/paging/cursors/after").and_then(Value::as_str).map(str::to_owned)
}
