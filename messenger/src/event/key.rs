//! The key of an event: Meta delivers twice, with another entry time or on the other channel, and twice is once.
//!
//! A key is built only from what Meta repeats unchanged: never from the time of the body, never from the channel.

use super::Event;
use super::lenient::{field, time};
use super::party::Parties;
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::fmt::Write;

/// Names an event within its page.
pub fn of(item: &Value, who: &Parties, event: &Event) -> String {
    match event {
        Event::Message { mid, .. } | Event::Echo { mid, .. } => format!("message:{mid}"),
        Event::Deleted { mid } => format!("deleted:{mid}"),
        Event::Edit { mid, num: Some(num), .. } => format!("edit:{mid}:{num}"),
        Event::Postback { mid: Some(mid), .. } => format!("postback:{mid}"),
        Event::Read { watermark } => format!("read:{}:{}", person(who), watermark.ms()),
        Event::Passed { .. } | Event::Taken { .. } | Event::Requested { .. } => handover(item, who, event),
        _ => fingerprint(item, event),
    }
}

/// Without a time of its own a handover is told apart by everything it says.
fn handover(item: &Value, who: &Parties, event: &Event) -> String {
    let Some(at) = own_time(item) else {
        return fingerprint(item, event);
    };
    let app = match event {
        Event::Passed { to, .. } | Event::Taken { to, .. } => to,
        Event::Requested { by, .. } => by,
        _ => return fingerprint(item, event),
    };
    let app = app.as_ref().map_or("", |app| app.as_str());
    format!("{}:{}:{at}:{app}", event.kind(), person(who))
}

fn person(who: &Parties) -> &str {
    who.psid.as_ref().map(|psid| psid.as_str()).or(who.user_ref.as_deref()).unwrap_or("")
}

fn own_time(item: &Value) -> Option<i64> {
    let item = field(item, "value").unwrap_or(item);
    time(item, "timestamp").map(|at| at.ms())
}

/// A digest of the whole item, in whatever order its fields come.
fn fingerprint(item: &Value, event: &Event) -> String {
    let mut canonical = String::new();
    write_canonical(item, &mut canonical);
    format!("{}:{}", event.kind(), hex::encode(&Sha256::digest(canonical.as_bytes())[..16]))
}

fn write_canonical(value: &Value, out: &mut String) {
    match value {
        Value::Array(list) => {
            out.push('[');
            for value in list {
                write_canonical(value, out);
                out.push(',');
            }
            out.push(']');
        }
        Value::Object(fields) => write_fields(fields, out),
        scalar @ (Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_)) => {
            write!(out, "{scalar}").expect("writing to a String cannot fail");
        }
    }
}

fn write_fields(fields: &serde_json::Map<String, Value>, out: &mut String) {
    let mut sorted: Vec<_> = fields.iter().collect();
    sorted.sort_by_key(|(name, _)| name.as_str());
    out.push('{');
    for (name, value) in sorted {
        write!(out, "{name:?}:").expect("writing to a String cannot fail");
        write_canonical(value, out);
        out.push(',');
    }
    out.push('}');
}
