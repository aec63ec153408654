//! A shoe shop with two apps that listen over HTTP: our inbox, and a bot without a script.

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::routing::get;
use domain::{AppId, PageId, Psid, Timestamp};
use messenger::signature;
use messenger::simulator::{Setup, Simulator};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::sync::atomic::{AtomicU16, Ordering};
use std::sync::{Arc, Mutex};
use tokio::net::TcpListener;
use tokio::task::JoinSet;

pub const T0: Timestamp = Timestamp(1_795_219_200_000);
pub const OURS: &str = "845120937761204";
pub const BOT: &str = "611203984417755";
pub const OUR_TOKEN: &str = "EAAGfixturePageTokenA";
pub const BOT_TOKEN: &str = "EAAGfixtureBotToken";
pub const OUR_SECRET: &str = "3f9c1d7be0a24c58b6e1f0927d4a8c35";
const PAGE: &str = "102034567890123";

pub fn page() -> PageId {
    PAGE.into()
}

pub fn maya() -> Psid {
    "7204415592310846".into()
}

/// One event as an app heard it.
#[derive(Clone, Debug)]
pub struct Heard {
    /// `messaging` or `standby`.
    pub channel: String,
    pub item: Value,
    pub raw: Bytes,
    pub signature: Option<String>,
}

/// An app's webhook.
#[derive(Clone)]
pub struct Webhook {
    pub url: String,
    heard: Arc<Mutex<Vec<Heard>>>,
    status: Arc<AtomicU16>,
}

/// A status and an answer of the Graph API.
pub struct Answer {
    pub status: u16,
    pub body: Value,
}

pub struct Shop {
    pub simulator: Simulator,
    pub ours: Webhook,
    pub bot: Webhook,
    pub base: String,
    http: reqwest::Client,
    _servers: JoinSet<()>,
}

impl Shop {
    /// Nobody answers by themselves, and customers reach the default app first. The clock stands still.
    pub async fn open() -> Self {
        Self::with(Setup::without_bots).await
    }

    /// The sample as it is, with a bot that does not need to think.
    pub async fn with_sales_bot() -> Self {
        Self::with(|setup| setup.with_bot_delay(0)).await
    }

    pub async fn with(change: impl FnOnce(Setup) -> Setup) -> Self {
        let mut servers = JoinSet::new();
        let (ours, bot) = (Webhook::open(&mut servers).await, Webhook::open(&mut servers).await);
        let mut setup = change(Setup::sample(&ours.url));
        if setup.pages[0].apps[1].bot.is_none() {
            setup.pages[0].apps[1].webhook = Some(bot.url.clone());
        }
        let simulator = Simulator::new(setup);
        simulator.set_clock(Arc::new(|| T0));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let serving = simulator.clone();
        servers.spawn(async move { serving.serve(listener).await });
        let http = reqwest::Client::builder().no_proxy().build().unwrap();
        Self { simulator, ours, bot, base, http, _servers: servers }
    }

    pub async fn customer_writes(&self, text: &str) {
        self.simulator.customer_writes(&page(), &maya(), text).await;
        self.simulator.quiet().await;
    }

    pub fn owner(&self) -> Option<AppId> {
        self.simulator.owner(&page(), &maya())
    }

    pub async fn post(&self, token: &str, edge: &str, mut body: Value) -> Answer {
        body["recipient"] = json!({ "id": maya() });
        let answer = self.post_raw(token, &format!("{PAGE}/{edge}"), body).await;
        self.simulator.quiet().await;
        answer.expect("the simulator answers")
    }

    pub async fn post_raw(&self, token: &str, path: &str, body: Value) -> reqwest::Result<Answer> {
        let call = self.http.post(format!("{}/v26.0/{path}", self.base)).bearer_auth(token).json(&body);
        Answer::read(call.send().await?).await
    }

    pub async fn get(&self, token: &str, path_and_query: &str) -> Answer {
        let call = self.http.get(format!("{}/v26.0/{path_and_query}", self.base)).bearer_auth(token);
        Answer::read(call.send().await.unwrap()).await.unwrap()
    }

    pub async fn sim(&self, path: &str, body: Value) -> Answer {
        let call = self.http.post(format!("{}/sim/{path}", self.base)).json(&body);
        Answer::read(call.send().await.unwrap()).await.unwrap()
    }

    pub async fn sim_state(&self) -> Value {
        let answer = self.http.get(format!("{}/sim/state", self.base)).send().await.unwrap();
        answer.json().await.unwrap()
    }

    /// Sends a reply inside the window.
    pub async fn reply(&self, token: &str, text: &str) -> Answer {
        self.post(token, "messages", json!({ "messaging_type": "RESPONSE", "message": { "text": text } }))
            .await
    }

    /// Sends what a person wrote after the window closed.
    pub async fn reply_late(&self, token: &str, text: &str) -> Answer {
        let label =
            json!({ "messaging_type": "MESSAGE_TAG", "tag": "HUMAN_AGENT", "message": { "text": text } });
        self.post(token, "messages", label).await
    }
}

impl Answer {
    async fn read(response: reqwest::Response) -> reqwest::Result<Self> {
        let status = response.status().as_u16();
        let text = response.text().await?;
        Ok(Self { status, body: serde_json::from_str(&text).unwrap_or(Value::String(text)) })
    }

    pub fn is_ok(&self) -> bool {
        self.status == 200 && self.body.get("error").is_none()
    }

    /// Code and subcode of a refusal.
    pub fn refusal(&self) -> (u64, Option<u64>) {
        let error = &self.body["error"];
        (error["code"].as_u64().expect("a refusal"), error["error_subcode"].as_u64())
    }
}

impl Webhook {
    pub async fn open(servers: &mut JoinSet<()>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/webhooks/messenger", listener.local_addr().unwrap());
        let webhook = Self { url, heard: Arc::default(), status: Arc::new(AtomicU16::new(200)) };
        let router = Router::new()
            .route("/webhooks/messenger", get(challenge).post(receive))
            .with_state(webhook.clone());
        servers.spawn(async move { axum::serve(listener, router).await.unwrap() });
        webhook
    }

    /// Answers with this status from now on.
    pub fn answer_with(&self, status: u16) {
        self.status.store(status, Ordering::Relaxed);
    }

    pub fn heard(&self) -> Vec<Heard> {
        self.heard.lock().unwrap().clone()
    }

    /// The channels on which events with this key arrived.
    pub fn channels_of(&self, kind: &str) -> Vec<String> {
        self.events(kind).into_iter().map(|heard| heard.channel).collect()
    }

    /// The events with this key, in the order of arrival; `echo` stands for messages of the page.
    pub fn events(&self, kind: &str) -> Vec<Heard> {
        let is_kind = |heard: &Heard| match kind {
            "echo" => heard.item["message"]["is_echo"] == true,
            "message" => heard.item.get(kind).is_some() && heard.item["message"]["is_echo"] != true,
            _ => heard.item.get(kind).is_some(),
        };
        self.heard().into_iter().filter(is_kind).collect()
    }

    pub fn texts(&self) -> Vec<String> {
        let texts = self.events("message").into_iter();
        texts.map(|heard| heard.item["message"]["text"].as_str().unwrap_or_default().to_owned()).collect()
    }
}

async fn receive(State(webhook): State<Webhook>, headers: HeaderMap, raw: Bytes) -> StatusCode {
    let status = StatusCode::from_u16(webhook.status.load(Ordering::Relaxed)).unwrap();
    if status != StatusCode::OK {
        return status;
    }
    let signature = headers.get("x-hub-signature-256").map(|value| value.to_str().unwrap().to_owned());
    let body: Value = serde_json::from_slice(&raw).unwrap();
    for entry in body["entry"].as_array().unwrap() {
        for channel in ["messaging", "standby"] {
            for item in entry[channel].as_array().into_iter().flatten() {
                let (raw, signature) = (raw.clone(), signature.clone());
                let heard = Heard { channel: channel.to_owned(), item: item.clone(), raw, signature };
                webhook.heard.lock().unwrap().push(heard);
            }
        }
    }
    status
}

async fn challenge(Query(asked): Query<HashMap<String, String>>) -> Result<String, StatusCode> {
    let word = |name: &str| asked.get(name).map(String::as_str);
    signature::challenge("vt_local_8d1f", word("hub.mode"), word("hub.verify_token"), word("hub.challenge"))
        .map(str::to_owned)
        .map_err(|_| StatusCode::FORBIDDEN)
}
