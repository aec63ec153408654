//! The apps beside us.

use domain::apps::{Colour, KnownApp, Mark, NamedBy};

pub const APPS_LEAD: &str = "Apps that answered on your pages, or had control of a conversation. Their names, colours and icons show wherever they do: on locks, messages and in the control history.";
pub const APPS_UNAVAILABLE: &str = "The apps cannot be shown";
pub const APPS_NONE_TITLE: &str = "No other app has been seen yet";
pub const APPS_NONE: &str =
    "When a bot answers on one of your pages, it appears here by itself and you can name it.";
pub const APP_NAME: &str = "Name";
pub const APP_NAME_EXAMPLE: &str = "SalesBot";
pub const APP_ID: &str = "App id";
pub const APP_PAGES: &str = "Seen on";
pub const APP_FIRST_SEEN: &str = "First seen";
pub const APP_LAST_SEEN: &str = "Last seen";
pub const APP_MESSAGES: &str = "Messages";
pub const APP_NOT_SEEN: &str = "Not yet";
pub const APP_UNNAMED: &str = "Nobody has named it. What do you call it?";
pub const APP_NAME_IT: &str = "Name it";
pub const APP_EDIT: &str = "Edit";
pub const APP_SAVE: &str = "Save";
pub const APP_COLOUR: &str = "Colour";
pub const APP_ICON: &str = "Icon";

/// "Edit SalesBot"
pub fn app_edit(app: &KnownApp) -> String {
    match app.named_by {
        NamedBy::Nobody => format!("{APP_NAME_IT}: {}", app.name),
        NamedBy::Meta | NamedBy::Team => format!("{APP_EDIT} {}", app.name),
    }
}

/// "SalesBot is shown like this everywhere now."
pub fn app_saved(name: &str) -> String {
    format!("{name} is shown like this everywhere now.")
}

/// What a tint is called.
pub fn colour(colour: Colour) -> &'static str {
    match colour {
        Colour::Green => "Green",
        Colour::Teal => "Teal",
        Colour::Olive => "Olive",
        Colour::Copper => "Copper",
        Colour::Pink => "Pink",
    }
}

/// What a picture is called.
pub fn mark(mark: Mark) -> &'static str {
    match mark {
        Mark::Bot => "Robot",
        Mark::Sparkles => "Sparkles",
        Mark::Zap => "Flash",
        Mark::Package => "Parcel",
        Mark::Ticket => "Ticket",
        Mark::Calendar => "Calendar",
        Mark::Message => "Speech bubble",
        Mark::Globe => "Globe",
    }
}
