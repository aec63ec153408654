//! A server that answers with what it was given, and remembers what it was asked.

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, Method, Uri};
use axum::response::Response;
use messenger::{Credentials, Graph};
use serde_json::Value;
use std::collections::{BTreeMap, VecDeque};
use std::path::Path;
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

pub const PAGE: &str = "102034567890123";
pub const MAYA: &str = "7204415592310846";
pub const PAGE_PROOF: &str = "0bc574ab011dcd0e57f52c6ef1e2bb115c7b82455645a8a15f3f221a472bc15c";

/// The page of the recordings.
pub fn page() -> Credentials {
    Credentials {
        page: PAGE.into(),
        app: "845120937761204".into(),
        access_token: "EAAGfixturePageTokenA".into(),
        app_secret: "3f9c1d7be0a24c58b6e1f0927d4a8c35".into(),
    }
}

/// A recorded exchange.
pub fn recording(name: &str) -> Value {
    let file =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/graph").join(format!("{name}.json"));
    serde_json::from_slice(&std::fs::read(file).expect("a recording")).expect("JSON")
}

/// What the client asked.
#[derive(Clone, Debug)]
pub struct Asked {
    pub method: String,
    pub path: String,
    pub query: BTreeMap<String, String>,
    pub authorization: String,
    pub body: Value,
}

type Given = (u16, Vec<(&'static str, String)>, String);

#[derive(Clone, Default)]
pub struct Server {
    given: Arc<Mutex<VecDeque<Given>>>,
    asked: Arc<Mutex<Vec<Asked>>>,
}

impl Server {
    /// Starts a server that gives these recordings' answers, one after the other.
    pub async fn replaying(names: &[&str]) -> (Self, Graph) {
        let answers = names.iter().map(|name| {
            let response = recording(name)["response"].clone();
            (
                u16::try_from(response["status"].as_u64().expect("a status")).expect("a status"),
                response["body"].to_string(),
            )
        });
        Self::answering(answers.collect()).await
    }

    /// Starts a server that gives these answers.
    pub async fn answering(answers: Vec<(u16, String)>) -> (Self, Graph) {
        Self::answering_with(answers.into_iter().map(|(status, body)| (status, Vec::new(), body)).collect())
            .await
    }

    /// Starts a server that gives these answers with headers.
    pub async fn answering_with(answers: Vec<Given>) -> (Self, Graph) {
        let server = Self { given: Arc::new(Mutex::new(answers.into())), asked: Arc::default() };
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let router = Router::new().fallback(answer).with_state(server.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        (server, Graph::new(&format!("http://{address}/v26.0")).expect("a client"))
    }

    /// Everything the client asked so far.
    pub fn asked(&self) -> Vec<Asked> {
        self.asked.lock().expect("no panic").clone()
    }
}

async fn answer(
    State(server): State<Server>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    server.asked.lock().expect("no panic").push(Asked {
        method: method.to_string(),
        path: uri.path().to_owned(),
        query: query(uri.query().unwrap_or_default()),
        authorization: headers
            .get("authorization")
            .map_or("", |value| value.to_str().expect("text"))
            .to_owned(),
        body: serde_json::from_slice(&body).unwrap_or(Value::Null),
    });
    let (status, headers, body) =
        server.given.lock().expect("no panic").pop_front().expect("an answer left to give");
    let mut response = Response::builder().status(status);
    for (name, value) in headers {
        response = response.header(name, value);
    }
    response.body(body.into()).expect("a response")
}

fn query(text: &str) -> BTreeMap<String, String> {
    let url = reqwest::Url::parse(&format!("http://x/?{text}")).expect("a query");
    url.query_pairs().map(|(name, value)| (name.into_owned(), value.into_owned())).collect()
}

/// Starts a server that reads one request, answers with these bytes, and hangs up.
pub async fn hanging_up_after(bytes: &'static [u8]) -> Graph {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.expect("a connection");
        let mut request = vec![0; 65_536];
        let _ = stream.read(&mut request).await;
        let _ = stream.write_all(bytes).await;
    });
    Graph::new(&format!("http://{address}/v26.0")).expect("a client")
}

/// A client of an address where nobody listens.
pub async fn nobody() -> Graph {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    drop(listener);
    Graph::new(&format!("http://{address}/v26.0")).expect("a client")
}

/// A client, with little patience, of a server that accepts connections and never answers.
pub async fn silence() -> Graph {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(async move {
        let mut open = Vec::new();
        while let Ok((stream, _)) = listener.accept().await {
            open.push(stream);
        }
    });
    let patience = std::time::Duration::from_millis(100);
    Graph::with_timeout(&format!("http://{address}/v26.0"), patience).expect("a client")
}
