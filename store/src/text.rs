//! How words, structures and search texts are kept in text columns.

use crate::{Error, Result};
use serde::Serialize;
use serde::de::value::{Error as Unreadable, StrDeserializer};
use serde::de::{DeserializeOwned, IntoDeserializer};

/// Reads one word of an enum, written as serde writes it.
pub(crate) fn word<T: DeserializeOwned>(table: &'static str, text: &str) -> Result<T> {
    let reader: StrDeserializer<'_, Unreadable> = text.into_deserializer();
    T::deserialize(reader).map_err(|error| Error::Inconsistent { table, what: error.to_string() })
}

/// Reads a structure kept as JSON.
pub(crate) fn read<T: DeserializeOwned>(table: &'static str, text: &str) -> Result<T> {
    serde_json::from_str(text).map_err(|error| Error::Inconsistent { table, what: error.to_string() })
}

/// Writes a structure as JSON.
pub(crate) fn write<T: Serialize>(table: &'static str, value: &T) -> Result<String> {
    serde_json::to_string(value).map_err(|error| Error::Inconsistent { table, what: error.to_string() })
}

/// Text without its case, for comparing. Folded here because the two databases fold differently.
pub(crate) fn fold(text: &str) -> String {
    text.trim().to_lowercase()
}

/// The `like` pattern (escaped with `\`) that finds a text anywhere, whatever its case.
pub(crate) fn anywhere(text: &str) -> String {
    let mut pattern = String::from("%");
    for letter in fold(text).chars() {
        if matches!(letter, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(letter);
    }
    pattern.push('%');
    pattern
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::view::PendingKind;

    #[test]
    fn a_word_is_read_as_serde_writes_it() {
        assert_eq!(word::<PendingKind>("conversation", "taking_over").unwrap(), PendingKind::TakingOver);
        assert!(matches!(word::<PendingKind>("conversation", "tea"), Err(Error::Inconsistent { .. })));
    }

    #[test]
    fn what_the_agent_types_is_never_a_wildcard() {
        assert_eq!(anywhere(" 50%_Off\\ "), "%50\\%\\_off\\\\%");
    }
}
