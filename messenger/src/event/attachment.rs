//! What a message carries besides text, whatever shape Meta gives it.

use super::lenient::{field, id, object, text};
use domain::conversation::content::{CHOICES, REFERRAL};
use domain::conversation::message::Attachment;
use serde_json::Value;

/// The attachments of a message. None is ever a reason not to read the message.
pub fn all(message: &Value) -> Vec<Attachment> {
    let attachments: Vec<Attachment> = match field(message, "attachments") {
        Some(Value::Array(list)) => list.iter().map(one).collect(),
        Some(Value::Object(_)) => message.get("attachments").map(one).into_iter().collect(),
        Some(_) | None => Vec::new(),
    };
    let mut attachments = without_twins(attachments);
    attachments.extend(object(message, "referral").map(|_| plain(REFERRAL, message.get("referral"))));
    let choices = message.get("quick_replies").filter(|choices| choices.is_array());
    attachments.extend(choices.map(|choices| plain(CHOICES, Some(choices))));
    attachments
}

/// A piece that is not one of Meta's attachments.
pub fn plain(kind: &str, payload: Option<&Value>) -> Attachment {
    Attachment { kind: kind.to_owned(), title: None, url: None, payload: payload.cloned(), media: Vec::new() }
}

fn one(attachment: &Value) -> Attachment {
    let payload = field(attachment, "payload");
    let inside = |key| payload.and_then(|payload| text(payload, key));
    let kind = match id(attachment, "type") {
        Some(kind) if kind == "image" && inside("sticker_id").is_some() => "sticker".to_owned(),
        Some(kind) => kind,
        None => "unknown".to_owned(),
    };
    Attachment {
        kind,
        title: inside("title").or_else(|| text(attachment, "title")),
        url: inside("url").or_else(|| text(attachment, "url")).or_else(|| address(payload)),
        payload: details(attachment),
        media: Vec::new(),
    }
}

/// Old link previews have the address itself as payload.
fn address(payload: Option<&Value>) -> Option<String> {
    payload?.as_str().filter(|text| text.starts_with("http")).map(str::to_owned)
}

/// The payload, when it says more than title and address.
fn details(attachment: &Value) -> Option<Value> {
    let Some(fields) = object(attachment, "payload") else {
        return (!attachment.is_object()).then(|| attachment.clone());
    };
    let says_more =
        fields.iter().any(|(key, value)| !matches!(key.as_str(), "url" | "title") && !value.is_null());
    says_more.then(|| Value::Object(fields.clone()))
}

/// For a while Meta sent each sticker twice, once more as an image.
fn without_twins(attachments: Vec<Attachment>) -> Vec<Attachment> {
    let mut kept: Vec<Attachment> = Vec::with_capacity(attachments.len());
    for attachment in attachments {
        let is_twin = |other: &Attachment| {
            other.kind == "sticker"
                && attachment.kind == "sticker"
                && sticker(other).is_some()
                && sticker(other) == sticker(&attachment)
        };
        if !kept.iter().any(is_twin) {
            kept.push(attachment);
        }
    }
    kept
}

fn sticker(attachment: &Attachment) -> Option<String> {
    id(attachment.payload.as_ref()?, "sticker_id")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_sticker_that_also_comes_as_an_image_is_one_sticker() {
        let payload = json!({"url": "https://cdn.example.org/s.png", "sticker_id": 369_239_263_222_822_i64});
        let twice =
            [json!({"type": "image", "payload": payload}), json!({"type": "sticker", "payload": payload})];
        let read = all(&json!({"attachments": twice}));
        assert_eq!(read.iter().map(|one| one.kind.as_str()).collect::<Vec<_>>(), ["sticker"]);
    }

    #[test]
    fn a_link_preview_is_read_in_each_of_its_four_shapes() {
        let shapes = [
            json!({"type": "fallback", "payload": {"url": "https://a.example", "title": "Socks"}}),
            json!({"type": "fallback", "url": "https://a.example", "title": "Socks", "payload": null}),
            json!({"type": "fallback", "title": "Socks", "payload": "https://a.example"}),
            json!({"type": "fallback", "url": "https://a.example", "title": "Socks"}),
        ];
        for attachment in all(&json!({"attachments": shapes})) {
            assert_eq!(attachment.url.as_deref(), Some("https://a.example"));
            assert_eq!(attachment.title.as_deref(), Some("Socks"));
            assert_eq!(attachment.payload, None);
        }
    }

    #[test]
    fn unknown_and_malformed_attachments_are_kept_as_they_are() {
        let read =
            all(&json!({"attachments": [{"type": "hologram", "payload": {"depth": 3}}, 7, {"payload": []}]}));
        assert_eq!(read[0].kind, "hologram");
        assert_eq!(read[0].payload, Some(json!({"depth": 3})));
        assert_eq!(read[1].payload, Some(json!(7)));
        assert_eq!(read[2].kind, "unknown");
        assert_eq!(all(&json!({"attachments": null})), []);
        assert_eq!(all(&json!({"attachments": "none"})), []);
    }
}
