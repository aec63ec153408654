//! Light, dark, or as the system has it.

use crate::browser;
use crate::text;

/// How the screen is lit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    System,
    Light,
    Dark,
}

/// Where the choice is kept; the document reads it before it paints.
const KEPT: &str = "baton.theme";
const ATTRIBUTE: &str = "data-theme";

impl Theme {
    pub const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    /// The theme this page wears.
    pub fn of_page() -> Self {
        match browser::root_attribute(ATTRIBUTE).as_deref() {
            Some("light") => Self::Light,
            Some("dark") => Self::Dark,
            _ => Self::System,
        }
    }

    /// Wears it from now on, in this browser.
    pub fn put_on(self) {
        let word = match self {
            Self::System => None,
            Self::Light => Some("light"),
            Self::Dark => Some("dark"),
        };
        browser::set_root_attribute(ATTRIBUTE, word);
        browser::keep(KEPT, word.unwrap_or_default());
    }

    /// Its picture.
    pub fn icon(self) -> &'static str {
        match self {
            Self::System => "monitor",
            Self::Light => "sun",
            Self::Dark => "moon",
        }
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::System => text::THEME_SYSTEM,
            Self::Light => text::THEME_LIGHT,
            Self::Dark => text::THEME_DARK,
        }
    }
}
