//! A thread as the Conversations API remembers it.

use crate::event::lenient::{field, id, text};
use crate::{Glimpse, Remembered};
use domain::conversation::message::Attachment;
use domain::{Mid, PageId, Psid, Timestamp};
use serde_json::Value;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// What a message is asked for.
pub const DETAILS: &str = "id,created_time,from,to,message,attachments,sticker,shares,reply_to";
/// The address of a sticker has no kind of its own here.
const STICKER: &str = "sticker";

/// What to ask of a list of threads.
pub const GLIMPSE: &str = "id,updated_time,participants";

/// The conversations of a list. One whose customer Meta does not name is left out.
pub fn glimpses(answer: &Value, page: &PageId) -> Vec<Glimpse> {
    let list = answer.get("data").and_then(Value::as_array).into_iter().flatten();
    list.filter_map(|thread| {
        let people = thread.pointer("/participants/data").and_then(Value::as_array).into_iter().flatten();
        let customer = people.filter_map(|person| id(person, "id")).find(|id| *id != page.0)?;
        let updated_at = moment(&text(thread, "updated_time")?)?;
        Some(Glimpse { psid: Psid(customer), updated_at })
    })
    .collect()
}

/// What to ask of a thread.
pub fn fields(limit: u32) -> String {
    format!("messages.limit({}){{{DETAILS}}}", limit.max(1))
}

/// The thread Meta found for the customer.
pub fn thread(answer: &Value) -> Option<String> {
    id(answer.pointer("/data/0")?, "id")
}

/// The messages Meta still knows something about, newest first.
pub fn messages(answer: &Value, page: &PageId) -> Vec<Remembered> {
    let list = answer.pointer("/messages/data").and_then(Value::as_array).into_iter().flatten();
    let mut messages: Vec<Remembered> = list.filter_map(|message| remembered(message, page)).collect();
    messages.sort_by_key(|message| std::cmp::Reverse(message.at));
    messages
}

/// One message; nothing when its writer or time is missing.
pub fn remembered(message: &Value, page: &PageId) -> Option<Remembered> {
    let author = field(message, "from").and_then(|from| id(from, "id"))?;
    Some(Remembered {
        mid: Mid(id(message, "id")?),
        at: moment(&text(message, "created_time")?)?,
        from_page: author == page.0,
        text: text(message, "message"),
        attachments: attachments(message),
        reply_to: field(message, "reply_to").and_then(|to| id(to, "mid").or_else(|| id(to, "id"))).map(Mid),
    })
}

/// Meta writes `2026-11-21T00:00:03+0000`, which lacks the colon the standard wants.
pub fn moment(written: &str) -> Option<Timestamp> {
    let with_colon = match written.len().checked_sub(5).and_then(|at| written.split_at_checked(at)) {
        Some((time, zone)) if zone.starts_with(['+', '-']) && zone.is_char_boundary(3) => {
            format!("{time}{}:{}", &zone[..3], &zone[3..])
        }
        Some(_) | None => written.to_owned(),
    };
    let moment = OffsetDateTime::parse(&with_colon, &Rfc3339).ok()?;
    i64::try_from(moment.unix_timestamp_nanos() / 1_000_000).ok().map(Timestamp)
}

fn attachments(message: &Value) -> Vec<Attachment> {
    let list = |key| {
        message.get(key).and_then(|list| list.get("data")).and_then(Value::as_array).into_iter().flatten()
    };
    let sticker = text(message, STICKER).map(|url| plain(STICKER, None, Some(url)));
    list("attachments").map(attachment).chain(list("shares").map(share)).chain(sticker).collect()
}

fn attachment(of: &Value) -> Attachment {
    let title = text(of, "name");
    let address = |key| field(of, key).and_then(|data| text(data, "url"));
    if let Some(url) = address("image_data") {
        return plain("image", title, Some(url));
    }
    if let Some(url) = address("video_data") {
        return plain("video", title, Some(url));
    }
    match (text(of, "file_url"), field(of, "generic_template")) {
        (Some(url), _) => plain(kind_of_file(of), title, Some(url)),
        (None, Some(template)) => Attachment {
            payload: Some(template.clone()),
            ..plain("template", text(template, "title"), text(template, "media_url"))
        },
        (None, None) => Attachment { payload: Some(of.clone()), ..plain("unknown", title, None) },
    }
}

fn kind_of_file(of: &Value) -> &'static str {
    let mime = text(of, "mime_type").unwrap_or_default();
    match mime.split('/').next() {
        Some("audio") => "audio",
        Some("video") => "video",
        Some("image") => "image",
        Some(_) | None => "file",
    }
}

/// A shared link, post or reel.
fn share(of: &Value) -> Attachment {
    let kind = id(of, "type").unwrap_or_else(|| "fallback".to_owned());
    let title = text(of, "title").or_else(|| text(of, "name"));
    plain(&kind, title, text(of, "url").or_else(|| text(of, "link")))
}

fn plain(kind: &str, title: Option<String>, url: Option<String>) -> Attachment {
    Attachment { kind: kind.to_owned(), title, url, payload: None, media: Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_spellings_of_a_time_are_read() {
        for written in [
            "2026-11-21T00:00:03+0000",
            "2026-11-21T00:00:03+00:00",
            "2026-11-21T01:00:03+0100",
            "2026-11-21T00:00:03Z",
        ] {
            assert_eq!(moment(written), Some(Timestamp(1_795_219_203_000)), "{written}");
        }
    }

    #[test]
    fn nonsense_is_no_time() {
        for written in ["", "+0000", "yesterday", "2026-11-21T00:00:03+ä0", "ääää"] {
            assert_eq!(moment(written), None, "{written}");
        }
    }
}
