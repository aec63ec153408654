//! What fields and variables hold.

use serde::{Deserialize, Serialize};
use std::cmp::Ordering;
use std::fmt;

/// A value of a contact's field or of a variable of a run. Dates are `YYYY-MM-DD`, times `hh:mm`, moments milliseconds.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(untagged, try_from = "serde_json::Value")]
pub enum Value {
    #[default]
    Null,
    Bool(bool),
    Number(f64),
    Text(String),
    List(Vec<String>),
}

/// Nothing a field or variable could hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a value is a text, a number, yes or no, or a list of texts")]
pub struct NoValue;

impl TryFrom<serde_json::Value> for Value {
    type Error = NoValue;

    fn try_from(json: serde_json::Value) -> Result<Self, NoValue> {
        match json {
            serde_json::Value::Null => Ok(Self::Null),
            serde_json::Value::Bool(is) => Ok(Self::Bool(is)),
            serde_json::Value::Number(number) => number.as_f64().map(Self::Number).ok_or(NoValue),
            serde_json::Value::String(text) => Ok(Self::Text(text)),
            serde_json::Value::Array(items) => {
                items.into_iter().map(text).collect::<Result<_, _>>().map(Self::List)
            }
            serde_json::Value::Object(_) => Err(NoValue),
        }
    }
}

fn text(json: serde_json::Value) -> Result<String, NoValue> {
    match json {
        serde_json::Value::String(text) => Ok(text),
        _ => Err(NoValue),
    }
}

impl Value {
    /// Whether there is nothing to show or compare.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Null => true,
            Self::Bool(_) | Self::Number(_) => false,
            Self::Text(text) => text.trim().is_empty(),
            Self::List(items) => items.is_empty(),
        }
    }

    /// The number it is or reads as, if it is finite.
    pub fn number(&self) -> Option<f64> {
        let number = match self {
            Self::Number(number) => Some(*number),
            Self::Text(text) => text.trim().parse().ok(),
            Self::Null | Self::Bool(_) | Self::List(_) => None,
        };
        number.filter(|number: &f64| number.is_finite())
    }

    /// Whether both mean the same: numbers by value, words whatever their case.
    pub fn same(&self, other: &Self) -> bool {
        match (self.number(), other.number()) {
            (Some(one), Some(two)) => one == two,
            _ => fold(&self.to_string()) == fold(&other.to_string()),
        }
    }

    /// Which one is greater: numbers by value, everything else as words (dates and times sort as they are written).
    pub fn order(&self, other: &Self) -> Ordering {
        match (self.number(), other.number()) {
            (Some(one), Some(two)) => one.total_cmp(&two),
            _ => fold(&self.to_string()).cmp(&fold(&other.to_string())),
        }
    }

    /// Whether one holds the other: an item of a list, a part of a text.
    pub fn contains(&self, part: &Self) -> bool {
        let part = fold(&part.to_string());
        match self {
            Self::List(items) => items.iter().any(|item| fold(item) == part),
            Self::Null => false,
            Self::Bool(_) | Self::Number(_) | Self::Text(_) => fold(&self.to_string()).contains(&part),
        }
    }
}

/// Words compare whatever their case.
pub(crate) fn fold(text: &str) -> String {
    text.trim().to_lowercase()
}

impl fmt::Display for Value {
    /// As it stands in a message.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => Ok(()),
            Self::Bool(true) => f.write_str("yes"),
            Self::Bool(false) => f.write_str("no"),
            Self::Number(number) => write!(f, "{number}"),
            Self::Text(text) => f.write_str(text),
            Self::List(items) => f.write_str(&items.join(", ")),
        }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<f64> for Value {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}

impl From<bool> for Value {
    fn from(truth: bool) -> Self {
        Self::Bool(truth)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_compare_by_value_and_words_whatever_their_case() {
        assert!(Value::from("10").same(&Value::from(10.0)));
        assert!(Value::from(" Anna ").same(&Value::from("anna")));
        assert_eq!(Value::from("9").order(&Value::from("10")), Ordering::Less);
        assert_eq!(Value::from("2026-03-01").order(&Value::from("2026-02-28")), Ordering::Greater);
    }

    #[test]
    fn what_is_not_a_finite_number_is_a_word() {
        assert_eq!(Value::from("NaN").number(), None);
        assert_eq!(Value::from("1e999").number(), None);
    }

    #[test]
    fn a_list_holds_its_items_and_a_text_its_parts() {
        let list = Value::List(vec!["VIP".into(), "Returns".into()]);
        assert!(list.contains(&Value::from("vip")) && !list.contains(&Value::from("ret")));
        assert!(Value::from("where is my order").contains(&Value::from("ORDER")));
        assert!(!Value::Null.contains(&Value::from("")));
    }
}
