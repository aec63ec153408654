//! A language model's double behind `POST /chat/completions`: it asks for what it shall find out, says when it has it, and
//! hands over when the customer wants a person. What it says can be given beforehand, answer by answer.
//!
//! It reads what it is told the way a model does, from the system's words; it knows nothing of Baton's code.

use super::Simulator;
use super::bot::wants_person;
use super::journal::{Entry, Kind};
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Json, Router};
use serde_json::{Value, json};
use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

/// The key the double takes.
pub const MODEL_KEY: &str = "sk-simulated-model-key";
/// The name of the only model it has.
pub const MODEL: &str = "small-talk";

/// What the double says next, oldest first; nothing: what its own manners tell it.
#[derive(Default)]
pub(super) struct Script(Mutex<VecDeque<Value>>);

impl Script {
    fn add(&self, answer: Value) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push_back(answer);
    }

    fn next(&self) -> Option<Value> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).pop_front()
    }
}

/// The route of the double.
pub(super) fn routes() -> Router<Simulator> {
    Router::new().route("/chat/completions", post(complete))
}

impl Simulator {
    /// Lets the double say this once, as the object it answers with: `{"reply":"…","reached":true}`. Text is said as it
    /// is, so that a model that breaks its word can be played, too.
    pub fn model_says(&self, answer: Value) {
        self.inner.model.add(answer);
    }
}

async fn complete(
    State(simulator): State<Simulator>,
    headers: HeaderMap,
    Json(asked): Json<Value>,
) -> Response {
    let key = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let key = key.strip_prefix("Bearer ").unwrap_or_default();
    let (status, body) = if key != MODEL_KEY {
        refusal(StatusCode::UNAUTHORIZED, &format!("Incorrect API key provided: {key}."))
    } else if asked["model"] != MODEL {
        let model = asked["model"].as_str().unwrap_or_default();
        refusal(StatusCode::NOT_FOUND, &format!("The model `{model}` does not exist."))
    } else {
        let answer = simulator.inner.model.next().unwrap_or_else(|| by_manners(&asked));
        let content = answer.as_str().map_or_else(|| answer.to_string(), str::to_owned);
        let choice = json!({ "index": 0, "message": { "role": "assistant", "content": content } });
        (StatusCode::OK, json!({ "object": "chat.completion", "model": MODEL, "choices": [choice] }))
    };
    simulator.journal().note(Entry {
        number: 0,
        at: simulator.now(),
        kind: Kind::Model,
        title: "POST chat/completions".to_owned(),
        app: String::new(),
        status: Some(status.as_u16()),
        body: json!({ "asked": asked["messages"], "answered": body }),
    });
    (status, Json(body)).into_response()
}

fn refusal(status: StatusCode, message: &str) -> (StatusCode, Value) {
    (status, json!({ "error": { "message": message, "type": "invalid_request_error" } }))
}

/// What a well-behaved model says to this conversation.
fn by_manners(asked: &Value) -> Value {
    let said = |role: &str| -> Vec<&str> {
        let all = asked["messages"].as_array().map(Vec::as_slice).unwrap_or_default();
        all.iter().filter(|one| one["role"] == role).filter_map(|one| one["content"].as_str()).collect()
    };
    let (told, heard) = (said("system").join("\n"), said("user"));
    if heard.last().is_some_and(|words| wants_person(words)) {
        return json!({ "hand_over": true, "reason": "The customer asks for a person." });
    }
    let wanted = wanted(&told);
    if wanted.is_empty() {
        let reached = heard.len() > 1;
        let reply = if reached { "Glad I could help!" } else { "Hello! What can I do for you?" };
        return json!({ "reply": reply, "reached": reached });
    }
    let mut answer = json!({});
    let mut missing = None;
    for (name, what) in wanted {
        match heard.iter().rev().find_map(|words| find(words, name, what)) {
            Some(found) => answer[name] = found.into(),
            None => missing = missing.or(Some(what)),
        }
    }
    answer["reached"] = missing.is_none().into();
    answer["reply"] = match missing {
        Some(what) => format!("Could you tell me {what}?").into(),
        None => "Thank you, I have noted that.".into(),
    };
    answer
}

/// What is to be found out: a name and what it means on each line after the words that announce them.
fn wanted(told: &str) -> Vec<(&str, &str)> {
    let listed = told.split_once("Values to find out:\n").map_or("", |(_, after)| after);
    listed.lines().map_while(|line| line.split_once(": ")).collect()
}

/// A value in what somebody wrote: an address for an e-mail address, else the first word with a digit.
fn find(words: &str, name: &str, what: &str) -> Option<String> {
    let is_address = format!("{name} {what}").to_lowercase().contains("mail");
    let fits = |word: &&str| {
        if is_address { word.contains('@') } else { word.contains(|c: char| c.is_ascii_digit()) }
    };
    let word =
        words.split_whitespace().map(|word| word.trim_matches([',', '.', ';', '!', '?'])).find(fits)?;
    Some(word.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(wanted: &str, heard: &[&str]) -> Value {
        let system = json!({ "role": "system", "content": format!("Be kind.\n\nValues to find out:\n{wanted}\n\nJSON.") });
        let heard = heard.iter().map(|words| json!({ "role": "user", "content": words }));
        json!({ "model": MODEL, "messages": std::iter::once(system).chain(heard).collect::<Vec<_>>() })
    }

    #[test]
    fn it_asks_until_it_knows_and_hands_over_when_a_person_is_wanted() {
        let wanted = "order: the order number\nemail: the e-mail address";
        let first = by_manners(&asked(wanted, &["Hi"]));
        assert_eq!(first, json!({ "reply": "Could you tell me the order number?", "reached": false }));
        let second = by_manners(&asked(wanted, &["Hi", "It is 48190."]));
        assert_eq!((&second["order"], &second["reached"]), (&json!("48190"), &json!(false)));
        let third = by_manners(&asked(wanted, &["Hi", "It is 48190.", "maya@example.com"]));
        assert_eq!((&third["email"], &third["reached"]), (&json!("maya@example.com"), &json!(true)));
        assert_eq!(by_manners(&asked(wanted, &["A person please"]))["hand_over"], true);
    }
}
