//! The apps that share a page with us, and how the team tells them apart.

use crate::{AppId, PageId, Timestamp};
use serde::{Deserialize, Serialize};

/// The longest name an app may have, in characters.
pub const MAX_NAME: usize = 40;

/// An app seen on a page, with how the team shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct KnownApp {
    pub app: AppId,
    pub name: String,
    pub colour: Colour,
    pub icon: Mark,
    pub named_by: NamedBy,
}

crate::object!(KnownApp { app, name, colour, icon, named_by });

/// The tint of an app's lock, icon and name. Blue, violet, amber and red mean something else and are not offered; each
/// of these is readable on every surface of both themes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Colour {
    #[default]
    Green,
    Teal,
    Olive,
    Copper,
    Pink,
}

impl Colour {
    pub const ALL: [Self; 5] = [Self::Green, Self::Teal, Self::Olive, Self::Copper, Self::Pink];

    /// The word stored and shown in `data-colour`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Green => "green",
            Self::Teal => "teal",
            Self::Olive => "olive",
            Self::Copper => "copper",
            Self::Pink => "pink",
        }
    }
}

/// The picture beside an app's name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    #[default]
    Bot,
    Sparkles,
    Zap,
    Package,
    Ticket,
    Calendar,
    Message,
    Globe,
}

impl Mark {
    pub const ALL: [Self; 8] = [
        Self::Bot,
        Self::Sparkles,
        Self::Zap,
        Self::Package,
        Self::Ticket,
        Self::Calendar,
        Self::Message,
        Self::Globe,
    ];

    /// The word stored.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Bot => "bot",
            Self::Sparkles => "sparkles",
            Self::Zap => "zap",
            Self::Package => "package",
            Self::Ticket => "ticket",
            Self::Calendar => "calendar",
            Self::Message => "message",
            Self::Globe => "globe",
        }
    }
}

/// Whose name it is that an app has. A later one replaces an earlier one, never the other way round.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NamedBy {
    /// A stand-in made from the id: somebody should name it.
    #[default]
    Nobody,
    /// What Facebook calls the app.
    Meta,
    Team,
}

impl NamedBy {
    /// The word stored: `nobody`, `meta`, `team`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Nobody => "nobody",
            Self::Meta => "meta",
            Self::Team => "team",
        }
    }
}

impl KnownApp {
    /// An app nobody has named, under a name made from its id.
    pub fn unnamed(app: AppId) -> Self {
        Self {
            name: format!("App {app}"),
            app,
            colour: Colour::default(),
            icon: Mark::default(),
            named_by: NamedBy::Nobody,
        }
    }
}

/// Why an app cannot be called like this.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadName {
    #[error("Give the app a name your team knows it by.")]
    Empty,
    #[error("The name is too long: at most {MAX_NAME} characters.")]
    TooLong,
}

/// The name as it is kept: without blanks around it, on one line.
pub fn tidy_name(name: &str) -> Result<String, BadName> {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let name: String = name.chars().filter(|letter| !letter.is_control()).collect();
    match name.chars().count() {
        0 => Err(BadName::Empty),
        length if length > MAX_NAME => Err(BadName::TooLong),
        _ => Ok(name),
    }
}

/// What an app did on one page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sighting {
    pub page_id: PageId,
    pub page_name: String,
    pub app: AppId,
    pub first_at: Timestamp,
    pub last_at: Timestamp,
    /// Messages it wrote.
    pub messages: i64,
    /// Conversations it has control of now.
    pub holds: i64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_one_line_of_some_length() {
        assert_eq!(tidy_name("  Sales \n Bot ").as_deref(), Ok("Sales Bot"));
        assert_eq!(tidy_name(" \t"), Err(BadName::Empty));
        assert_eq!(tidy_name(&"a".repeat(MAX_NAME + 1)), Err(BadName::TooLong));
    }

    #[test]
    fn the_team_has_the_last_word() {
        assert!(NamedBy::Team > NamedBy::Meta && NamedBy::Meta > NamedBy::Nobody);
    }
}
