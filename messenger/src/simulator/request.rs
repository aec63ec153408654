//! Reads a Graph request: parameters may stand in the query, in a form or in a JSON body, the token also in a header.

use super::faults::Call;
use super::refusal::Refusal;
use axum::body::Bytes;
use axum::http::{HeaderMap, Method, Uri, header};
use domain::Psid;
use serde_json::{Map, Value};

/// One call, taken apart.
pub struct Request {
    pub method: Method,
    /// The address after the version.
    pub path: Vec<String>,
    pub params: Value,
    pub token: Option<String>,
    /// Where the caller reached us.
    pub host: String,
    /// The file a form carried.
    pub file: Option<FilePart>,
}

/// A file as it came in a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilePart {
    pub name: String,
    pub mime: String,
    pub content: Bytes,
}

impl Request {
    /// Takes a call apart; addresses without a version and bodies that are no parameters are refused.
    pub fn read(method: Method, uri: &Uri, headers: &HeaderMap, body: &[u8]) -> Result<Self, Refusal> {
        let mut segments = uri.path().split('/').filter(|segment| !segment.is_empty()).map(str::to_owned);
        if !segments.next().is_some_and(|version| is_version(&version)) {
            return Err(Refusal::new(2_500, None, "Unknown path components. A call begins with a version."));
        }
        let mut params = form(uri.query().unwrap_or_default().as_bytes());
        params.extend(parameters(headers, body)?);
        let text = |name: header::HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
        let bearer = text(header::AUTHORIZATION).and_then(|value| value.strip_prefix("Bearer "));
        let token = bearer.or_else(|| params.get("access_token")?.as_str()).map(str::to_owned);
        let host = text(header::HOST).unwrap_or("localhost").to_owned();
        let (path, params) = (segments.collect(), Value::Object(params));
        Ok(Self { method, path, params, token, host, file: None })
    }

    /// The same for a form with a file in it.
    pub async fn read_form(
        method: Method,
        uri: &Uri,
        headers: &HeaderMap,
        body: Bytes,
    ) -> Result<Self, Refusal> {
        let broken = |_| Refusal::parameter("The form cannot be read.");
        let kind =
            headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let boundary = multer::parse_boundary(kind).map_err(broken)?;
        let stream = futures::stream::once(async move { Ok::<_, std::convert::Infallible>(body) });
        let mut form = multer::Multipart::new(stream, boundary);
        let mut request = Self::read(method, uri, headers, &[])?;
        while let Some(field) = form.next_field().await.map_err(broken)? {
            let name = field.name().unwrap_or_default().to_owned();
            match field.file_name().map(str::to_owned) {
                Some(file) => {
                    let mime = field.content_type().map(ToString::to_string).unwrap_or_default();
                    let content = field.bytes().await.map_err(broken)?;
                    request.file = Some(FilePart { name: file, mime, content });
                }
                None => request.params[name] = value(&field.text().await.map_err(broken)?),
            }
        }
        Ok(request)
    }

    /// Whether a request is such a form.
    pub fn is_form(headers: &HeaderMap) -> bool {
        let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
        kind.is_some_and(|kind| kind.starts_with("multipart/form-data"))
    }

    /// The address as words to match on.
    pub fn segments(&self) -> Vec<&str> {
        self.path.iter().map(String::as_str).collect()
    }

    /// A text parameter.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.params[name].as_str()
    }

    /// A number, whether written as a number or as text.
    pub fn number(&self, name: &str) -> Option<u64> {
        self.params[name].as_u64().or_else(|| self.text(name)?.parse().ok())
    }

    /// The customer a control call is about.
    pub fn recipient(&self) -> Result<Psid, Refusal> {
        match &self.params["recipient"] {
            Value::String(id) => Ok(Psid(id.clone())),
            Value::Number(id) => Ok(Psid(id.to_string())),
            recipient => recipient["id"].as_str().map(Psid::from).ok_or_else(Refusal::no_such_person),
        }
    }

    /// Which kind of call it is, for faults.
    pub fn kind(&self) -> Call {
        let segments = self.segments();
        match (&self.method, segments.last().copied().unwrap_or_default()) {
            (_, "messages") if self.method == Method::GET => Call::History,
            (_, "messages") if self.params.get("sender_action").is_some() => Call::Action,
            (_, "messages") => Call::Send,
            (_, "take_thread_control") => Call::Take,
            (_, "pass_thread_control") => Call::Pass,
            (_, "release_thread_control") => Call::Release,
            (_, "request_thread_control") => Call::Request,
            (_, "extend_thread_control") => Call::Extend,
            (_, "message_attachments") => Call::Upload,
            (_, "thread_owner") => Call::Owner,
            (_, "conversations") => Call::History,
            (_, "subscribed_apps" | "subscriptions") => Call::Subscriptions,
            (_, id) if segments.len() == 1 && (id.starts_with("t_") || id.starts_with("m_")) => Call::History,
            (_, id) if segments.len() == 1 && id.bytes().all(|byte| byte.is_ascii_digit()) => Call::Profile,
            (_, _) => Call::Other,
        }
    }
}

fn is_version(segment: &str) -> bool {
    let number = segment.strip_prefix('v').unwrap_or_default();
    !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
}

fn parameters(headers: &HeaderMap, body: &[u8]) -> Result<Map<String, Value>, Refusal> {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if body.is_empty() {
        return Ok(Map::new());
    }
    if kind.starts_with("application/x-www-form-urlencoded") {
        return Ok(form(body));
    }
    serde_json::from_slice(body).map_err(|_| Refusal::parameter("The body is not a JSON object."))
}

/// Form values that are JSON objects or lists are read as such.
fn form(body: &[u8]) -> Map<String, Value> {
    let Ok(url) = reqwest::Url::parse(&format!("http://form/?{}", String::from_utf8_lossy(body))) else {
        return Map::new();
    };
    url.query_pairs().map(|(name, text)| (name.into_owned(), value(&text))).collect()
}

fn value(text: &str) -> Value {
    match text.as_bytes().first() {
        Some(b'{' | b'[') => serde_json::from_str(text).unwrap_or_else(|_| text.into()),
        _ => text.into(),
    }
}
