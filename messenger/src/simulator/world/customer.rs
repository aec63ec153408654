//! What people do on their phones, and what the people in Meta's own inbox do.

use super::routing::Reach;
use super::{Author, Delivery, Message, World};
use crate::simulator::refusal::Refusal;
use crate::simulator::setup::Mode;
use domain::{AppId, Mid, PageId, Psid, Timestamp};
use serde_json::{Value, json};

/// Something a customer does in a thread.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    Write {
        text: String,
        reply_to: Option<Mid>,
    },
    /// Taps a quick reply under a message.
    Pick {
        title: String,
        payload: String,
    },
    /// Taps a button, also *Get Started*.
    Tap {
        title: String,
        payload: String,
    },
    /// Sends a picture, video, recording or file; `kind` is Meta's `image`, `video`, `audio` or `file`.
    Attach {
        kind: String,
        url: String,
    },
    React {
        mid: Mid,
        emoji: String,
    },
    /// Looks at everything so far.
    Read,
    /// Follows an m.me link with this `ref`.
    OpenLink {
        reference: String,
    },
    /// Taps an ad that opens the thread, and writes.
    ComeFromAd {
        ad: String,
        text: String,
    },
    /// Lets the page write, through a plugin on a website.
    OptIn {
        reference: String,
    },
}

/// A new message, if the act made one, and what apps hear of it.
pub type Happened = (Option<Mid>, Vec<Delivery>);

impl World {
    /// Lets a customer act.
    pub fn customer(
        &mut self,
        page: &PageId,
        psid: &Psid,
        act: Act,
        now: Timestamp,
    ) -> Result<Happened, Refusal> {
        match act {
            Act::Write { text, reply_to } => {
                let mut content = json!({ "text": text });
                if let Some(mid) = reply_to {
                    content["reply_to"] = json!({ "mid": mid, "is_self_reply": false });
                }
                self.customer_says(page, psid, content, now)
            }
            Act::Pick { title, payload } => {
                let content = json!({ "text": title, "quick_reply": { "payload": payload } });
                self.customer_says(page, psid, content, now)
            }
            Act::Attach { kind, url } => {
                let content = json!({ "attachments": [{ "type": kind, "payload": { "url": url } }] });
                self.customer_says(page, psid, content, now)
            }
            Act::Tap { title, payload } => {
                self.customer_taps(page, psid, json!({ "title": title, "payload": payload }), now)
            }
            Act::React { mid, emoji } => self.customer_reacts(page, psid, &mid, &emoji, now),
            Act::Read => self.customer_reads(page, psid, now),
            Act::OpenLink { reference } => self.customer_opens_link(page, psid, &reference, now),
            Act::ComeFromAd { ad, text } => self.customer_comes_from_ad(page, psid, &ad, &text, now),
            Act::OptIn { reference } => self.customer_opts_in(page, psid, &reference, now),
        }
    }

    fn customer_says(
        &mut self,
        page: &PageId,
        psid: &Psid,
        mut content: Value,
        now: Timestamp,
    ) -> Result<Happened, Refusal> {
        self.place(page, psid)?;
        let mid = self.new_mid(page, psid);
        let (setup, thread) = self.place(page, psid)?;
        let at = thread.tick(now);
        setup.enter(thread, at);
        thread.customer_wrote(at);
        thread.messages.push(written(&mid, at, &content));
        content["mid"] = json!(mid);
        let item = from_customer(page, psid, at, "message", content);
        Ok((Some(mid), setup.announce(thread.owner(at), psid, "messages", Reach::Everybody, &item)))
    }

    fn customer_taps(
        &mut self,
        page: &PageId,
        psid: &Psid,
        mut postback: Value,
        now: Timestamp,
    ) -> Result<Happened, Refusal> {
        self.place(page, psid)?;
        let mid = self.new_mid(page, psid);
        let (setup, thread) = self.place(page, psid)?;
        let at = thread.tick(now);
        setup.enter(thread, at);
        thread.customer_wrote(at);
        let title = postback["title"].as_str().unwrap_or_default();
        thread.messages.push(Message::text(mid.clone(), at, Author::Customer, title));
        postback["mid"] = json!(mid);
        let item = from_customer(page, psid, at, "postback", postback);
        Ok((
            Some(mid),
            setup.announce(thread.owner(at), psid, "messaging_postbacks", Reach::Everybody, &item),
        ))
    }

    fn customer_reacts(
        &mut self,
        page: &PageId,
        psid: &Psid,
        mid: &Mid,
        emoji: &str,
        now: Timestamp,
    ) -> Result<Happened, Refusal> {
        let (setup, thread) = self.place(page, psid)?;
        let at = thread.tick(now);
        let message = thread.messages.iter_mut().find(|message| message.mid == *mid);
        message.ok_or_else(Refusal::no_such_object)?.reaction = Some(emoji.to_owned());
        thread.window.customer_acted(at);
        let reaction = json!({ "mid": mid, "action": "react", "reaction": name_of(emoji), "emoji": emoji });
        let item = from_customer(page, psid, at, "reaction", reaction);
        Ok((None, setup.announce(thread.owner(at), psid, "message_reactions", Reach::Addressee, &item)))
    }

    fn customer_reads(&mut self, page: &PageId, psid: &Psid, now: Timestamp) -> Result<Happened, Refusal> {
        let (setup, thread) = self.place(page, psid)?;
        let at = thread.tick(now);
        thread
            .messages
            .iter_mut()
            .filter(|message| message.is_from_page())
            .for_each(|message| message.read = true);
        let item = from_customer(page, psid, at, "read", json!({ "watermark": at }));
        Ok((None, setup.announce(thread.owner(at), psid, "message_reads", Reach::Everybody, &item)))
    }

    /// A link into a thread that exists is a referral; the first contact is *Get Started* with the referral inside.
    fn customer_opens_link(
        &mut self,
        page: &PageId,
        psid: &Psid,
        reference: &str,
        now: Timestamp,
    ) -> Result<Happened, Refusal> {
        let referral = json!({ "ref": reference, "source": "SHORTLINK", "type": "OPEN_THREAD" });
        let (setup, thread) = self.place(page, psid)?;
        // Without a default app only campaigns are routed.
        if setup.routing.mode == Mode::On {
            setup.lead(thread, setup.routing.link_app.as_ref(), now);
        }
        if thread.messages.is_empty() {
            let postback = json!({ "title": "Get Started", "payload": "GET_STARTED", "referral": referral });
            return self.customer_taps(page, psid, postback, now);
        }
        let at = thread.tick(now);
        thread.window.customer_acted(at);
        let item = from_customer(page, psid, at, "referral", referral);
        Ok((None, setup.announce(thread.owner(at), psid, "messaging_referrals", Reach::Addressee, &item)))
    }

    /// An ad opens the thread and the customer writes: a message with the ad in it.
    fn customer_comes_from_ad(
        &mut self,
        page: &PageId,
        psid: &Psid,
        ad: &str,
        text: &str,
        now: Timestamp,
    ) -> Result<Happened, Refusal> {
        self.place(page, psid)?;
        let mid = self.new_mid(page, psid);
        let (setup, thread) = self.place(page, psid)?;
        let at = thread.tick(now);
        setup.lead(thread, setup.routing.campaign_app.as_ref(), at);
        thread.customer_wrote(at);
        thread.messages.push(Message::text(mid.clone(), at, Author::Customer, text));
        let referral = json!({ "source": "ADS", "type": "OPEN_THREAD", "ad_id": ad });
        let content = json!({ "mid": mid, "text": text, "referral": referral });
        let item = from_customer(page, psid, at, "message", content);
        Ok((Some(mid), setup.announce(thread.owner(at), psid, "messages", Reach::Everybody, &item)))
    }

    /// A plugin on a website lets the page write; no rule but the default app's is about that.
    fn customer_opts_in(
        &mut self,
        page: &PageId,
        psid: &Psid,
        reference: &str,
        now: Timestamp,
    ) -> Result<Happened, Refusal> {
        let (setup, thread) = self.place(page, psid)?;
        let at = thread.tick(now);
        thread.window.customer_acted(at);
        let item = from_customer(page, psid, at, "optin", json!({ "ref": reference }));
        Ok((None, setup.announce(thread.owner(at), psid, "messaging_optins", Reach::Addressee, &item)))
    }

    /// Somebody answers in Meta Business Suite: the Page inbox gains control, and no event says so but the echo.
    pub fn inbox_writes(
        &mut self,
        page: &PageId,
        psid: &Psid,
        text: &str,
        now: Timestamp,
    ) -> Result<Happened, Refusal> {
        self.place(page, psid)?;
        let mid = self.new_mid(page, psid);
        let inbox = AppId::from(AppId::PAGE_INBOX);
        let (setup, thread) = self.place(page, psid)?;
        let at = thread.tick(now);
        thread.give(inbox.clone(), at);
        thread.messages.push(Message::text(mid.clone(), at, Author::App(inbox.clone()), text));
        let message = json!({ "mid": mid, "is_echo": true, "app_id": number(&inbox), "text": text });
        let item = from_page(page, psid, at, message);
        Ok((Some(mid), setup.announce(Some(&inbox), psid, "message_echoes", Reach::Everybody, &item)))
    }
}

fn written(mid: &Mid, at: Timestamp, content: &Value) -> Message {
    let mut message =
        Message::text(mid.clone(), at, Author::Customer, content["text"].as_str().unwrap_or_default());
    message.attachments = content["attachments"].as_array().cloned().unwrap_or_default();
    message.reply_to = content["reply_to"]["mid"].as_str().map(Mid::from);
    message
}

pub(super) fn from_customer(page: &PageId, psid: &Psid, at: Timestamp, kind: &str, content: Value) -> Value {
    let mut item = json!({ "sender": { "id": psid }, "recipient": { "id": page }, "timestamp": at });
    item[kind] = content;
    item
}

pub(super) fn from_page(page: &PageId, psid: &Psid, at: Timestamp, message: Value) -> Value {
    json!({ "sender": { "id": page }, "recipient": { "id": psid }, "timestamp": at, "message": message })
}

/// App ids in echoes are numbers, unlike everywhere else.
pub(super) fn number(app: &AppId) -> Value {
    app.as_str().parse::<u64>().map_or_else(|_| json!(app), |number| json!(number))
}

fn name_of(emoji: &str) -> &'static str {
    match emoji.trim_end_matches('\u{fe0f}') {
        "❤" => "love",
        "😆" | "😂" => "smile",
        "😮" => "wow",
        "😢" => "sad",
        "😠" => "angry",
        "👍" => "like",
        "👎" => "dislike",
        _ => "other",
    }
}
