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
    pub fn name(self) -> &'static str {
        match self {
            Self::Profile => text::settings_profile(),
            Self::Notifications => text::settings_notifications(),
            Self::Shortcuts => text::settings_shortcuts(),
            Self::Workspace => text::settings_workspace(),
            Self::People => text::settings_people(),
            Self::Teams => text::settings_teams(),
            Self::Fields => text::workflows::fields(),
            Self::Tags => text::workflows::tags(),
            Self::Hours => text::workflows::hours(),
            Self::Connections => text::connections::connections(),
            Self::Pages => text::settings_pages(),
            Self::Apps => text::settings_apps(),
            Self::Audit => text::settings_audit(),
        }
    }

    /// What one comes for, for whoever looks by that.
    pub fn synonyms(self) -> &'static str {
        match self {
            Self::Profile => {
                say!("name picture password two-factor authentication sessions language region theme")
            }
            Self::Notifications => say!("sound alerts browser test"),
            Self::Shortcuts => say!("keyboard keys"),
            Self::Workspace => say!("name"),
            Self::People => say!("invite role restrict deactivate members agents"),
            Self::Teams => say!("new team groups"),
            Self::Fields => say!("contact custom new field"),
            Self::Tags => say!("labels merge rename new tag"),
            Self::Hours => say!("business holidays schedule time zone"),
            Self::Connections => say!("ai google keys openai sheets"),
            Self::Pages => {
                say!("connect facebook health token permissions subscription pause disconnect routing")
            }
            Self::Apps => say!("bots known colour icon"),
            Self::Audit => say!("log who did what history export"),
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
