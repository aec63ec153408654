//! What the reading calls answer: profiles, conversations, messages, the page and its apps.

use super::{Author, Caller, Message, Page, Thread, World};
use crate::simulator::refusal::Refusal;
use crate::simulator::setup::Mode;
use crate::simulator::wire::iso;
use domain::conversation::window::WindowState;
use domain::{Mid, PageId, Psid, Timestamp};
use serde_json::{Map, Value, json};
use std::cmp::Reverse;

/// A slice of a thread, newest first: `after` messages are skipped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slice {
    pub after: usize,
    pub limit: usize,
}

impl World {
    /// `GET /{page}/conversations`: one customer's, or all with messages, most recent first.
    pub fn conversations(
        &self,
        caller: &Caller,
        psid: Option<&Psid>,
        slice: Slice,
        now: Timestamp,
    ) -> Result<Value, Refusal> {
        let page = self.page(&caller.page)?;
        let mut threads: Vec<&Thread> = page
            .threads
            .values()
            .filter(|thread| !thread.messages.is_empty())
            .filter(|thread| psid.is_none_or(|psid| thread.psid == *psid))
            .collect();
        threads.sort_by_key(|thread| Reverse(thread.messages.last().map(|message| message.at)));
        let rows = threads.iter().skip(slice.after).take(slice.limit);
        let data: Vec<Value> = rows.map(|thread| page.conversation(caller, thread, now)).collect();
        Ok(paged(data, slice, threads.len()))
    }

    /// `GET /{t_…}`: a conversation with its messages.
    pub fn conversation(
        &self,
        caller: &Caller,
        id: &str,
        slice: Slice,
        now: Timestamp,
    ) -> Result<Value, Refusal> {
        let mut answer = self.page(&caller.page)?.conversation(caller, self.thread(caller, id)?, now);
        answer["messages"] = self.messages(caller, id, slice)?;
        Ok(answer)
    }

    /// `GET /{t_…}/messages`: newest first.
    pub fn messages(&self, caller: &Caller, id: &str, slice: Slice) -> Result<Value, Refusal> {
        let (page, thread) = (self.page(&caller.page)?, self.thread(caller, id)?);
        let newest_first = thread.messages.iter().rev().skip(slice.after).take(slice.limit);
        let data = newest_first.map(|message| page.detail(thread, message)).collect();
        Ok(paged(data, slice, thread.messages.len()))
    }

    /// `GET /{m_…}`: one message.
    pub fn message(&self, caller: &Caller, mid: &Mid) -> Result<Value, Refusal> {
        let (page_id, psid) = self.places.get(mid).ok_or_else(Refusal::no_such_object)?;
        if *page_id != caller.page {
            return Err(Refusal::no_such_object());
        }
        let page = self.page(page_id)?;
        let thread = page.threads.get(psid).ok_or_else(Refusal::no_such_object)?;
        let message = thread.messages.iter().find(|message| message.mid == *mid);
        Ok(page.detail(thread, message.ok_or_else(Refusal::no_such_object)?))
    }

    /// `GET /{psid}`: the customer's name; `host` serves the picture.
    pub fn profile(&self, caller: &Caller, psid: &Psid, host: &str) -> Result<Value, Refusal> {
        let thread = self.page(&caller.page)?.threads.get(psid).ok_or_else(Refusal::no_such_object)?;
        Ok(json!({
            "id": psid,
            "name": thread.name(),
            "first_name": thread.first_name,
            "last_name": thread.last_name,
            "profile_pic": format!("http://{host}/sim/picture/{psid}"),
        }))
    }

    /// `GET /me` or `GET /{page}`.
    pub fn page_node(&self, caller: &Caller) -> Result<Value, Refusal> {
        let setup = &self.page(&caller.page)?.setup;
        let routing = setup.routing.mode == Mode::On;
        Ok(json!({
            "id": setup.id,
            "name": setup.name,
            "messaging_feature_status": {
                "hop_v2": routing, "msgr_multi_app": setup.apps.len() > 1, "ig_multi_app": false,
            },
        }))
    }

    /// `GET /{page}/subscribed_apps`.
    pub fn subscribed_apps(&self, caller: &Caller) -> Result<Value, Refusal> {
        let apps = self.page(&caller.page)?.setup.apps.iter().filter(|app| !app.fields.is_empty());
        let data: Vec<Value> = apps
            .map(|app| json!({ "id": app.id, "name": app.name, "category": "Business", "subscribed_fields": app.fields }))
            .collect();
        Ok(json!({ "data": data }))
    }

    fn page(&self, page: &PageId) -> Result<&Page, Refusal> {
        self.pages.get(page).ok_or_else(Refusal::no_such_object)
    }

    fn thread(&self, caller: &Caller, id: &str) -> Result<&Thread, Refusal> {
        let mut threads = self.page(&caller.page)?.threads.values();
        threads.find(|thread| thread.id == id).ok_or_else(Refusal::no_such_object)
    }
}

impl Page {
    fn conversation(&self, caller: &Caller, thread: &Thread, now: Timestamp) -> Value {
        let last = thread.messages.last();
        let unread = thread.messages.iter().rev().take_while(|message| !message.is_from_page()).count();
        json!({
            "id": thread.id,
            "updated_time": iso(last.map_or(now, |message| message.at)),
            "message_count": thread.messages.len(),
            "unread_count": unread,
            "snippet": last.map_or("", |message| message.text.as_str()),
            "can_reply": matches!(thread.window.at(now), WindowState::Open { .. }),
            "is_owner": thread.owner(now) == Some(&caller.app),
            "participants": { "data": [who(&thread.psid.0, &thread.name()), who(&self.setup.id.0, &self.setup.name)] },
        })
    }

    fn detail(&self, thread: &Thread, message: &Message) -> Value {
        let customer = who(&thread.psid.0, &thread.name());
        let page = who(&self.setup.id.0, &self.setup.name);
        let (from, to) = match message.author {
            Author::Customer => (customer, page),
            Author::App(_) => (page, customer),
        };
        let mut detail = json!({
            "id": message.mid,
            "created_time": iso(message.at),
            "from": from,
            "to": { "data": [to] },
            "message": message.text,
        });
        if !message.attachments.is_empty() {
            let data: Vec<Value> = message.attachments.iter().map(remembered).collect();
            detail["attachments"] = json!({ "data": data });
        }
        if let Some(quoted) = &message.reply_to {
            detail["reply_to"] = json!({ "mid": quoted, "is_self_reply": false });
        }
        detail
    }
}

/// An attachment in the words of the Conversations API.
fn remembered(attachment: &Value) -> Value {
    let url = &attachment["payload"]["url"];
    match attachment["type"].as_str().unwrap_or_default() {
        "image" => {
            json!({ "mime_type": "image/png", "name": "image.png", "image_data": { "url": url, "preview_url": url } })
        }
        "video" => {
            json!({ "mime_type": "video/mp4", "name": "video.mp4", "video_data": { "url": url, "preview_url": url } })
        }
        "audio" => json!({ "mime_type": "audio/mp4", "name": "audio.mp4", "file_url": url }),
        _ => json!({ "mime_type": "application/octet-stream", "name": "file", "file_url": url }),
    }
}

fn who(id: &str, name: &str) -> Value {
    json!({ "id": id, "name": name, "email": format!("{id}@facebook.com") })
}

fn paged(data: Vec<Value>, slice: Slice, total: usize) -> Value {
    let end = slice.after + data.len();
    let mut paging = Map::new();
    paging
        .insert("cursors".to_owned(), json!({ "before": slice.after.to_string(), "after": end.to_string() }));
    if end < total {
        paging.insert("next".to_owned(), json!(format!("?after={end}&limit={}", slice.limit)));
    }
    json!({ "data": data, "paging": paging })
}
