//! Values as Meta really sends them: ids as numbers, times in seconds or as text, flags as words.

use domain::Timestamp;
use serde_json::{Map, Value};

/// Smaller numbers are seconds, larger ones milliseconds.
const SECONDS_BELOW: i64 = 100_000_000_000;
/// Past the year 5000: not a time, whatever the unit.
const NO_TIME_FROM: i64 = 100_000_000_000_000;

/// The value under a key, unless it is null.
pub fn field<'a>(of: &'a Value, key: &str) -> Option<&'a Value> {
    of.get(key).filter(|value| !value.is_null())
}

/// The object under a key.
pub fn object<'a>(of: &'a Value, key: &str) -> Option<&'a Map<String, Value>> {
    of.get(key)?.as_object()
}

/// A text that says something. Numbers become text; NUL, which PostgreSQL refuses, becomes the replacement character.
pub fn text(of: &Value, key: &str) -> Option<String> {
    match of.get(key)? {
        Value::String(text) if text.is_empty() => None,
        Value::String(text) => Some(text.replace('\0', "\u{fffd}")),
        Value::Number(number) => Some(number.to_string()),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

/// An id: text, or an integer.
pub fn id(of: &Value, key: &str) -> Option<String> {
    let id = text(of, key)?;
    let id = id.trim();
    (!id.is_empty()).then(|| id.to_owned())
}

/// A flag: `true`, `"true"` or 1.
pub fn flag(of: &Value, key: &str) -> bool {
    match of.get(key) {
        Some(Value::Bool(flag)) => *flag,
        Some(Value::String(text)) => text == "true",
        Some(Value::Number(number)) => number.as_i64() == Some(1),
        Some(Value::Null | Value::Array(_) | Value::Object(_)) | None => false,
    }
}

/// A whole number, however it is written.
pub fn integer(of: &Value, key: &str) -> Option<i64> {
    match of.get(key)? {
        Value::Number(number) => number.as_i64().or_else(|| whole(number.as_f64()?)),
        Value::String(text) => text.trim().parse().ok(),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

/// A time in seconds or milliseconds.
pub fn time(of: &Value, key: &str) -> Option<Timestamp> {
    match integer(of, key)? {
        ..=0 | NO_TIME_FROM.. => None,
        seconds @ 1..SECONDS_BELOW => Some(Timestamp(seconds * 1_000)),
        milliseconds => Some(Timestamp(milliseconds)),
    }
}

fn whole(number: f64) -> Option<i64> {
    let exactly_countable = number.fract() == 0.0 && number.abs() < 9_007_199_254_740_992.0;
    #[expect(clippy::cast_possible_truncation, reason = "whole and below 2^53")]
    exactly_countable.then_some(number as i64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn ids_may_be_numbers_and_times_may_be_seconds_or_text() {
        let item = json!({"id": 845_120_937_761_204_i64, "s": 1_795_219_200, "ms": "1795219200000", "f": 1_795_219_200.0});
        assert_eq!(id(&item, "id").as_deref(), Some("845120937761204"));
        for key in ["s", "ms", "f"] {
            assert_eq!(time(&item, key), Some(Timestamp(1_795_219_200_000)), "{key}");
        }
    }

    #[test]
    fn nonsense_is_no_time() {
        let item = json!({"a": 0, "b": -5, "c": i64::MAX, "d": [1], "e": "soon", "f": 1.5, "g": 1e300});
        for key in ["a", "b", "c", "d", "e", "f", "g", "missing"] {
            assert_eq!(time(&item, key), None, "{key}");
        }
    }
}
