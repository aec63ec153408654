//! The sections of the settings, in the order they are offered.

use crate::text;
use domain::person::{Act, Person};

/// One section.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    Profile,
    Notifications,
    Shortcuts,
    Workspace,
    People,
    Teams,
    Fields,
    Tags,
    Hours,
    Connections,
    Pages,
    Apps,
    Audit,
}

impl Section {
    pub const ALL: [Self; 13] = [
        Self::Profile,
        Self::Notifications,
        Self::Shortcuts,
        Self::Workspace,
        Self::People,
        Self::Teams,
        Self::Fields,
        Self::Tags,
        Self::Hours,
        Self::Connections,
        Self::Pages,
        Self::Apps,
        Self::Audit,
    ];

    /// The word in its address, `/settings/{word}`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Profile => "profile",
            Self::Notifications => "notifications",
            Self::Shortcuts => "shortcuts",
            Self::Workspace => "workspace",
            Self::People => "people",
            Self::Teams => "teams",
            Self::Fields => "fields",
            Self::Tags => "tags",
            Self::Hours => "hours",
            Self::Connections => "connections",
            Self::Pages => "pages",
            Self::Apps => "apps",
            Self::Audit => "audit",
        }
    }

    /// What it is called.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Profile => text::SETTINGS_PROFILE,
            Self::Notifications => text::SETTINGS_NOTIFICATIONS,
            Self::Shortcuts => text::SETTINGS_SHORTCUTS,
            Self::Workspace => text::SETTINGS_WORKSPACE,
            Self::People => text::SETTINGS_PEOPLE,
            Self::Teams => text::SETTINGS_TEAMS,
            Self::Fields => text::workflows::FIELDS,
            Self::Tags => text::workflows::TAGS,
            Self::Hours => text::workflows::HOURS,
            Self::Connections => text::connections::CONNECTIONS,
            Self::Pages => text::SETTINGS_PAGES,
            Self::Apps => text::SETTINGS_APPS,
            Self::Audit => text::SETTINGS_AUDIT,
        }
    }

    /// What one comes for, for whoever looks by that.
    pub const fn synonyms(self) -> &'static str {
        match self {
            Self::Profile => "name picture password two-factor authentication sessions language region theme",
            Self::Notifications => "sound alerts browser test",
            Self::Shortcuts => "keyboard keys",
            Self::Workspace => "name",
            Self::People => "invite role restrict deactivate members agents",
            Self::Teams => "new team groups",
            Self::Fields => "contact custom new field",
            Self::Tags => "labels merge rename new tag",
            Self::Hours => "business holidays schedule time zone",
            Self::Connections => "ai google keys openai sheets",
            Self::Pages => "connect facebook health token permissions subscription pause disconnect routing",
            Self::Apps => "bots known colour icon",
            Self::Audit => "log who did what history export",
        }
    }

    pub const fn icon(self) -> &'static str {
        match self {
            Self::Profile => "user",
            Self::Notifications => "bell",
            Self::Shortcuts => "keyboard",
            Self::Workspace => "settings",
            Self::People => "user-plus",
            Self::Teams => "users",
            Self::Fields => "braces",
            Self::Tags => "tag",
            Self::Hours => "clock",
            Self::Connections => "globe",
            Self::Pages => "flag",
            Self::Apps => "bot",
            Self::Audit => "book-open",
        }
    }

    /// Whether it is about oneself; the others are about the workspace.
    pub const fn is_personal(self) -> bool {
        matches!(self, Self::Profile | Self::Notifications | Self::Shortcuts)
    }

    /// Whether this person finds it. The server refuses the others by itself.
    pub fn is_for(self, person: &Person) -> bool {
        match self {
            Self::Connections => person.may(Act::HoldKeys),
            _ => self.is_personal() || person.may(Act::Configure),
        }
    }
}
