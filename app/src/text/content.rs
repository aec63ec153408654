//! What messages carry.

use domain::conversation::content::{LinkKind, Origin, Piece};
use domain::conversation::message::Attachment;

pub const PHOTO: &str = "Photo";
pub const VIDEO: &str = "Video";
pub const VOICE_MESSAGE: &str = "Voice message";
pub const FILE: &str = "File";
pub const STICKER: &str = "Sticker";
pub const SAVE: &str = "Save";
pub const NEW_TAB: &str = "opens in a new tab";
pub const FETCH_AGAIN: &str = "Fetch again";
pub const CHOICES: &str = "Quick replies that were offered";
pub const FROM_LEAD_FORM: &str = "Facebook wrote this from a lead form. The customer does not see it.";
pub const NOT_TOLD: &str = "Messenger does not tell what this message contains.";

/// "Photo is on its way…"
pub fn arriving(word: &str) -> String {
    format!("{word} is on its way…")
}

/// "Open Photo in a new tab"
pub fn open_picture(name: &str) -> String {
    format!("Open {name} in a new tab")
}

/// "1.2 MB"
pub fn size(bytes: i64) -> String {
    match bytes {
        ..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => format!("{} KB", bytes / 1_000),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
    }
}

/// "Place at 59.33, 18.06"
pub fn place(latitude: &str, longitude: &str) -> String {
    format!("Place at {latitude}, {longitude}")
}

/// What happened to an appointment, by Meta's word.
pub fn appointment(status: &str) -> &'static str {
    match status {
        "requested" => "Appointment requested",
        "confirmed" => "Appointment confirmed",
        "declined" => "Appointment declined",
        "cancelled" | "canceled" => "Appointment cancelled",
        _ => "Appointment",
    }
}

/// What kind of page is shared.
pub fn link(kind: LinkKind) -> &'static str {
    match kind {
        LinkKind::Page => "Shared link",
        LinkKind::Post => "Shared post",
        LinkKind::Reel => "Reel",
    }
}

/// How the customer got here.
pub fn came_from(origin: &Origin) -> String {
    match (origin.ad, &origin.product, &origin.reference) {
        (true, _, Some(reference)) => format!("Came through an ad ({reference})"),
        (true, _, None) => "Came through an ad".into(),
        (false, Some(product), _) => format!("Was looking at product {product}"),
        (false, None, Some(reference)) => format!("Came through a link ({reference})"),
        (false, None, None) => "Came through a link".into(),
    }
}

/// A kind nobody has met yet, by Meta's word.
pub fn unknown_kind(kind: &str) -> String {
    match kind {
        "unknown" | "" => "Something we cannot show yet".into(),
        kind => format!("Something we cannot show yet ({})", kind.replace('_', " ")),
    }
}

/// What is attached, in a word.
pub fn attachment(attachment: &Attachment) -> String {
    let word = match Piece::of(attachment) {
        Piece::Picture => PHOTO,
        Piece::Sticker => STICKER,
        Piece::Video => VIDEO,
        Piece::Audio => VOICE_MESSAGE,
        Piece::File { .. } => FILE,
        Piece::Cards(_) => "Card",
        Piece::Link(found) => link(found.kind),
        Piece::Place { .. } => "Place",
        Piece::Appointment { .. } => "Appointment",
        Piece::Origin(_) => "Link to the page",
        Piece::Choices(_) => "Quick replies",
        Piece::FromLeadForm => "Lead form",
        Piece::Withheld | Piece::Unknown(_) => "Attachment",
    };
    match attachment.title.as_deref() {
        Some(title) if !title.is_empty() => format!("{word}: {title}"),
        _ => word.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_is_told_as_people_say_it() {
        assert_eq!(size(950), "950 B");
        assert_eq!(size(48_190), "48 KB");
        assert_eq!(size(1_250_000), "1.2 MB");
    }
}
