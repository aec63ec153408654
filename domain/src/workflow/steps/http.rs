//! HTTP Request: asks somebody else's server and maps parts of its JSON to variables.

use crate::workflow::exit::Exit;
use crate::workflow::field::FieldKey;
use crate::workflow::phrase::{Phrase, Variables};
use crate::workflow::trigger::Mapping;
use crate::workflow::turn::{Because, CallResult, Effect, Hold, Input, Sight, Turn, Wait};
use crate::workflow::value::Value;
use serde::{Deserialize, Serialize};

/// The most headers and mappings of a request.
pub const MOST_LINES: usize = 10;
/// The longest a request takes, in milliseconds; then it counts as failed.
pub const LONGEST_CALL: i64 = 30 * crate::SECOND;
/// The most bytes of an answer that are read.
pub const MOST_ANSWER: usize = 1024 * 1024;

/// A request with variables in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HttpRequest {
    pub method: Method,
    #[serde(default)]
    pub url: Phrase,
    #[serde(default)]
    pub headers: Vec<Header>,
    /// `application/json` unless said otherwise.
    #[serde(default)]
    pub content_type: Option<String>,
    #[serde(default)]
    pub body: Phrase,
    #[serde(default)]
    pub mappings: Vec<Mapping>,
    /// The status becomes `http.<variable>`.
    #[serde(default)]
    pub save_status: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Method {
    Get,
    Post,
    Put,
    Patch,
    Delete,
}

impl Method {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }

    /// Whether it carries a body.
    pub const fn has_body(self) -> bool {
        !matches!(self, Self::Get | Self::Delete)
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Header {
    pub name: String,
    pub value: Phrase,
}

/// A request with its values, as it is sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    pub method: Method,
    pub url: String,
    pub headers: Vec<(String, String)>,
    pub body: Option<String>,
    /// The paths to read from the answer.
    pub paths: Vec<String>,
}

impl HttpRequest {
    pub fn check(&self) -> Vec<(&'static str, String)> {
        let mut flaws = Vec::new();
        let url = self.url.as_str().trim();
        if !(url.starts_with("https://") || url.starts_with("http://") || url.starts_with('$')) {
            flaws.push(("url", "Give the address; it begins with https:// or http://.".to_owned()));
        }
        if self.headers.len() > MOST_LINES || self.mappings.len() > MOST_LINES {
            flaws.push(("headers", "A request has at most 10 headers and 10 mappings.".to_owned()));
        }
        for header in &self.headers {
            if !is_header_name(&header.name) {
                flaws.push(("headers", format!("“{}” cannot be the name of a header.", header.name)));
            }
        }
        for mapping in &self.mappings {
            if Path::read(&mapping.path).is_none() {
                flaws.push((
                    "mappings",
                    format!("“{}” is no path. Write it like $.order.status.", mapping.path),
                ));
            }
            if FieldKey::new(mapping.variable.as_str()).is_err() {
                flaws.push(("mappings", format!("“{}” cannot be a variable.", mapping.variable)));
            }
        }
        if let Some(variable) = self.save_status.as_deref().filter(|name| FieldKey::new(*name).is_err()) {
            flaws.push(("status", format!("“{variable}” cannot be a variable: use a to z, 0 to 9 and _.")));
        }
        flaws
    }

    pub fn enter(&self, sight: &Sight<'_, '_>) -> Turn {
        let request = self.fill(&sight.scope());
        Turn::hold(Wait::Call, Some(sight.now() + 2 * LONGEST_CALL)).doing(Effect::Request { request })
    }

    pub fn resume(&self, hold: &Hold, input: &Input) -> Option<Turn> {
        match (hold.wait, input) {
            (Wait::Call, Input::Called(result)) => Some(self.take(result)),
            (Wait::Call, Input::TimeIsUp) => Some(failed("The other server did not answer in time.")),
            (_, _) => None,
        }
    }

    fn take(&self, result: &CallResult) -> Turn {
        let (status, values) = match result {
            CallResult::Failed { words } | CallResult::HandOver { words } => return failed(words),
            CallResult::Answered { status, values } => (*status, values),
        };
        let good = status.is_some_and(|status| (200..300).contains(&status));
        let mut turn = Turn::leave(if good { Exit::Next } else { Exit::Failure });
        for mapping in &self.mappings {
            let value = values.iter().find(|(path, _)| *path == mapping.path).map(|(_, value)| value.clone());
            turn = turn.finding(format!("http.{}", mapping.variable), value.unwrap_or_default());
        }
        if let (Some(variable), Some(status)) = (&self.save_status, status) {
            turn = turn.finding(format!("http.{variable}"), f64::from(status));
        }
        let words =
            status.map_or_else(String::new, |status| format!("The server answered with status {status}."));
        turn.because(Because::Called { words })
    }

    fn fill(&self, variables: &dyn Variables) -> Request {
        let mut headers: Vec<(String, String)> = self
            .headers
            .iter()
            .map(|header| (header.name.clone(), one_line(&header.value.fill(variables))))
            .collect();
        let typed = headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("content-type"));
        let body = self.method.has_body().then(|| self.fill_body(variables));
        if body.is_some() && !typed {
            headers.push(("content-type".into(), self.content_type().into()));
        }
        Request {
            method: self.method,
            url: self.url.fill(variables).trim().to_owned(),
            headers,
            body,
            paths: self.mappings.iter().map(|mapping| mapping.path.clone()).collect(),
        }
    }

    fn content_type(&self) -> &str {
        self.content_type.as_deref().unwrap_or("application/json")
    }

    /// A customer's words become part of a JSON text without being able to change it.
    fn fill_body(&self, variables: &dyn Variables) -> String {
        if self.content_type() == "application/json" {
            self.body.fill(&Escaped(variables))
        } else {
            self.body.fill(variables)
        }
    }
}

fn failed(words: &str) -> Turn {
    Turn::leave(Exit::Failure).because(Because::Called { words: words.to_owned() })
}

/// Nobody's words may begin another header.
fn one_line(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_control()).collect()
}

fn is_header_name(name: &str) -> bool {
    let token = |letter: char| letter.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(letter);
    !name.is_empty() && name.len() <= 100 && name.chars().all(token) && !name.eq_ignore_ascii_case("host")
}

/// Variables as they stand inside a JSON string.
struct Escaped<'a>(&'a dyn Variables);

impl Variables for Escaped<'_> {
    fn value(&self, name: &str) -> Option<Value> {
        match self.0.value(name)? {
            plain @ (Value::Null | Value::Bool(_) | Value::Number(_)) => Some(plain),
            text @ (Value::Text(_) | Value::List(_)) => {
                let quoted = serde_json::Value::String(text.to_string()).to_string();
                Some(quoted[1..quoted.len() - 1].into())
            }
        }
    }
}

/// A way into a JSON value, such as `$.orders[0].status`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path(Vec<Part>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Key(String),
    Index(usize),
}

impl Path {
    /// Reads a path; nothing when it is none.
    pub fn read(text: &str) -> Option<Self> {
        let mut rest = text.trim().strip_prefix('$')?;
        let mut parts = Vec::new();
        while !rest.is_empty() {
            if let Some(tail) = rest.strip_prefix('.') {
                let end = tail.find(['.', '[']).unwrap_or(tail.len());
                let (key, tail) = tail.split_at(end);
                if key.is_empty() || key.contains(']') {
                    return None;
                }
                parts.push(Part::Key(key.to_owned()));
                rest = tail;
            } else {
                let (index, tail) = rest.strip_prefix('[')?.split_once(']')?;
                parts.push(Part::Index(index.parse().ok()?));
                rest = tail;
            }
        }
        (!parts.is_empty() && parts.len() <= 20).then_some(Self(parts))
    }

    /// What is there; objects as their JSON text.
    pub fn find(&self, root: &serde_json::Value) -> Value {
        let found = self.0.iter().try_fold(root, |at, part| match part {
            Part::Key(key) => at.get(key),
            Part::Index(index) => at.get(index),
        });
        match found {
            None | Some(serde_json::Value::Null) => Value::Null,
            Some(serde_json::Value::Bool(truth)) => Value::Bool(*truth),
            Some(serde_json::Value::Number(number)) => number.as_f64().map_or(Value::Null, Value::Number),
            Some(serde_json::Value::String(text)) => Value::Text(text.clone()),
            Some(serde_json::Value::Array(items)) => Value::List(items.iter().map(plain).collect()),
            Some(object @ serde_json::Value::Object(_)) => Value::Text(object.to_string()),
        }
    }
}

fn plain(item: &serde_json::Value) -> String {
    item.as_str().map_or_else(|| item.to_string(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workflow::samples::Stand;
    use crate::workflow::turn::Next;
    use serde_json::json;

    fn request(body: &str) -> HttpRequest {
        HttpRequest {
            method: Method::Post,
            url: "https://shop.example/orders/$answer.order".into(),
            headers: vec![Header { name: "X-Customer".into(), value: "$contact.name".into() }],
            content_type: None,
            body: body.into(),
            mappings: vec![Mapping { path: "$.order.items[0].name".into(), variable: "item".into() }],
            save_status: Some("status".into()),
        }
    }

    fn sent(step: &HttpRequest, stand: &Stand) -> Request {
        let turn = step.enter(&stand.sight());
        let [Effect::Request { request }] = &turn.effects[..] else { panic!("it asks") };
        request.clone()
    }

    #[test]
    fn a_customers_words_cannot_change_the_request() {
        let mut stand = Stand::new();
        stand.found.insert("answer.order".into(), "7\", \"admin\": \"yes\r\nX-Evil: 1".into());
        let step =
            HttpRequest { url: "https://shop.example/".into(), ..request(r#"{"order": "$answer.order"}"#) };
        let body: serde_json::Value = serde_json::from_str(&sent(&step, &stand).body.unwrap()).unwrap();
        assert_eq!(body.as_object().unwrap().len(), 1);
        let header = Header { name: "X-Order".into(), value: "$answer.order".into() };
        let step = HttpRequest { headers: vec![header], ..step };
        assert!(!sent(&step, &stand).headers[0].1.contains(['\r', '\n']));
    }

    #[test]
    fn the_answer_becomes_variables_and_a_bad_status_is_a_failure() {
        let stand = Stand::new();
        let step = request("{}");
        let Next::Hold(hold) = step.enter(&stand.sight()).next else { panic!("it waits") };
        let answered = |status| {
            let values = vec![("$.order.items[0].name".to_owned(), "Fjord Runner".into())];
            let result = CallResult::Answered { status: Some(status), values };
            step.resume(&hold, &Input::Called(result)).unwrap()
        };
        let turn = answered(200);
        assert_eq!(turn.next, Next::Leave(Exit::Next));
        assert_eq!(turn.found[0], ("http.item".to_owned(), "Fjord Runner".into()));
        assert_eq!(turn.found[1], ("http.status".to_owned(), 200.0.into()));
        assert_eq!(answered(404).next, Next::Leave(Exit::Failure));
    }

    #[test]
    fn a_path_leads_into_the_answer() {
        let body =
            json!({ "order": { "items": [{ "name": "Fjord Runner", "sizes": [39, 40] }], "paid": true } });
        let found = |path: &str| Path::read(path).unwrap().find(&body);
        assert_eq!(found("$.order.items[0].name"), "Fjord Runner".into());
        assert_eq!(found("$.order.paid"), true.into());
        assert_eq!(found("$.order.items[0].sizes"), Value::List(vec!["39".into(), "40".into()]));
        assert_eq!(found("$.order.items[7].name"), Value::Null);
        for wrong in ["", "$", "order", "$..a", "$.a[", "$.a[x]", "$.a]"] {
            assert_eq!(Path::read(wrong), None, "{wrong}");
        }
    }
}
