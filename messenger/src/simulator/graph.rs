//! The Graph API over HTTP: who calls, what goes wrong, what is done, what is answered.

pub(super) mod answer;
mod apps;

use super::clock::wait;
use super::faults::Fault;
use super::fields::{self, Field};
use super::journal::{Entry, Kind};
use super::request::Request;
use super::world::Caller;
use super::world::history::Slice;
use super::world::routing::Move;
use super::{Refusal, Simulator};
use crate::signature;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::response::Response;
use domain::{AppId, Mid, Psid};
use futures::future::join_all;
use serde_json::{Value, json};
use std::future::pending;
use std::time::Duration;
use tokio::time::timeout;

/// How long an answer waits for its echo to be acknowledged, when the echo is to come first.
const ECHO_FIRST: Duration = Duration::from_secs(2);

/// Answers one call, or fails to as the faults want it.
pub async fn serve(
    State(simulator): State<Simulator>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    if uri.path().ends_with("/dialog/oauth") {
        return simulator.dialog(&method, &uri, &body);
    }
    let request = match Request::is_form(&headers) {
        true => Request::read_form(method, &uri, &headers, body).await,
        false => Request::read(method, &uri, &headers, &body),
    };
    let request = match request {
        Ok(request) => request,
        Err(refusal) => return answer::refused(&refusal),
    };
    match simulator.faults().draw(request.kind()) {
        None => simulator.carry_out_call(&request).await,
        Some(fault) => simulator.fail(&request, fault).await,
    }
}

impl Simulator {
    /// Answers a call the way a fault wants it.
    async fn fail(&self, request: &Request, fault: Fault) -> Response {
        self.note(
            &AppId::from(""),
            format!("{} {} goes wrong on purpose", request.method, request.path.join("/")),
        );
        match fault {
            Fault::Refuse { status, code, subcode } => {
                let words = format!("(#{code}) Refused on purpose.");
                answer::refused(&Refusal { status, ..Refusal::new(code, subcode, words) })
            }
            Fault::Http { status } => answer::broken_proxy(status),
            Fault::Hang => pending().await,
            Fault::Drop => answer::broken_connection(),
            Fault::Delay { ms } => {
                wait(Duration::from_millis(ms)).await;
                self.carry_out_call(request).await
            }
            Fault::AcceptThenDelay { ms } => {
                let answered = self.carry_out_call(request).await;
                wait(Duration::from_millis(ms)).await;
                answered
            }
            Fault::AcceptThenHttp { .. }
            | Fault::Truncated
            | Fault::NoMessageId
            | Fault::AcceptThenHang
            | Fault::AcceptThenDrop => self.lose_answer(request, &fault).await,
        }
    }

    /// Does what was asked and spoils the answer. What is refused on its own merits is answered as such: nothing was
    /// accepted that could get lost.
    async fn lose_answer(&self, request: &Request, fault: &Fault) -> Response {
        let answered = self.carry_out_call(request).await;
        match fault {
            _ if answered.status() != StatusCode::OK => answered,
            Fault::AcceptThenHttp { status } => answer::broken_proxy(*status),
            Fault::Truncated => answer::truncated(),
            Fault::NoMessageId => answer::json(&json!({})),
            Fault::AcceptThenHang => pending().await,
            Fault::AcceptThenDrop
            | Fault::Refuse { .. }
            | Fault::Http { .. }
            | Fault::Hang
            | Fault::Drop
            | Fault::AcceptThenDelay { .. }
            | Fault::Delay { .. } => answer::broken_connection(),
        }
    }

    async fn carry_out_call(&self, request: &Request) -> Response {
        let title = format!("{} {}", request.method, request.path.join("/"));
        if let Some(result) = self.login_call(request) {
            let nobody = Caller { page: "".into(), app: "".into() };
            self.journal_call(&nobody, &title, &result, &json!({}));
            return match result {
                Ok(value) => answer::json(&value),
                Err(refusal) => answer::refused(&refusal),
            };
        }
        let caller = self.authenticate(request);
        let result = match &caller {
            Ok(caller) => self.dispatch_call(caller, request).await,
            Err(refusal) => Err(refusal.clone()),
        };
        let nobody = Caller { page: "".into(), app: "".into() };
        self.journal_call(caller.as_ref().unwrap_or(&nobody), &title, &result, &request.params);
        match result {
            Ok(value) => answer::json(&value),
            Err(refusal) => answer::refused(&refusal),
        }
    }

    /// The page and app behind the token. A wrong `appsecret_proof` is refused, a missing one is not.
    fn authenticate(&self, request: &Request) -> Result<Caller, Refusal> {
        let token = request.token.as_deref().ok_or_else(Refusal::bad_token)?;
        let world = self.world();
        if world.is_dead(token, self.now()) {
            return Err(Refusal::expired_token());
        }
        if let Some((app, secret)) = token.split_once('|') {
            let page = world.pages.values().find(|page| {
                page.setup.apps.iter().any(|each| each.id.as_str() == app && each.secret == secret)
            });
            let page = page.ok_or_else(Refusal::bad_token)?.setup.id.clone();
            return Ok(Caller { page, app: app.into() });
        }
        let caller = world.caller(token).ok_or_else(Refusal::bad_token)?;
        let secret = world.app(&caller.page, &caller.app).map(|app| app.secret.clone()).unwrap_or_default();
        match request.text("appsecret_proof") {
            Some(proof) if proof != signature::appsecret_proof(&secret, token) => {
                Err(Refusal::parameter("Invalid appsecret_proof provided in the API argument."))
            }
            Some(_) | None => Ok(caller),
        }
    }

    /// Carries out a call. The world changes before anything is awaited: a caller who hangs up changes nothing.
    async fn dispatch_call(&self, caller: &Caller, request: &Request) -> Result<Value, Refusal> {
        let now = self.now();
        let wanted = fields::read(request.text("fields").unwrap_or_default());
        let segments = request.segments();
        if let [node, edge] = segments[..]
            && node != "me"
            && node != caller.page.as_str()
            && !node.starts_with("t_")
            && edge != "subscriptions"
        {
            return Err(Refusal::no_such_object());
        }
        match (request.method.as_str(), &segments[..]) {
            (_, [_, "messages"]) if !self.world().permits(caller, "pages_messaging") => {
                Err(Refusal::permission("pages_messaging"))
            }
            (_, [_, "subscribed_apps"]) if !self.world().permits(caller, "pages_manage_metadata") => {
                Err(Refusal::permission("pages_manage_metadata"))
            }
            ("POST", [_, "messages"]) => self.send(caller, request).await,
            ("POST", [_, edge]) if edge.ends_with("_thread_control") => {
                self.move_control(caller, edge, request)
            }
            ("GET", [_, "thread_owner"]) => self.world().owner_answer(caller, &request.recipient()?, now),
            ("GET", [_, "conversations"]) => {
                let psid = request.text("user_id").map(Psid::from);
                let answer = self.world().conversations(caller, psid.as_ref(), slice(request, None), now)?;
                Ok(fields::pick_each(answer, &wanted))
            }
            ("GET", [_, "subscribed_apps"]) => self.world().subscribed_apps(caller),
            ("POST", [_, "subscribed_apps"]) => self.subscribe(caller, request),
            ("DELETE", [_, "subscribed_apps"]) => Ok(self.set_fields(caller, Vec::new())),
            ("GET", ["debug_token"]) => Ok(self.debug_token(request)),
            ("GET", ["me", "accounts"]) => Ok(self.accounts(caller)),
            ("GET", [app, "subscriptions"]) => self.subscription(caller, &AppId::from(*app)),
            ("POST", [app, "subscriptions"]) => self.set_subscription(&AppId::from(*app), request).await,
            ("POST", [_, "message_attachments"]) => self.world().keep_file(caller, request),
            ("GET", [id, "messages"]) => {
                let answer = self.world().messages(caller, id, slice(request, None))?;
                Ok(fields::pick_each(answer, &details(&wanted)))
            }
            ("GET", [id]) => self.node(caller, id, &wanted, request),
            (_, _) => Err(Refusal::no_such_object()),
        }
    }

    async fn send(&self, caller: &Caller, request: &Request) -> Result<Value, Refusal> {
        let now = self.now();
        if self.faults().is_too_fast(&caller.page, now) {
            return Err(Refusal::too_fast());
        }
        let (answer, first) = {
            let mut world = self.world();
            let sent = world.send(caller, &request.params, now)?;
            (sent.answer, self.dispatch_sent(&world, sent.deliveries))
        };
        // The answer must not wait for ever for a webhook that is down.
        let _ = timeout(ECHO_FIRST, join_all(first)).await;
        Ok(answer)
    }

    fn move_control(&self, caller: &Caller, edge: &str, request: &Request) -> Result<Value, Refusal> {
        let metadata = request.text("metadata").map(str::to_owned);
        let step = match edge {
            "pass_thread_control" => {
                let to = &request.params["target_app_id"];
                let to = to.as_str().map(str::to_owned).or_else(|| Some(to.as_u64()?.to_string()));
                Move::Pass { to: AppId(to.ok_or_else(Refusal::no_such_app)?), metadata }
            }
            "take_thread_control" => Move::Take { metadata },
            "release_thread_control" => Move::Release,
            "request_thread_control" => Move::Request { metadata },
            "extend_thread_control" => {
                Move::Extend { seconds: request.number("duration").unwrap_or_default() }
            }
            _ => return Err(Refusal::no_such_object()),
        };
        let psid = request.recipient()?;
        let mut world = self.world();
        let deliveries = world.control(caller, &psid, step, self.now())?;
        self.dispatch(&world, deliveries);
        Ok(json!({ "success": true }))
    }

    fn node(&self, caller: &Caller, id: &str, wanted: &[Field], request: &Request) -> Result<Value, Refusal> {
        let world = self.world();
        let field = |name: &str| wanted.iter().find(|field| field.name == name);
        if id == "me" || id == caller.page.as_str() {
            let wanted = if wanted.is_empty() { &fields::read("name")[..] } else { wanted };
            return Ok(fields::pick(world.page_node(caller)?, wanted));
        }
        if id.starts_with("t_") {
            let messages = field("messages");
            let slice = slice(request, messages.and_then(|messages| messages.limit));
            let mut answer = fields::pick(world.conversation(caller, id, slice, self.now())?, wanted);
            if let Some(messages) = messages {
                answer["messages"] = fields::pick_each(answer["messages"].take(), &details(&messages.inner));
            }
            return Ok(answer);
        }
        if id.starts_with("m_") {
            return Ok(fields::pick(world.message(caller, &Mid::from(id))?, &details(wanted)));
        }
        let profile = world.profile(caller, &Psid::from(id), &request.host)?;
        let usual = fields::read("first_name,last_name,profile_pic");
        Ok(fields::pick(profile, if wanted.is_empty() { &usual } else { wanted }))
    }

    pub(super) fn journal_call(
        &self,
        caller: &Caller,
        title: &str,
        result: &Result<Value, Refusal>,
        asked: &Value,
    ) {
        let (status, answer) = match result {
            Ok(answer) => (200, answer.clone()),
            Err(refusal) => (refusal.status, refusal.body()),
        };
        let mut asked = asked.clone();
        if let Some(asked) = asked.as_object_mut() {
            asked.remove("access_token");
            asked.remove("appsecret_proof");
        }
        self.inner.journal.note(Entry {
            number: 0,
            at: self.now(),
            kind: Kind::Graph,
            title: title.to_owned(),
            app: caller.app.0.clone(),
            status: Some(status),
            body: json!({ "asked": asked, "answered": answer }),
        });
    }
}

fn slice(request: &Request, limit: Option<usize>) -> Slice {
    let number = |name: &str| request.number(name).and_then(|number| usize::try_from(number).ok());
    fields::slice(limit.or_else(|| number("limit")), number("after"))
}

/// Without a choice of fields Meta answers a message's id and time.
fn details(wanted: &[Field]) -> Vec<Field> {
    if wanted.is_empty() { fields::read("created_time") } else { wanted.to_vec() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::simulator::faults::Call;

    #[test]
    fn calls_are_told_apart_by_method_and_address() {
        let call = |method, uri: &'static str| {
            let request = Request::read(method, &Uri::from_static(uri), &HeaderMap::new(), b"");
            request.map(|request| request.kind()).ok()
        };
        assert_eq!(call(Method::POST, "/v26.0/102/messages"), Some(Call::Send));
        assert_eq!(call(Method::POST, "/v26.0/102/messages?sender_action=typing_on"), Some(Call::Action));
        assert_eq!(call(Method::GET, "/v25.0/102/thread_owner?recipient=7"), Some(Call::Owner));
        assert_eq!(call(Method::GET, "/v1.0/7204415592310846"), Some(Call::Profile));
        assert_eq!(call(Method::GET, "/favicon.ico"), None);
    }
}
