//! Meta's Graph API over HTTP.

mod answers;
mod call;
mod connect;
mod history;
mod limit;

use crate::credentials::{AppKey, Credentials, Secret};
use crate::download::{Downloads, Missing};
use crate::error::{Error, Repeats};
use crate::outgoing::{Action, Attached, File, Send};
use crate::{
    Accepted, Account, AppFacts, Glimpse, Grants, Messenger, OwnerAnswer, PageFacts, Profile, Remembered,
    Subscription, ThreadMark, TokenFacts, UserToken,
};
use async_trait::async_trait;
use bytes::Bytes;
use call::Call;
use domain::{AppId, Mid, Psid, Timestamp};
use limit::Limits;
use reqwest::{Client, Url};
use serde_json::{Value, json};
use std::time::Duration;

/// How long a connection may take.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
/// How long a call may take in all.
const TIMEOUT: Duration = Duration::from_secs(30);

/// Calls Meta's Graph API, or whatever speaks like it at the base address.
#[derive(Debug)]
pub struct Graph {
    http: Client,
    downloads: Downloads,
    base: String,
    limits: Limits,
}

impl Graph {
    /// Calls the Graph API at this address, version included: `https://graph.facebook.com/v25.0`.
    pub fn new(base_url: &str) -> Result<Self, Error> {
        Self::with_timeout(base_url, TIMEOUT)
    }

    /// The same with another limit on how long a call may take in all.
    pub fn with_timeout(base_url: &str, timeout: Duration) -> Result<Self, Error> {
        // A second installation fails and changes nothing.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let base = base_url.trim_end_matches('/');
        let broken = |error| crate::error::from_transport(error, Repeats::Nothing);
        let (http, downloads) =
            (client(base, timeout).map_err(broken)?, Downloads::new(base).map_err(broken)?);
        Ok(Self { http, downloads, base: base.to_owned(), limits: Limits::default() })
    }

    fn call(&self, path: &str) -> Call {
        Call::get(format!("{}/{path}", self.base))
    }

    async fn control(
        &self,
        page: &Credentials,
        edge: &str,
        psid: &Psid,
        more: impl IntoIterator<Item = (&str, Value)>,
    ) -> Result<(), Error> {
        let mut body = json!({"recipient": {"id": psid}});
        for (key, value) in more {
            body[key] = value;
        }
        let call = self.call(&format!("{}/{edge}", page.page)).post(body);
        answers::success(&self.ask(page, call).await?)
    }

    async fn ask(&self, page: &Credentials, call: Call) -> Result<Value, Error> {
        self.limits.of(&page.page).ask(&self.http, page, call).await
    }
}

fn client(base: &str, timeout: Duration) -> Result<Client, reqwest::Error> {
    let builder = Client::builder()
        .user_agent(concat!("Baton/", env!("CARGO_PKG_VERSION")))
        .connect_timeout(CONNECT_TIMEOUT)
        .timeout(timeout)
        // Following a redirect would hand the token to another address, and repeating a message would double it.
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never());
    // Without TLS no certificates are needed, and a bare machine that has none can still run the simulator.
    let builder = if base.starts_with("http://") { builder.tls_certs_only([]) } else { builder };
    let builder = if is_loopback(base) { builder.no_proxy() } else { builder };
    builder.build()
}

/// The simulator on this machine is not reached through the proxy that leads outside.
pub(crate) fn is_loopback(base: &str) -> bool {
    let host = Url::parse(base).ok().and_then(|url| url.host_str().map(str::to_owned));
    host.is_some_and(|host| matches!(host.as_str(), "localhost" | "[::1]") || host.starts_with("127."))
}

#[async_trait]
impl Messenger for Graph {
    async fn send(&self, page: &Credentials, message: &Send) -> Result<Accepted, Error> {
        let call = self.call(&format!("{}/messages", page.page)).post(message.body()).once();
        answers::accepted(&self.ask(page, call).await?)
    }

    async fn upload(&self, page: &Credentials, file: &File) -> Result<Attached, Error> {
        let call = self.call(&format!("{}/message_attachments", page.page)).post_file(file.clone());
        let id = answers::attachment(&self.ask(page, call).await?)?;
        Ok(Attached { kind: file.kind, id })
    }

    async fn act(&self, page: &Credentials, psid: &Psid, action: Action) -> Result<(), Error> {
        let call = self.call(&format!("{}/messages", page.page)).post(action.body(psid));
        self.ask(page, call).await.map(|_| ())
    }

    async fn take(&self, page: &Credentials, psid: &Psid, metadata: Option<&str>) -> Result<(), Error> {
        self.control(page, "take_thread_control", psid, metadata.map(with_metadata)).await
    }

    async fn pass(
        &self,
        page: &Credentials,
        psid: &Psid,
        to: &AppId,
        metadata: Option<&str>,
    ) -> Result<(), Error> {
        let target = ("target_app_id", json!(to));
        self.control(
            page,
            "pass_thread_control",
            psid,
            [target].into_iter().chain(metadata.map(with_metadata)),
        )
        .await
    }

    async fn release(&self, page: &Credentials, psid: &Psid) -> Result<(), Error> {
        self.control(page, "release_thread_control", psid, []).await
    }

    async fn request(&self, page: &Credentials, psid: &Psid, metadata: Option<&str>) -> Result<(), Error> {
        self.control(page, "request_thread_control", psid, metadata.map(with_metadata)).await
    }

    async fn extend(&self, page: &Credentials, psid: &Psid, seconds: u32) -> Result<(), Error> {
        self.control(page, "extend_thread_control", psid, [("duration", json!(seconds))]).await
    }

    async fn owner(&self, page: &Credentials, psid: &Psid) -> Result<OwnerAnswer, Error> {
        let call = self.call(&format!("{}/thread_owner", page.page)).query("recipient", psid.as_str());
        Ok(answers::owner(&self.ask(page, call).await?, &page.app))
    }

    async fn profile(&self, page: &Credentials, psid: &Psid) -> Result<Profile, Error> {
        let call = self.call(psid.as_str()).query("fields", "first_name,last_name,profile_pic");
        Ok(answers::profile(&self.ask(page, call).await?))
    }

    async fn history(&self, page: &Credentials, psid: &Psid, limit: u32) -> Result<Vec<Remembered>, Error> {
        let find = self.call(&format!("{}/conversations", page.page)).conversations();
        let find = find.query("platform", "messenger").query("user_id", psid.as_str());
        let Some(thread) = history::thread(&self.ask(page, find).await?) else {
            return Ok(Vec::new());
        };
        let read = self.call(&thread).conversations().query("fields", &history::fields(limit));
        Ok(history::messages(&self.ask(page, read).await?, &page.page))
    }

    async fn message(&self, page: &Credentials, mid: &Mid) -> Result<Option<Remembered>, Error> {
        let call = self.call(mid.as_str()).conversations().query("fields", history::DETAILS);
        Ok(history::remembered(&self.ask(page, call).await?, &page.page))
    }

    async fn download(&self, address: &str, most: u64) -> Result<Bytes, Missing> {
        self.downloads.fetch(address, most).await
    }

    async fn recent(&self, page: &Credentials, limit: u32) -> Result<Vec<Glimpse>, Error> {
        let call = self.call(&format!("{}/conversations", page.page)).conversations();
        let call = call.query("platform", "messenger").query("fields", history::GLIMPSE);
        let call = call.query("limit", &limit.max(1).to_string());
        Ok(history::glimpses(&self.ask(page, call).await?, &page.page))
    }

    async fn subscribe(&self, page: &Credentials, fields: &[&str]) -> Result<(), Error> {
        let call = self
            .call(&format!("{}/subscribed_apps", page.page))
            .query("subscribed_fields", &fields.join(","));
        answers::success(&self.ask(page, call.post(Value::Null)).await?)
    }

    async fn subscriptions(&self, page: &Credentials) -> Result<Vec<Subscription>, Error> {
        let call = self.call(&format!("{}/subscribed_apps", page.page));
        Ok(answers::subscriptions(&self.ask(page, call).await?))
    }

    async fn unsubscribe(&self, page: &Credentials) -> Result<(), Error> {
        let call = self.call(&format!("{}/subscribed_apps", page.page)).delete();
        answers::success(&self.ask(page, call).await?)
    }

    async fn page(&self, page: &Credentials) -> Result<PageFacts, Error> {
        let call = self.call(page.page.as_str()).query("fields", "name,messaging_feature_status");
        Ok(connect::page_facts(&self.ask(page, call).await?))
    }

    async fn threads_since(&self, page: &Credentials, since: Timestamp) -> Result<Vec<ThreadMark>, Error> {
        connect::threads_since(self, page, since).await
    }

    async fn app(&self, app: &AppKey) -> Result<AppFacts, Error> {
        let token = app.token();
        let call = self.call("debug_token").query("input_token", token.expose());
        connect::app_facts(&self.ask(&app.with(token), call).await?, &app.app)
    }

    async fn redeem_code(&self, app: &AppKey, code: &str, redirect: &str) -> Result<UserToken, Error> {
        let call = self.call("oauth/access_token").anonymous().query("client_id", app.app.as_str());
        let call = call.query("client_secret", app.secret.expose()).query("redirect_uri", redirect);
        connect::user_token(&self.ask(&app.with(app.token()), call.query("code", code)).await?)
    }

    async fn lengthen(&self, app: &AppKey, user: &Secret) -> Result<UserToken, Error> {
        let call = self.call("oauth/access_token").anonymous().query("grant_type", "fb_exchange_token");
        let call = call.query("client_id", app.app.as_str()).query("client_secret", app.secret.expose());
        let call = call.query("fb_exchange_token", user.expose());
        connect::user_token(&self.ask(&app.with(app.token()), call).await?)
    }

    async fn grants(&self, app: &AppKey, user: &Secret) -> Result<Grants, Error> {
        let call = self.call("me/permissions");
        Ok(connect::grants(&self.ask(&app.with(user.clone()), call).await?))
    }

    async fn accounts(&self, app: &AppKey, user: &Secret) -> Result<Vec<Account>, Error> {
        connect::accounts(self, &app.with(user.clone())).await
    }

    async fn debug_token(&self, page: &Credentials) -> Result<TokenFacts, Error> {
        let app_token = Secret::new(format!("{}|{}", page.app, page.app_secret.expose()));
        let call = self
            .call("debug_token")
            .query("input_token", page.access_token.expose())
            .authorized_by(app_token);
        answers::token_facts(&self.ask(page, call).await?)
    }
}

fn with_metadata(metadata: &str) -> (&'static str, Value) {
    ("metadata", json!(metadata))
}
