//! How Meta writes an event on the wire: one line of JSON in which every non-ASCII character and every slash is
//! escaped. The signature covers exactly these bytes.

use domain::conversation::evidence::Channel;
use domain::{PageId, Timestamp};
use serde_json::{Value, json};
use std::fmt::Write;

/// The body of a webhook POST with one entry.
pub fn body(page: &PageId, channel: Channel, items: &[Value], time: Timestamp) -> String {
    let mut entry = json!({ "id": page, "time": time });
    let list = match channel {
        Channel::Direct => "messaging",
        Channel::Standby => "standby",
    };
    entry[list] = Value::from(items);
    escape(&json!({ "object": "page", "entry": [entry] }).to_string())
}

/// Escapes what plain JSON leaves readable: `ö` becomes `\u00f6`, `/` becomes `\/`.
pub fn escape(json: &str) -> String {
    let mut escaped = String::with_capacity(json.len() + 16);
    for letter in json.chars() {
        match letter {
            '/' => escaped.push_str("\\/"),
            letter if letter.is_ascii() => escaped.push(letter),
            letter => {
                for unit in letter.encode_utf16(&mut [0; 2]) {
                    write!(escaped, "\\u{unit:04x}").expect("a String takes everything");
                }
            }
        }
    }
    escaped
}

/// A moment as the Conversations API writes it: whole seconds, always `+0000`.
pub fn iso(at: Timestamp) -> String {
    let format = time::macros::format_description!("[year]-[month]-[day]T[hour]:[minute]:[second]+0000");
    time::OffsetDateTime::from_unix_timestamp(at.ms().div_euclid(1_000))
        .ok()
        .and_then(|moment| moment.format(format).ok())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn umlauts_emoji_and_slashes_travel_escaped() {
        let body = body(&"1".into(), Channel::Direct, &[json!({"text": "Größe 🧦 a/b"})], Timestamp(5));
        assert!(body.is_ascii());
        assert!(body.contains(r"Gr\u00f6\u00dfe \ud83e\udde6 a\/b"), "{body}");
        let read: Value = serde_json::from_str(&body).unwrap();
        assert_eq!(read["entry"][0]["messaging"][0]["text"], "Größe 🧦 a/b");
    }

    #[test]
    fn times_are_written_as_the_conversations_api_does() {
        assert_eq!(iso(Timestamp(1_795_219_203_000)), "2026-11-21T00:00:03+0000");
    }
}
