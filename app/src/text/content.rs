//! What messages carry.

use domain::conversation::content::{LinkKind, Origin, Piece};
use domain::conversation::message::Attachment;

words! {
    photo: "Photo",
    video: "Video",
    voice_message: "Voice message",
    file: "File",
    sticker: "Sticker",
    save: "Save",
    new_tab: "opens in a new tab",
    fetch_again: "Fetch again",
    choices: "Quick replies that were offered",
    from_lead_form: "Facebook wrote this from a lead form. The customer does not see it.",
    not_told: "Messenger does not tell what this message contains.",
}

/// "Photo is on its way…"
pub fn arriving(word: &str) -> String {
    say!("{word} is on its way…", word)
}

/// "Open Photo in a new tab"
pub fn open_picture(name: &str) -> String {
    say!("Open {name} in a new tab", name)
}

/// "1.2 MB"
pub fn size(bytes: i64) -> String {
    match bytes {
        ..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => say!("{bytes} KB", bytes = bytes / 1_000),
        _ => say!("{whole}.{tenth} MB", whole = bytes / 1_000_000, tenth = bytes % 1_000_000 / 100_000),
    }
}

/// "Place at 59.33, 18.06"
pub fn place(latitude: &str, longitude: &str) -> String {
    say!("Place at {latitude}, {longitude}", latitude, longitude)
}

/// What happened to an appointment, by Meta's word.
pub fn appointment(status: &str) -> &'static str {
    match status {
        "requested" => say!("Appointment requested"),
        "confirmed" => say!("Appointment confirmed"),
        "declined" => say!("Appointment declined"),
        "cancelled" | "canceled" => say!("Appointment cancelled"),
        _ => say!("Appointment"),
    }
}

/// What kind of page is shared.
pub fn link(kind: LinkKind) -> &'static str {
    match kind {
        LinkKind::Page => say!("Shared link"),
        LinkKind::Post => say!("Shared post"),
        LinkKind::Reel => say!("Reel"),
    }
}

/// How the customer got here.
pub fn came_from(origin: &Origin) -> String {
    match (origin.ad, &origin.product, &origin.reference) {
        (true, _, Some(reference)) => say!("Came through an ad ({reference})", reference),
        (true, _, None) => say!("Came through an ad").into(),
        (false, Some(product), _) => say!("Was looking at product {product}", product),
        (false, None, Some(reference)) => say!("Came through a link ({reference})", reference),
        (false, None, None) => say!("Came through a link").into(),
    }
}

/// A kind nobody has met yet, by Meta's word.
pub fn unknown_kind(kind: &str) -> String {
    match kind {
        "unknown" | "" => say!("Something we cannot show yet").into(),
        kind => say!("Something we cannot show yet ({kind})", kind = kind.replace('_', " ")),
    }
}

/// What is attached, in a word.
pub fn attachment(attachment: &Attachment) -> String {
    let word = match Piece::of(attachment) {
        Piece::Picture => photo(),
        Piece::Sticker => sticker(),
        Piece::Video => video(),
        Piece::Audio => voice_message(),
        Piece::File { .. } => file(),
        Piece::Cards(_) => say!("Card"),
        Piece::Link(found) => link(found.kind),
        Piece::Place { .. } => say!("Place"),
        Piece::Appointment { .. } => say!("Appointment"),
        Piece::Origin(_) => say!("Link to the page"),
        Piece::Choices(_) => say!("Quick replies"),
        Piece::FromLeadForm => say!("Lead form"),
        Piece::Withheld | Piece::Unknown(_) => say!("Attachment"),
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
