//! One line about a message, for the list.

use domain::view::Message;

/// The most characters a preview has.
const LENGTH: usize = 140;

/// The text, or a word for what has none.
pub fn of(message: &Message) -> String {
    if message.deleted {
        return "Message withdrawn".into();
    }
    let text = message.text.as_deref().map(str::trim).filter(|text| !text.is_empty());
    match (text, message.attachments.first()) {
        (Some(text), _) => {
            text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(LENGTH).collect()
        }
        (None, Some(attachment)) => word_for(&attachment.kind, attachment.title.as_deref()),
        (None, None) => "Message without text".into(),
    }
}

fn word_for(kind: &str, title: Option<&str>) -> String {
    let word = match kind {
        "image" => "Photo",
        "video" => "Video",
        "audio" => "Voice message",
        "file" => "File",
        "sticker" => "Sticker",
        "location" => "Location",
        "reel" | "ig_reel" => "Reel",
        "post" | "ig_post" | "share" => "Post",
        "template" => "Card",
        "fallback" => "Link",
        "appointment_booking" => "Appointment",
        _ => "Attachment",
    };
    match title.map(str::trim).filter(|title| !title.is_empty()) {
        Some(title) => format!("{word}: {title}").chars().take(LENGTH).collect(),
        None => word.into(),
    }
}
