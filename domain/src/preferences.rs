//! How somebody likes the product: their keys, how they want to be called, which language it speaks, and how dates and
//! numbers are written.

use crate::Timestamp;
use crate::attention::Event;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What one person chose. Everything left alone is as the product comes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Preferences {
    pub shortcuts: Shortcuts,
    pub attention: Wishes,
    pub region: Region,
    /// Nothing: as the browser says.
    pub language: Option<Language>,
}

/// A language the screens speak.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Language {
    /// The one the product is written in.
    #[default]
    #[serde(rename = "en")]
    English,
    #[serde(rename = "de")]
    German,
}

impl Language {
    pub const ALL: [Self; 2] = [Self::English, Self::German];

    /// Its tag, as it is stored and stands in a document (BCP 47).
    pub const fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::German => "de",
        }
    }

    /// What it calls itself, so that whoever speaks nothing else finds it.
    pub const fn own_name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::German => "Deutsch",
        }
    }

    /// The language with this tag.
    pub fn of(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| language.tag() == tag)
    }

    /// The language somebody likes best of those the screens speak, by what their browser accepts (RFC 9110, section
    /// 12.5.4); English when it names none of them.
    pub fn accepted(header: &str) -> Self {
        let wanted = header.split(',').filter_map(|one| {
            let (range, weight) = one.split_once(';').unwrap_or((one, "q=1"));
            let weight = weight.trim().to_ascii_lowercase();
            let weight: f32 = weight.strip_prefix("q=")?.trim().parse().ok()?;
            let primary = range.trim().split('-').next()?.to_ascii_lowercase();
            (weight > 0.0).then_some((Self::of(&primary)?, weight))
        });
        // Of equals the first one named wins.
        let best = wanted.reduce(|best, one| if one.1 > best.1 { one } else { best });
        best.map_or_else(Self::default, |(language, _)| language)
    }
}

/// How dates, times and numbers are written, whatever the language.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Region {
    /// As the browser says.
    #[default]
    Browser,
    /// 21 Nov 2026, 14:03, 12,345.6
    UnitedKingdom,
    /// Nov 21, 2026, 2:03 PM, 12,345.6
    UnitedStates,
    /// 21.11.2026, 14:03, 12.345,6
    Germany,
    /// 21/11/2026, 14:03, 12 345,6
    France,
    /// 21/11/2026, 14:03, 12.345,6
    Spain,
    /// 2026-11-21, 14:03, 12 345,6
    Sweden,
}

impl Region {
    pub const ALL: [Self; 7] = [
        Self::Browser,
        Self::UnitedKingdom,
        Self::UnitedStates,
        Self::Germany,
        Self::France,
        Self::Spain,
        Self::Sweden,
    ];

    /// The word it is stored under.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Browser => "browser",
            Self::UnitedKingdom => "united_kingdom",
            Self::UnitedStates => "united_states",
            Self::Germany => "germany",
            Self::France => "france",
            Self::Spain => "spain",
            Self::Sweden => "sweden",
        }
    }

    /// The region that writes as a browser's language tag says (BCP 47, such as `de-AT`). What is not known is written
    /// as in the United Kingdom: the day first, 24 hours.
    pub fn of_language(tag: &str) -> Self {
        let tag = tag.to_ascii_lowercase();
        let mut parts = tag.split(['-', '_']);
        match (parts.next(), parts.next_back()) {
            (Some("en"), None | Some("us")) => Self::UnitedStates,
            (Some("de" | "pl" | "cs" | "da" | "nb" | "fi" | "tr" | "ru" | "uk"), _) => Self::Germany,
            (Some("fr"), _) => Self::France,
            (Some("es" | "it" | "pt" | "el" | "ca"), _) => Self::Spain,
            (Some("sv" | "lt"), _) => Self::Sweden,
            _ => Self::UnitedKingdom,
        }
    }
}

/// The keys somebody changed, by the action they belong to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Shortcuts {
    /// Whether letters and signs act by themselves (WCAG 2.1.4).
    pub single_keys: bool,
    /// Sequences such as `mod+k` or `g b`; an empty list leaves the action without a key.
    pub own: BTreeMap<String, Vec<String>>,
}

impl Default for Shortcuts {
    fn default() -> Self {
        Self { single_keys: true, own: BTreeMap::new() }
    }
}

/// Ways to call somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    Sound,
    /// A notification of the browser, seen outside the window.
    Desktop,
}

impl Channel {
    pub const ALL: [Self; 2] = [Self::Sound, Self::Desktop];
}

/// By which ways one event calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ways {
    pub sound: bool,
    pub desktop: bool,
}

impl Ways {
    /// Every way.
    pub const ALL: Self = Self { sound: true, desktop: true };

    /// Whether this way is wanted.
    pub const fn by(self, channel: Channel) -> bool {
        match channel {
            Channel::Sound => self.sound,
            Channel::Desktop => self.desktop,
        }
    }

    /// The same with one way wanted or not.
    #[must_use]
    pub const fn with(self, channel: Channel, wanted: bool) -> Self {
        match channel {
            Channel::Sound => Self { sound: wanted, ..self },
            Channel::Desktop => Self { desktop: wanted, ..self },
        }
    }
}

/// Which events call somebody, and how.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Wishes {
    pub message: Ways,
    pub handed_over: Ways,
    pub woken: Ways,
    pub assigned: Ways,
    pub mentioned: Ways,
    pub failed: Ways,
    pub page: Ways,
    /// How loud, from 0 to 100.
    pub volume: u8,
    /// Until then nothing calls.
    pub quiet_until: Option<Timestamp>,
}

impl Default for Wishes {
    fn default() -> Self {
        Self {
            message: Ways::ALL,
            handed_over: Ways::ALL,
            woken: Ways::ALL,
            assigned: Ways::ALL,
            mentioned: Ways::ALL,
            failed: Ways::ALL,
            page: Ways::ALL,
            volume: 60,
            quiet_until: None,
        }
    }
}

impl Wishes {
    /// By which ways an event calls.
    pub const fn ways(&self, event: Event) -> Ways {
        match event {
            Event::Message => self.message,
            Event::HandedOver => self.handed_over,
            Event::Woken => self.woken,
            Event::Assigned => self.assigned,
            Event::Mentioned => self.mentioned,
            Event::Failed => self.failed,
            Event::Page => self.page,
        }
    }

    /// The ways of an event, to be changed.
    pub fn ways_mut(&mut self, event: Event) -> &mut Ways {
        match event {
            Event::Message => &mut self.message,
            Event::HandedOver => &mut self.handed_over,
            Event::Woken => &mut self.woken,
            Event::Assigned => &mut self.assigned,
            Event::Mentioned => &mut self.mentioned,
            Event::Failed => &mut self.failed,
            Event::Page => &mut self.page,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_speaks_what_the_browser_likes_best_of_what_there_is() {
        for (header, language) in [
            ("de-AT,de;q=0.9,en;q=0.8", Language::German),
            ("fr, de;q=0.7, en;q=0.8", Language::English),
            ("en-GB", Language::English),
            ("DE;Q=0.9, en;q=0.8", Language::German),
            ("de;q=0, en;q=0.1", Language::English),
            ("fr", Language::English),
            ("", Language::English),
            (";q=;de,,", Language::English),
            ("de;q=high, en;q=0.2", Language::English),
        ] {
            assert_eq!(Language::accepted(header), language, "{header}");
        }
    }

    #[test]
    fn preferences_from_before_there_was_a_language_follow_the_browser() {
        let old: Preferences = serde_json::from_str(r#"{"region":"sweden"}"#).unwrap();
        assert_eq!((old.region, old.language), (Region::Sweden, None));
    }

    #[test]
    fn a_browsers_language_says_how_dates_and_numbers_are_written() {
        let of = Region::of_language;
        assert_eq!(
            (of("en-US"), of("en-GB"), of("en")),
            (Region::UnitedStates, Region::UnitedKingdom, Region::UnitedStates)
        );
        assert_eq!(
            (of("de-AT"), of("fr-CA"), of("sv-SE")),
            (Region::Germany, Region::France, Region::Sweden)
        );
        assert_eq!((of("zz"), of("")), (Region::UnitedKingdom, Region::UnitedKingdom));
        for region in Region::ALL {
            assert_eq!(serde_json::to_string(&region).unwrap(), format!("\"{}\"", region.as_str()));
        }
    }

    #[test]
    fn what_somebody_never_chose_is_as_the_product_comes() {
        let read: Preferences = serde_json::from_str(r#"{"shortcuts":{"single_keys":false}}"#).unwrap();
        assert!(!read.shortcuts.single_keys);
        assert_eq!(read.attention, Wishes::default());
        assert!(serde_json::from_str::<Preferences>(r#"{"theme":"pink"}"#).is_err());
    }
}
