//! Connections to services workflows use.

use crate::api::{Connection, ConnectionKind};

pub const CONNECTIONS: &str = "Connections";
pub const LEAD: &str = "Services that workflows use: language models for AI Agent, Google accounts for Add Google Sheets Row. Keys are kept sealed; nobody reads them again, and only owners change them.";
pub const NEW: &str = "New connection";
pub const NONE: &str = "No connections yet";
pub const NONE_WORDS: &str =
    "Connect a language model or a Google account; steps then choose it by its name.";
pub const CONNECTION: &str = "Connection";
pub const SERVICE: &str = "Service";
pub const NAME_HINT: &str = "Steps choose it by this name, such as “Main model”. At most 60 characters.";
pub const NAME_FIXED: &str = "Steps know it by this name, so it stays.";
pub const ADDRESS: &str = "Address";
pub const ADDRESS_HINT: &str =
    "Of a service that takes OpenAI’s chat completions, such as https://api.openai.com/v1.";
pub const MODEL: &str = "Model";
pub const MODEL_HINT: &str = "As the service names it.";
pub const KEY: &str = "Key";
pub const KEY_FILE: &str = "Key file";
pub const KEY_FILE_HINT: &str = "The JSON file Google gives for a service account’s key, as it is.";
pub const KEY_HIDDEN: &str = "It is never shown again.";
pub const KEY_STAYS: &str =
    "Empty: the one that is kept stays. With another address it has to be given again.";
pub const TEST: &str = "Test";
pub const ASKING: &str = "Asking…";
pub const DELETE: &str = "Delete connection";
pub const TO_CONNECTIONS: &str = "Connections in the settings";

/// A kind of service by name.
pub const fn kind(kind: ConnectionKind) -> &'static str {
    match kind {
        ConnectionKind::Ai => "Language model (OpenAI-compatible)",
        ConnectionKind::Sheets => "Google account (service account)",
    }
}

/// The value of a kind in a list of choices.
pub const fn kind_word(kind: ConnectionKind) -> &'static str {
    match kind {
        ConnectionKind::Ai => "ai",
        ConnectionKind::Sheets => "sheets",
    }
}

/// What a connection is: "Language model · small · https://…".
pub fn about(one: &Connection) -> String {
    match one.kind {
        ConnectionKind::Ai => format!("Language model · {} · {}", one.model, one.address),
        ConnectionKind::Sheets => "Google account".to_owned(),
    }
}

pub fn test_named(name: &str) -> String {
    format!("Test {name}")
}

/// Asks before a key is gone.
pub fn delete(name: &str) -> String {
    format!(
        "“{name}” is deleted with its key. Steps that use it fail from then on, and say so in their runs."
    )
}
