//! JSON as browsers read it: bytes become a tree, and the tree becomes one of our types.
//!
//! What serde derives is compiled anew for each reader it meets. Browsers load what is compiled, so they have this one
//! reader: every type stands in their module once. An enum that names its variant in a field would bring serde's own
//! second reader; [`tagged!`](crate::tagged) reads it with ours. What every browser loads first is read by
//! [`object!`](crate::object). The JSON is the same in all of them.

mod object;
mod tagged;
mod tree;

pub use object::{Fields, read_object};

use serde::Deserialize;
use serde::de::{DeserializeOwned, Error};
use serde_json::Value;
use std::fmt;
use tree::Tree;

/// Reads what the server or this browser wrote as JSON.
///
/// # Errors
/// When it is no JSON, or not of this shape.
pub fn read<T: DeserializeOwned>(json: &[u8]) -> Result<T, Unreadable> {
    let tree: Value = serde_json::from_slice(json).map_err(Unreadable::custom)?;
    read_value(&tree)
}

/// Reads JSON that is a tree already.
///
/// # Errors
/// When it is not of this shape.
pub fn read_value<'de, T: Deserialize<'de>>(tree: &'de Value) -> Result<T, Unreadable> {
    T::deserialize(Tree(tree))
}

/// JSON is not what it should be. Browsers only know that, not why: the words for it would be a tenth of their module,
/// and nobody there reads them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    #[cfg(not(target_family = "wasm"))]
    why: String,
}

impl Error for Unreadable {
    #[cfg(not(target_family = "wasm"))]
    fn custom<Why: fmt::Display>(why: Why) -> Self {
        Self { why: why.to_string() }
    }

    #[cfg(target_family = "wasm")]
    fn custom<Why: fmt::Display>(_: Why) -> Self {
        Self {}
    }
}

impl fmt::Display for Unreadable {
    #[cfg(not(target_family = "wasm"))]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.why)
    }

    #[cfg(target_family = "wasm")]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("unreadable")
    }
}

impl std::error::Error for Unreadable {}

#[cfg(test)]
mod tests;
