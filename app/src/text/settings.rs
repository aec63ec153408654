//! The settings' frame.

pub const SETTINGS: &str = "Settings";
pub const SETTINGS_UNAVAILABLE: &str = "The settings cannot be shown";
pub const SECTION_UNAVAILABLE: &str = "This section cannot be shown";
pub const SETTINGS_PROFILE: &str = "Profile";
pub const SETTINGS_NOTIFICATIONS: &str = "Notifications";
pub const SETTINGS_SHORTCUTS: &str = "Shortcuts";
pub const SETTINGS_PEOPLE: &str = "People";
pub const SETTINGS_WORKSPACE: &str = "Workspace";
pub const SETTINGS_TEAMS: &str = "Teams";
pub const SETTINGS_PAGES: &str = "Pages";
pub const SETTINGS_APPS: &str = "Known apps";
pub const SETTINGS_AUDIT: &str = "Audit log";
