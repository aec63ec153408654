//! Errors as Meta's answers spell them.

use super::{Error, Repeats, Verdict, table};
use serde_json::Value;

/// The error an answer spells out. `pause_ms` is how long the answer's headers ask us to wait.
pub fn from_answer(status: u16, body: &[u8], pause_ms: Option<u64>, repeats: Repeats) -> Error {
    match serde_json::from_slice::<Value>(body).ok().as_ref().and_then(|body| body.get("error")) {
        Some(error) if error.is_object() => spelled_out(status, error, pause_ms, repeats),
        _ => Error {
            code: 0,
            subcode: None,
            message: format!("HTTP {status} without an explanation of Meta's"),
            trace: None,
            kind: by_status(status, pause_ms, repeats),
        },
    }
}

fn spelled_out(status: u16, error: &Value, pause_ms: Option<u64>, repeats: Repeats) -> Error {
    let (code, subcode) =
        (number(error, "code").unwrap_or(0), number(error, "error_subcode").filter(|sub| *sub != 0));
    let message = error.get("message").and_then(Value::as_str).unwrap_or_default().to_owned();
    let kind = match (by_words(code, subcode, &message), table::verdict(code, subcode, repeats)) {
        (Some(verdict), _) => verdict,
        (None, Some(Verdict::Retry { after_ms })) => {
            Verdict::Retry { after_ms: after_ms.map(|ms| pause_ms.unwrap_or(ms)) }
        }
        (None, Some(verdict)) => verdict,
        (None, None) if is_transient(error) || status >= 500 => repeats.when_unsure(),
        (None, None) => Verdict::GiveUp,
    };
    let trace = error.get("fbtrace_id").and_then(Value::as_str).map(str::to_owned);
    Error { code, subcode, message, trace, kind }
}

/// The last resort where Meta has no subcode for what it says.
fn by_words(code: i64, subcode: Option<i64>, message: &str) -> Option<Verdict> {
    let says = |words: &str| message.to_lowercase().contains(words);
    match (code, subcode) {
        (10, None) if says("controlling this thread") => Some(Verdict::NotOwner),
        (100, None) if says("thread owner") => Some(Verdict::NotOwner),
        (1, None) if says("client secret") => Some(Verdict::Admin),
        (_, None) if says("handover protocol apis disabled") => Some(Verdict::Admin),
        _ => None,
    }
}

/// A proxy or a dead server answered instead of Meta: only what refuses before reading is known not to have been sent.
fn by_status(status: u16, pause_ms: Option<u64>, repeats: Repeats) -> Verdict {
    match status {
        407 | 429 => Verdict::Retry { after_ms: pause_ms },
        _ => repeats.when_unsure(),
    }
}

fn number(error: &Value, key: &str) -> Option<i64> {
    let value = error.get(key)?;
    value.as_i64().or_else(|| value.as_str()?.parse().ok())
}

fn is_transient(error: &Value) -> bool {
    error.get("is_transient").and_then(Value::as_bool).unwrap_or(false)
}
