//! One HTTP call: signed, sent, and its answer told apart from its failure.

use crate::credentials::{Credentials, Secret};
use crate::error::{self, Error, Repeats};
use crate::outgoing::File;
use crate::signature;
use reqwest::header::HeaderMap;
use reqwest::multipart::{Form, Part};
use reqwest::{Client, RequestBuilder};
use serde_json::Value;
use std::time::Duration;

/// Which of Meta's limits a call counts against.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    Send,
    Conversations,
}

/// How long handing over a file may take in all: 25 MB over a slow line.
const FILE_TIMEOUT: Duration = Duration::from_secs(180);

/// What a call carries.
#[derive(Debug)]
enum Body {
    /// A question carries nothing.
    Question,
    /// A post; null for one without a body.
    Post(Value),
    File(File),
}

/// A call that has not been made yet.
#[derive(Debug)]
pub struct Call {
    url: String,
    query: Vec<(&'static str, String)>,
    body: Body,
    deletes: bool,
    /// Whether it carries a token at all.
    signed: bool,
    token: Option<Secret>,
    repeats: Repeats,
    pub class: Class,
}

impl Call {
    /// A question.
    pub fn get(url: String) -> Self {
        Self {
            url,
            query: Vec::new(),
            body: Body::Question,
            deletes: false,
            signed: true,
            token: None,
            repeats: Repeats::Nothing,
            class: Class::Send,
        }
    }

    /// Makes it a post with this JSON body, or with none when it is null.
    pub fn post(self, body: Value) -> Self {
        Self { body: Body::Post(body), ..self }
    }

    /// Makes it a post that hands over a file.
    pub fn post_file(self, file: File) -> Self {
        Self { body: Body::File(file), ..self }
    }

    pub fn query(mut self, name: &'static str, value: &str) -> Self {
        self.query.push((name, value.to_owned()));
        self
    }

    /// Says that doing it twice would do harm.
    pub fn once(self) -> Self {
        Self { repeats: Repeats::Harm, ..self }
    }

    /// Counts it against the limit of the Conversations API.
    pub fn conversations(self) -> Self {
        Self { class: Class::Conversations, ..self }
    }

    /// Makes it a deletion.
    pub fn delete(self) -> Self {
        Self { deletes: true, ..self }
    }

    /// Sends no token: what the call needs is in its query.
    pub fn anonymous(self) -> Self {
        Self { signed: false, ..self }
    }

    /// Uses another token than the page's.
    pub fn authorized_by(self, token: Secret) -> Self {
        Self { token: Some(token), ..self }
    }

    /// Makes the call. The token goes into a header, so that addresses can be logged.
    pub async fn make(self, http: &Client, page: &Credentials) -> Result<Value, Error> {
        let repeats = self.repeats;
        let broken = |error| error::from_transport(error, repeats);
        let response = self.request(http, page).send().await.map_err(broken)?;
        let status = response.status();
        let pause_ms = requested_pause(response.headers());
        let body = response.bytes().await.map_err(broken)?;
        if !status.is_success() {
            return Err(error::from_answer(status.as_u16(), &body, pause_ms, repeats));
        }
        match serde_json::from_slice::<Value>(&body) {
            Ok(answer) if answer.get("error").is_some_and(Value::is_object) => {
                Err(error::from_answer(status.as_u16(), &body, pause_ms, repeats))
            }
            Ok(answer) => Ok(answer),
            Err(_) => Err(Error::unexpected("not JSON, or cut off", repeats)),
        }
    }

    fn request(self, http: &Client, page: &Credentials) -> RequestBuilder {
        let token = self.token.as_ref().unwrap_or(&page.access_token);
        let proof = signature::appsecret_proof(page.app_secret.expose(), token.expose());
        let request = match self.body {
            Body::Question if self.deletes => http.delete(self.url),
            Body::Question => http.get(self.url),
            Body::Post(Value::Null) => http.post(self.url),
            Body::Post(body) => http.post(self.url).json(&body),
            Body::File(file) => http.post(self.url).timeout(FILE_TIMEOUT).multipart(form(file)),
        };
        let request = request.query(&self.query);
        if !self.signed {
            return request;
        }
        request.query(&[("appsecret_proof", proof)]).bearer_auth(token.expose())
    }
}

/// Meta judges by the part's type, and shows its name to the customer.
fn form(file: File) -> Form {
    let message = file.message().to_string();
    let length = file.content.len() as u64;
    let part = || Part::stream_with_length(file.content.clone(), length).file_name(file.name.clone());
    let typed = part().mime_str(&file.mime).unwrap_or_else(|_| part());
    Form::new().text("message", message).part("filedata", typed)
}

/// How long the answer asks us to wait: `Retry-After` in seconds, or the longest of Meta's own minutes.
fn requested_pause(headers: &HeaderMap) -> Option<u64> {
    let text = |name: &str| headers.get(name)?.to_str().ok();
    let seconds = text("retry-after").and_then(|text| text.trim().parse::<u64>().ok());
    let usage = text("x-business-use-case-usage").and_then(|text| serde_json::from_str::<Value>(text).ok());
    let minutes = usage.as_ref().map(longest_wait).filter(|minutes| *minutes > 0);
    seconds
        .map(|seconds| seconds.saturating_mul(1_000))
        .or(minutes.map(|minutes| minutes.saturating_mul(60_000)))
}

fn longest_wait(usage: &Value) -> u64 {
    match usage {
        Value::Object(fields) => {
            let own = fields.get("estimated_time_to_regain_access").and_then(Value::as_u64).unwrap_or(0);
            fields.values().map(longest_wait).max().unwrap_or(0).max(own)
        }
        Value::Array(list) => list.iter().map(longest_wait).max().unwrap_or(0),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_wait_meta_asks_for_counts() {
        let mut headers = HeaderMap::new();
        let usage = r#"{"1020":[{"type":"messenger","call_count":100,"estimated_time_to_regain_access":3},{"estimated_time_to_regain_access":1}]}"#;
        headers.insert("x-business-use-case-usage", usage.parse().expect("a header"));
        assert_eq!(requested_pause(&headers), Some(180_000));
        headers.insert("retry-after", "7".parse().expect("a header"));
        assert_eq!(requested_pause(&headers), Some(7_000));
        assert_eq!(requested_pause(&HeaderMap::new()), None);
    }
}
