//! Meta's answers, read as leniently as its events.

use crate::error::{Error, Repeats, Verdict};
use crate::event::lenient::{field, flag, id, integer, text, time};
use crate::{Accepted, OwnerAnswer, Profile, Subscription, TokenFacts};
use domain::conversation::evidence::Answer;
use domain::{AppId, Mid, PageId};
use serde_json::Value;

/// The message id; without one nobody knows whether the message is on its way.
pub fn accepted(answer: &Value) -> Result<Accepted, Error> {
    let mid = id(answer, "message_id").map(Mid);
    mid.map(|mid| Accepted { mid }).ok_or_else(|| Error::unexpected("no message_id", Repeats::Harm))
}

/// What Meta calls a file from now on.
pub fn attachment(answer: &Value) -> Result<String, Error> {
    id(answer, "attachment_id").ok_or_else(|| Error::unexpected("no attachment_id", Repeats::Nothing))
}

/// `{"success": true}`, or the thread owner, as older versions confirm.
pub fn success(answer: &Value) -> Result<(), Error> {
    match flag(answer, "success") || answer.pointer("/data/0").is_some() {
        true => Ok(()),
        false => Err(Error::unexpected("no success", Repeats::Nothing)),
    }
}

/// Nothing about an owner means that nobody has the thread.
pub fn owner(answer: &Value, ours: &AppId) -> OwnerAnswer {
    let owner = answer.pointer("/data/0/thread_owner").or_else(|| answer.pointer("/data/thread_owner"));
    let Some(owner) = owner.filter(|owner| owner.is_object()) else {
        return OwnerAnswer { answer: Answer::Idle, expires_at: None };
    };
    let answer = match id(owner, "app_id").map(AppId) {
        Some(app) if app == *ours => Answer::Ours,
        Some(app) => Answer::Other(app),
        None => Answer::OtherUnnamed,
    };
    OwnerAnswer { answer, expires_at: time(owner, "expiration") }
}

pub fn profile(answer: &Value) -> Profile {
    let names: Vec<String> =
        ["first_name", "last_name"].into_iter().filter_map(|key| text(answer, key)).collect();
    let name = names.join(" ").trim().to_owned();
    Profile { name: (!name.is_empty()).then_some(name), picture_url: text(answer, "profile_pic") }
}

pub fn subscriptions(answer: &Value) -> Vec<Subscription> {
    let apps = answer.get("data").and_then(Value::as_array).into_iter().flatten();
    apps.filter_map(|app| {
        Some(Subscription {
            app: AppId(id(app, "id")?),
            name: text(app, "name").unwrap_or_default(),
            fields: words(app, "subscribed_fields"),
        })
    })
    .collect()
}

pub fn token_facts(answer: &Value) -> Result<TokenFacts, Error> {
    let data = field(answer, "data").ok_or_else(|| Error::unexpected("no data", Repeats::Nothing))?;
    Ok(TokenFacts {
        valid: flag(data, "is_valid"),
        app: id(data, "app_id").map(AppId),
        page: id(data, "profile_id").map(PageId),
        scopes: words(data, "scopes"),
        expires_at: time(data, "expires_at"),
        data_access_expires_at: time(data, "data_access_expires_at"),
        problem: field(data, "error").map(problem),
    })
}

fn problem(error: &Value) -> Error {
    Error {
        code: integer(error, "code").unwrap_or(0),
        subcode: integer(error, "subcode"),
        message: text(error, "message").unwrap_or_default(),
        trace: None,
        kind: Verdict::Admin,
    }
}

fn words(of: &Value, key: &str) -> Vec<String> {
    let list = of.get(key).and_then(Value::as_array).into_iter().flatten();
    list.filter_map(Value::as_str).map(str::to_owned).collect()
}
