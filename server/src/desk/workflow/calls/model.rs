//! Language models behind an address that takes chat completions.

use crate::node::Node;
use bytes::Bytes;
use domain::workflow::steps::agent::Brief;
use domain::workflow::steps::http::{MOST_ANSWER, Path};
use domain::workflow::turn::CallResult;
use domain::workflow::value::Value;
use messenger::outbound::Call;
use serde_json::{Value as Json, json};
use std::time::Duration;
use store::connections::Connection;

/// How long a language model may take.
const PATIENCE: Duration = Duration::from_secs(90);
/// How long it may take while somebody looks on.
const TEST_PATIENCE: Duration = Duration::from_secs(30);
/// Where every such service takes them.
const COMPLETIONS: &str = "/chat/completions";
const NO_OBJECT: &str = "The AI service answered something that is no JSON object.";

/// Asks a language model what to say next. It answers with one JSON object.
pub async fn think(node: &Node, service: &Connection, key: &str, brief: &Brief) -> CallResult {
    match complete(node, service, key, messages(brief), PATIENCE).await {
        Err(words) => CallResult::Failed { words },
        Ok(body) => understand(&body, brief),
    }
}

/// Asks for one small answer: whether the address, the model and the key are right. `Err`: why not.
pub async fn greet(node: &Node, service: &Connection, key: &str) -> Result<String, String> {
    let content = "Answer with this JSON object and nothing else: {\"reply\": \"Hello\"}";
    let body =
        complete(node, service, key, json!([{ "role": "user", "content": content }]), TEST_PATIENCE).await?;
    match said(&body) {
        Some(_) => Ok(format!("{} answers.", service.model)),
        None => Err(NO_OBJECT.to_owned()),
    }
}

/// The body of an answer with status 200, else why there is none, in the service's words where it has some.
async fn complete(
    node: &Node,
    service: &Connection,
    key: &str,
    messages: Json,
    patience: Duration,
) -> Result<Bytes, String> {
    let body = json!({
        "model": service.model,
        "messages": messages,
        "response_format": { "type": "json_object" },
    });
    let call = Call {
        method: "POST",
        url: completions(&service.address),
        headers: vec![
            ("authorization".into(), format!("Bearer {key}")),
            ("content-type".into(), "application/json".into()),
        ],
        body: Some(body.to_string()),
        timeout: patience,
        most: MOST_ANSWER,
    };
    let answer = node.outbound.call(&call).await.map_err(|error| error.to_string())?;
    match answer.status {
        200 => Ok(answer.body),
        status => Err(refusal(status, &answer.body, key)),
    }
}

/// Where completions are asked for: services are known by the address before it, such as `https://api.example.com/v1`.
fn completions(address: &str) -> String {
    let address = address.trim_end_matches('/');
    if address.ends_with(COMPLETIONS) { address.to_owned() } else { format!("{address}{COMPLETIONS}") }
}

/// Why a service said no. What it says may repeat the key, which nobody is to read.
fn refusal(status: u16, body: &[u8], key: &str) -> String {
    let told: Json = serde_json::from_slice(body).unwrap_or_default();
    let words = ["/error/message", "/error", "/message", "/detail"];
    let words = words.iter().find_map(|path| told.pointer(path).and_then(Json::as_str)).unwrap_or_default();
    let words: String =
        words.replace(key, "…").chars().filter(|letter| !letter.is_control()).take(300).collect();
    match words.trim() {
        "" => format!("The AI service answered with status {status}."),
        words => format!("The AI service answered with status {status}: {words}"),
    }
}

fn messages(brief: &Brief) -> Json {
    let said = brief.dialogue.iter().map(|line| match line.split_once(": ") {
        Some(("agent", words)) => json!({ "role": "assistant", "content": words }),
        Some(("customer", words)) => json!({ "role": "user", "content": words }),
        _ => json!({ "role": "user", "content": line }),
    });
    std::iter::once(json!({ "role": "system", "content": brief.told() })).chain(said).collect()
}

/// The JSON object a model said.
fn said(body: &[u8]) -> Option<Json> {
    let answer: Json = serde_json::from_slice(body).unwrap_or_default();
    let content = answer.pointer("/choices/0/message/content").and_then(Json::as_str)?;
    serde_json::from_str::<Json>(content).ok().filter(Json::is_object)
}

fn understand(body: &[u8], brief: &Brief) -> CallResult {
    let Some(told) = said(body) else {
        return CallResult::Failed { words: NO_OBJECT.to_owned() };
    };
    let text = |name: &str| told.get(name).and_then(Json::as_str).unwrap_or_default();
    if told.get("hand_over").and_then(Json::as_bool) == Some(true) {
        let words = match text("reason") {
            "" => "The AI agent asks for a person.".to_owned(),
            reason => reason.chars().take(500).collect(),
        };
        return CallResult::HandOver { words };
    }
    let reached = told.get("reached").and_then(Json::as_bool).unwrap_or(false);
    let mut values = vec![
        ("reply".to_owned(), Value::Text(text("reply").to_owned())),
        ("reached".to_owned(), Value::Bool(reached)),
    ];
    for (name, _) in &brief.wanted {
        let found = Path::read(&format!("$.{name}")).map(|path| path.find(&told)).unwrap_or_default();
        values.push((name.clone(), found));
    }
    CallResult::Answered { status: None, values }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn brief() -> Brief {
        Brief {
            connection: "main".into(),
            instructions: "Be kind.".into(),
            objective: "The address.".into(),
            knowledge: String::new(),
            hand_over: String::new(),
            wanted: vec![("email".into(), "the customer's e-mail address".into())],
            dialogue: vec!["customer: Hi".into(), "agent: Hello".into()],
        }
    }

    fn answered(content: &str) -> Vec<u8> {
        json!({ "choices": [{ "message": { "content": content } }] }).to_string().into_bytes()
    }

    #[test]
    fn a_model_is_understood_or_it_has_failed() {
        let found = understand(&answered(r#"{"reply":"Thanks","reached":true,"email":"a@b.no"}"#), &brief());
        let CallResult::Answered { values, .. } = found else { panic!("it answered") };
        assert!(values.contains(&("email".to_owned(), "a@b.no".into())));
        assert!(values.contains(&("reached".to_owned(), true.into())));
        let over = understand(&answered(r#"{"hand_over":true,"reason":"angry"}"#), &brief());
        assert_eq!(over, CallResult::HandOver { words: "angry".into() });
        for odd in ["", "no", "{\"choices\":[]}"] {
            assert!(matches!(understand(odd.as_bytes(), &brief()), CallResult::Failed { .. }), "{odd}");
        }
    }

    #[test]
    fn completions_are_asked_for_behind_the_address() {
        let whole = "https://api.example.com/v1/chat/completions";
        for address in ["https://api.example.com/v1", "https://api.example.com/v1/", whole] {
            assert_eq!(completions(address), whole);
        }
    }

    #[test]
    fn a_refusal_is_told_in_the_services_words_and_without_the_key() {
        let body = json!({ "error": { "message": "Incorrect API key: sk-1." } }).to_string();
        let told = refusal(401, body.as_bytes(), "sk-1");
        assert_eq!(told, "The AI service answered with status 401: Incorrect API key: ….");
        assert_eq!(refusal(502, b"<html>", "sk-1"), "The AI service answered with status 502.");
    }

    #[test]
    fn a_dialogue_keeps_its_voices() {
        let messages = messages(&brief());
        let roles: Vec<_> = messages.as_array().unwrap().iter().map(|one| one["role"].clone()).collect();
        assert_eq!(roles, ["system", "user", "assistant"]);
        assert_eq!(messages[0]["content"], brief().told());
    }
}
