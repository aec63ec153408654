//! The settings' frame.

words! {
    settings: "Settings",
    settings_unavailable: "The settings cannot be shown",
    section_unavailable: "This section cannot be shown",
    settings_profile: "Profile",
    settings_notifications: "Notifications",
    settings_shortcuts: "Shortcuts" as "keyboard",
    settings_people: "People",
    settings_workspace: "Workspace",
    settings_teams: "Teams",
    settings_pages: "Pages",
    settings_apps: "Known apps",
    settings_audit: "Audit log",
}
