//! The list, the navigation, and the state of the connection.

use domain::view::{Counters, View};

pub const INBOX: &str = "Inbox";
pub const UNAVAILABLE: &str = "The inbox cannot be shown";
pub const MAIN: &str = "Main";
pub const SEARCH: &str = "Search";
pub const SEARCH_HINT: &str = "Search names and messages (/)";
pub const CLEAR_SEARCH: &str = "Clear search";
pub const ONLY_UNREAD: &str = "Unread only";
pub const MORE_ROWS: &str = "Show more";
pub const END_OF_LIST: &str = "That is all.";
pub const LOADING: &str = "Loading";
pub const UNREAD: &str = "Unread";
pub const NOT_SENT: &str = "Not sent";
pub const FAILED_MARK: &str = "A message may not have arrived";
pub const DRAFT: &str = "Draft:";
pub const YOU: &str = "You";
pub const PROFILE: &str = "Profile and settings";
pub const SIGN_OUT: &str = "Sign out";
pub const SIGN_OUT_EVERYWHERE: &str = "Sign out on all devices";
pub const THEME_SYSTEM: &str = "Theme of the system";
pub const THEME_LIGHT: &str = "Light theme";
pub const THEME_DARK: &str = "Dark theme";
pub const SHORTCUTS: &str = "Keyboard shortcuts";
pub const NOTHING_CHOSEN_TITLE: &str = "Choose a conversation";
pub const NOTHING_CHOSEN: &str = "J and K walk through the list, Enter opens.";
pub const RECONNECTING: &str = "Connection lost, trying again";
pub const SESSION_ENDED_TITLE: &str = "Your sign-in has ended";
pub const SESSION_ENDED: &str =
    "Sign in again in the window that opens, then come back here. What you typed is kept.";
pub const SESSION_OPEN_SIGN_IN: &str = "Open sign-in";
pub const SESSION_GO_ON: &str = "I am signed in";
pub const SESSION_STILL_ENDED: &str = "Not signed in yet. Use the sign-in window first.";
pub const DONE: &str = "Done";

/// The name of a view.
pub fn view_name(view: View) -> &'static str {
    match view {
        View::Mine => "Mine",
        View::Unassigned => "Unassigned",
        View::Open => "All open",
        View::WithBot => "With bot",
        View::Closed => "Closed",
        View::Snoozed => "Snoozed",
        View::All => "All",
    }
}

/// Why a list is empty, and what one can do: a heading and a sentence.
pub fn empty_view(
    view: View,
    only_unread: bool,
    text: Option<&str>,
    counters: &Counters,
) -> (String, String) {
    if let Some(text) = text {
        return (
            format!("Nothing found for “{text}”"),
            "Names and messages are searched in this view.".into(),
        );
    }
    let bots = match counters.with_bot.all {
        0 => String::new(),
        1 => " One conversation is with the bot.".into(),
        number => format!(" {number} conversations are with the bot."),
    };
    let (title, words) = match (view, only_unread) {
        (_, true) => ("Nothing unread", format!("Nobody waits for an answer here.{bots}")),
        (View::Mine, _) => (
            "Nothing assigned to you",
            "Take over a thread or assign one to yourself; it then stands here.".into(),
        ),
        (View::Unassigned, _) => (
            "Nothing unassigned",
            format!("Everything outside the bot’s hands has somebody who cares for it.{bots}"),
        ),
        (View::WithBot, _) => (
            "Nothing with the bot",
            "When a bot answers a customer, the thread stands here, locked and read.".into(),
        ),
        (View::Closed, _) => {
            ("Nothing closed", "Closed conversations stand here until the customer writes again.".into())
        }
        (View::Open | View::Snoozed | View::All, _) => {
            ("No conversations yet", "The first message to your page appears here by itself.".into())
        }
    };
    (title.into(), words)
}

/// "You are offline since 14:02. What you type is kept."
pub fn offline_since(clock: &str) -> String {
    format!("You are offline since {clock}. What is on screen may be old; what you type is kept.")
}

/// "Shoe Shop is disconnected: …"
pub fn page_disconnected(page: &str, reason: &str) -> String {
    format!("{page} is disconnected. {reason} Messages wait until a manager reconnects it.")
}

/// "Shoe Shop is no longer connected"
pub fn page_removed_title(page: &str) -> String {
    format!("{page} is no longer connected")
}

/// Why nothing can be written on a page a manager disconnected.
pub fn page_removed(by: &str) -> String {
    format!("{by} disconnected it. The history stays; a manager can connect it again under Settings, Pages.")
}

/// The title of the window: unread conversations that wait for people come first.
pub fn window_title(unread: i64, who: Option<&str>) -> String {
    let place = who.unwrap_or(INBOX);
    match unread {
        ..=0 => format!("{place} · Baton"),
        number => format!("({number}) {place} · Baton"),
    }
}

/// The keyboard map, as the help shows it.
pub const KEYS: [(&str, &str); 15] = [
    ("J", "Next conversation"),
    ("K", "Previous conversation"),
    ("Enter", "Open it and write"),
    ("R", "Reply"),
    ("Ctrl Enter", "Send"),
    ("Ctrl Shift Enter", "Send and reset control"),
    ("T", "Take over"),
    ("Y", "Re-sync"),
    ("B", "Reset control"),
    ("I", "Assign to me"),
    ("E", "Close or reopen"),
    ("U", "Mark as read or unread"),
    ("/", "Search"),
    ("Esc", "Leave the text; it is kept"),
    ("?", "This help"),
];
