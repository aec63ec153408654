//! Connections to services workflows use.

use crate::api::{Connection, ConnectionKind};

words! {
    connections: "Connections",
    lead: "Services that workflows use: language models for AI Agent, Google accounts for Add Google Sheets Row. Keys are kept sealed; nobody reads them again, and only owners change them.",
    new: "New connection",
    none: "No connections yet",
    none_words: "Connect a language model or a Google account; steps then choose it by its name.",
    connection: "Connection",
    service: "Service",
    name_hint: "Steps choose it by this name, such as “Main model”. At most 60 characters.",
    name_fixed: "Steps know it by this name, so it stays.",
    address: "Address",
    address_hint: "Of a service that takes OpenAI’s chat completions, such as https://api.openai.com/v1.",
    model: "Model",
    model_hint: "As the service names it.",
    key: "Key",
    key_file: "Key file",
    key_file_hint: "The JSON file Google gives for a service account’s key, as it is.",
    key_hidden: "It is never shown again.",
    key_stays: "Empty: the one that is kept stays. With another address it has to be given again.",
    test: "Test",
    asking: "Asking…",
    delete_label: "Delete connection",
    to_connections: "Connections in the settings",
}

/// A kind of service by name.
pub fn kind(kind: ConnectionKind) -> &'static str {
    match kind {
        ConnectionKind::Ai => say!("Language model (OpenAI-compatible)"),
        ConnectionKind::Sheets => say!("Google account (service account)"),
    }
}

/// The value of a kind in a list of choices.
pub fn kind_word(kind: ConnectionKind) -> &'static str {
    match kind {
        ConnectionKind::Ai => "ai",
        ConnectionKind::Sheets => "sheets",
    }
}

/// What a connection is: "Language model · small · https://…".
pub fn about(one: &Connection) -> String {
    match one.kind {
        ConnectionKind::Ai => {
            say!("Language model · {model} · {address}", model = one.model, address = one.address)
        }
        ConnectionKind::Sheets => say!("Google account").to_owned(),
    }
}

pub fn test_named(name: &str) -> String {
    say!("Test {name}", name)
}

/// Asks before a key is gone.
pub fn delete(name: &str) -> String {
    say!(
        "“{name}” is deleted with its key. Steps that use it fail from then on, and say so in their runs.",
        name
    )
}
