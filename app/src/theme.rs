//! Light, dark, or as the system has it: worn by the document, kept in the browser and with the person.

use crate::api::{self, Theme};
use crate::browser;
use crate::text;
use leptos::task::spawn_local;

/// Where the choice is kept; the document reads it before it paints.
const KEPT: &str = "baton.theme";
const ATTRIBUTE: &str = "data-theme";

impl Theme {
    /// The theme this page wears.
    pub fn of_page() -> Self {
        browser::root_attribute(ATTRIBUTE).map(|word| Self::of(&word)).unwrap_or_default()
    }

    /// Wears it from now on, here and wherever the person signs in.
    pub fn put_on(self) {
        let word = (self != Self::System).then_some(self.as_str());
        browser::set_root_attribute(ATTRIBUTE, word);
        browser::keep(KEPT, word.unwrap_or_default());
        spawn_local(async move {
            // Not remembered on the server, it is still worn here.
            let _kept_here_at_least = api::set_theme(self).await;
        });
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
            Self::System => text::theme_system(),
            Self::Light => text::theme_light(),
            Self::Dark => text::theme_dark(),
        }
    }
}
