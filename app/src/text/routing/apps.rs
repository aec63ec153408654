//! The apps beside us.

use domain::apps::{Colour, KnownApp, Mark, NamedBy};

words! {
    apps_lead: "Apps that answered on your pages, or had control of a conversation. Their names, colours and icons show wherever they do: on locks, messages and in the control history.",
    apps_unavailable: "The apps cannot be shown",
    apps_none_title: "No other app has been seen yet",
    apps_none: "When a bot answers on one of your pages, it appears here by itself and you can name it.",
    app_name: "Name",
    app_name_example: "SalesBot",
    app_id: "App id",
    app_pages: "Seen on",
    app_first_seen: "First seen",
    app_last_seen: "Last seen",
    app_messages: "Messages",
    app_not_seen: "Not yet",
    app_unnamed: "Nobody has named it. What do you call it?",
    app_name_it: "Name it",
    app_edit_label: "Edit",
    app_save: "Save",
    app_colour: "Colour",
    app_icon: "Icon",
}

/// "Edit SalesBot"
pub fn app_edit(app: &KnownApp) -> String {
    match app.named_by {
        NamedBy::Nobody => say!("Name it: {app}", app = app.name),
        NamedBy::Meta | NamedBy::Team => say!("Edit {app}", app = app.name),
    }
}

/// "SalesBot is shown like this everywhere now."
pub fn app_saved(name: &str) -> String {
    say!("{name} is shown like this everywhere now.", name)
}

/// What a tint is called.
pub fn colour(colour: Colour) -> &'static str {
    match colour {
        Colour::Green => say!("Green"),
        Colour::Teal => say!("Teal"),
        Colour::Olive => say!("Olive"),
        Colour::Copper => say!("Copper"),
        Colour::Pink => say!("Pink"),
    }
}

/// What a picture is called.
pub fn mark(mark: Mark) -> &'static str {
    match mark {
        Mark::Bot => say!("Robot"),
        Mark::Sparkles => say!("Sparkles"),
        Mark::Zap => say!("Flash"),
        Mark::Package => say!("Parcel"),
        Mark::Ticket => say!("Ticket"),
        Mark::Calendar => say!("Calendar"),
        Mark::Message => say!("Speech bubble"),
        Mark::Globe => say!("Globe"),
    }
}
