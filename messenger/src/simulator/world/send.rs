//! The Send API: who may write when, and what happens because of an accepted message.

use super::customer::{from_customer, from_page, number};
use super::routing::{Reach, release};
use super::{Author, Caller, Delivery, Message, SendRecord, Thread, World};
use crate::simulator::refusal::Refusal;
use crate::simulator::setup::{Mode, PageSetup};
use domain::conversation::window::WindowState;
use domain::{AppId, Mid, Psid, Timestamp};
use serde_json::{Value, json};

const LONGEST_TEXT: usize = 2_000;
const LONGEST_METADATA: usize = 1_000;
const HUMAN_AGENT: &str = "HUMAN_AGENT";
const RETIRED_TAGS: [&str; 3] = ["ACCOUNT_UPDATE", "POST_PURCHASE_UPDATE", "CONFIRMED_EVENT_UPDATE"];
const ACTIONS: [&str; 5] = ["typing_on", "typing_off", "mark_seen", "react", "unreact"];

/// An accepted call: the answer, the message if it was one, and what apps hear of it.
#[derive(Debug)]
pub struct Sent {
    pub answer: Value,
    pub mid: Option<Mid>,
    pub deliveries: Vec<Delivery>,
}

/// A message as the caller wants it, within Meta's limits.
struct Draft {
    text: String,
    attachments: Vec<Value>,
    files: Vec<String>,
    buttons: Vec<Value>,
    metadata: Option<String>,
    reply_to: Option<Mid>,
    messaging_type: String,
    tag: Option<String>,
    then: Then,
}

/// What happens with control after the message.
enum Then {
    Keep,
    Release,
    Pass(Option<AppId>),
}

impl World {
    /// Carries out `POST /{page}/messages`.
    pub fn send(&mut self, caller: &Caller, body: &Value, now: Timestamp) -> Result<Sent, Refusal> {
        let psid = recipient(body)?;
        self.place(&caller.page, &psid)?;
        match (body.get("sender_action"), body.get("message")) {
            (Some(_), Some(_)) => Err(Refusal::new(
                100,
                Some(2_018_014),
                "(#100) Message and sender_action cannot be combined.",
            )),
            (Some(action), None) => self.act(caller, &psid, action, now),
            (None, Some(message)) => {
                let mut draft = Draft::read(body, message)?;
                for attachment in &mut draft.attachments {
                    let (told, name) = self.attached(&caller.page, attachment)?;
                    *attachment = told;
                    draft.files.extend(name);
                }
                self.send_message(caller, &psid, draft, now)
            }
            (None, None) => Err(Refusal::parameter("The parameter message is required.")),
        }
    }

    fn act(&mut self, caller: &Caller, psid: &Psid, action: &Value, now: Timestamp) -> Result<Sent, Refusal> {
        let action = action.as_str().unwrap_or_default().to_ascii_lowercase();
        if !ACTIONS.contains(&action.as_str()) {
            return Err(Refusal::parameter("Param sender_action must be one of the known actions."));
        }
        let (setup, thread) = self.place(&caller.page, psid)?;
        if action.starts_with("typing") {
            setup.claim(thread, &caller.app, None, now)?;
        }
        Ok(Sent { answer: json!({ "recipient_id": psid }), mid: None, deliveries: Vec::new() })
    }

    fn send_message(
        &mut self,
        caller: &Caller,
        psid: &Psid,
        draft: Draft,
        now: Timestamp,
    ) -> Result<Sent, Refusal> {
        let (setup, thread) = self.place(&caller.page, psid)?;
        let claim = setup.claim(thread, &caller.app, draft.tag.as_deref(), now)?;
        check_window(thread, draft.tag.as_deref(), now)?;
        let mid = self.new_mid(&caller.page, psid);
        let (setup, thread) = self.place(&caller.page, psid)?;
        let at = thread.tick(now);
        let mut deliveries = setup.exercise(thread, &caller.app, claim, at);
        thread.messages.push(draft.message(&mid, &caller.app, at));
        let owner = thread.owner(at).cloned();
        let echo = from_page(&caller.page, psid, at, draft.echo(&mid, &caller.app));
        deliveries.extend(setup.announce(owner.as_ref(), psid, "message_echoes", Reach::Everybody, &echo));
        let receipt = receipt(caller, psid, &mid, at);
        deliveries.extend(setup.announce(
            owner.as_ref(),
            psid,
            "message_deliveries",
            Reach::Everybody,
            &receipt,
        ));
        deliveries.extend(setup.follow(thread, &caller.app, &draft.then, now)?);
        let answer = json!({ "recipient_id": psid, "message_id": mid });
        self.sends.push(draft.record(caller, psid, &mid, at));
        Ok(Sent { answer, mid: Some(mid), deliveries })
    }
}

/// What a message changes about control.
enum Claim {
    Nothing,
    /// The default app answers an idle thread and is in control from then on.
    Idle,
    /// A person's message takes the thread from whoever has it.
    Implicit,
}

impl PageSetup {
    /// Whether an app may write into a thread, and what that does to control.
    fn claim(
        &self,
        thread: &Thread,
        app: &AppId,
        tag: Option<&str>,
        now: Timestamp,
    ) -> Result<Claim, Refusal> {
        let owner = thread.owner(now);
        let default = self.routing.default_app.as_ref();
        match (self.routing.mode, owner) {
            (_, Some(owner)) if owner == app => Ok(Claim::Nothing),
            (Mode::ZeroConfig, None) => Ok(Claim::Nothing),
            (Mode::ZeroConfig, Some(_)) => Err(Refusal::not_owner()),
            (Mode::On, None) if default == Some(app) => Ok(Claim::Idle),
            (Mode::Legacy, None) => Ok(Claim::Idle),
            (Mode::On, _) if tag == Some(HUMAN_AGENT) && self.may_take(app) => Ok(Claim::Implicit),
            (Mode::On | Mode::Legacy, _) => Err(Refusal::not_owner()),
        }
    }

    fn exercise(&self, thread: &mut Thread, app: &AppId, claim: Claim, at: Timestamp) -> Vec<Delivery> {
        match claim {
            Claim::Nothing => Vec::new(),
            Claim::Idle | Claim::Implicit => self.seize(thread, app, None, at),
        }
    }

    /// The inline `thread_control` of a send.
    fn follow(
        &self,
        thread: &mut Thread,
        app: &AppId,
        then: &Then,
        now: Timestamp,
    ) -> Result<Vec<Delivery>, Refusal> {
        let target = match then {
            Then::Keep => return Ok(Vec::new()),
            Then::Release => {
                let at = thread.tick(now);
                return Ok(release(thread, app, at).unwrap_or_default());
            }
            Then::Pass(target) => target.clone().or_else(|| self.routing.default_app.clone()),
        };
        let at = thread.tick(now);
        self.pass(thread, app, target.ok_or_else(Refusal::no_such_app)?, None, at)
    }
}

fn check_window(thread: &Thread, tag: Option<&str>, now: Timestamp) -> Result<(), Refusal> {
    match (thread.window.at(now), tag) {
        (WindowState::Open { .. }, _) | (WindowState::HumanAgent { .. }, Some(HUMAN_AGENT)) => Ok(()),
        (WindowState::HumanAgent { .. } | WindowState::Closed, _) => Err(Refusal::window_closed()),
    }
}

impl Draft {
    fn read(body: &Value, message: &Value) -> Result<Self, Refusal> {
        let text = message["text"].as_str().unwrap_or_default();
        let attachments: Vec<Value> = message.get("attachment").cloned().into_iter().collect();
        if text.is_empty() && attachments.is_empty() {
            return Err(Refusal::parameter("The message must have text or an attachment."));
        }
        if text.chars().count() > LONGEST_TEXT {
            return Err(Refusal::parameter("Length of param message[text] must be at most 2000."));
        }
        let metadata = message["metadata"].as_str().map(str::to_owned);
        if metadata.as_ref().is_some_and(|metadata| metadata.chars().count() > LONGEST_METADATA) {
            return Err(Refusal::parameter("Length of param message[metadata] must be at most 1000."));
        }
        let (messaging_type, tag) = label(body)?;
        Ok(Self {
            text: text.to_owned(),
            buttons: buttons(message),
            attachments,
            files: Vec::new(),
            metadata,
            reply_to: body["reply_to"]["mid"].as_str().map(Mid::from),
            messaging_type,
            tag,
            then: then(body),
        })
    }

    fn message(&self, mid: &Mid, app: &AppId, at: Timestamp) -> Message {
        let mut message = Message::text(mid.clone(), at, Author::App(app.clone()), &self.text);
        message.attachments.clone_from(&self.attachments);
        message.buttons.clone_from(&self.buttons);
        message.reply_to.clone_from(&self.reply_to);
        message
    }

    fn echo(&self, mid: &Mid, app: &AppId) -> Value {
        let mut echo = json!({ "mid": mid, "is_echo": true, "app_id": number(app) });
        if !self.text.is_empty() {
            echo["text"] = json!(self.text);
        }
        if !self.attachments.is_empty() {
            echo["attachments"] = json!(self.attachments);
        }
        if let Some(metadata) = &self.metadata {
            echo["metadata"] = json!(metadata);
        }
        if let Some(quoted) = &self.reply_to {
            echo["reply_to"] = json!({ "mid": quoted });
        }
        echo
    }

    fn record(self, caller: &Caller, psid: &Psid, mid: &Mid, at: Timestamp) -> SendRecord {
        SendRecord {
            page: caller.page.clone(),
            psid: psid.clone(),
            app: caller.app.clone(),
            mid: mid.clone(),
            at,
            text: self.text,
            files: self.files,
            reply_to: self.reply_to,
            metadata: self.metadata,
            messaging_type: self.messaging_type,
            tag: self.tag,
        }
    }
}

fn recipient(body: &Value) -> Result<Psid, Refusal> {
    match &body["recipient"]["id"] {
        Value::String(id) => Ok(Psid(id.clone())),
        Value::Number(id) => Ok(Psid(id.to_string())),
        _ => Err(Refusal::no_such_person()),
    }
}

fn label(body: &Value) -> Result<(String, Option<String>), Refusal> {
    let kind = body["messaging_type"].as_str().unwrap_or("RESPONSE");
    let tag = body["tag"].as_str();
    match (kind, tag) {
        ("RESPONSE" | "UPDATE", _) => Ok((kind.to_owned(), None)),
        ("MESSAGE_TAG", Some(HUMAN_AGENT)) => Ok((kind.to_owned(), Some(HUMAN_AGENT.to_owned()))),
        ("MESSAGE_TAG", Some(tag)) if RETIRED_TAGS.contains(&tag) => {
            Err(Refusal::new(100, Some(1_893_061), "(#100) This message tag can no longer be used."))
        }
        ("MESSAGE_TAG", _) => Err(Refusal::parameter("Param tag must be a message tag that is in use.")),
        (_, _) => Err(Refusal::parameter("Param messaging_type must be RESPONSE, UPDATE or MESSAGE_TAG.")),
    }
}

/// A `thread_control` without a type means release.
fn then(body: &Value) -> Then {
    match body.get("thread_control") {
        None => Then::Keep,
        Some(control) if control["control_type"] == "pass" => {
            Then::Pass(control["app_id"].as_str().map(AppId::from))
        }
        Some(_) => Then::Release,
    }
}

fn buttons(message: &Value) -> Vec<Value> {
    let template = &message["attachment"]["payload"]["buttons"];
    let lists = [&message["quick_replies"], template];
    lists.into_iter().filter_map(Value::as_array).flatten().cloned().collect()
}

fn receipt(caller: &Caller, psid: &Psid, mid: &Mid, at: Timestamp) -> Value {
    let mut item =
        from_customer(&caller.page, psid, at, "delivery", json!({ "mids": [mid], "watermark": at }));
    // Meta leaves the timestamp out of delivery receipts.
    item.as_object_mut().and_then(|item| item.remove("timestamp"));
    item
}
