//! The list, the navigation, and the state of the connection.

use super::NOBODY;
use domain::conversation::control::OwnerKind;
use domain::view::{Counters, View, WindowWord};

pub const INBOX: &str = "Inbox";
pub const UNAVAILABLE: &str = "The inbox cannot be shown";
pub const MAIN: &str = "Main";
pub const SEARCH: &str = "Search";
pub const SEARCH_HINT: &str = "Search names and messages";
pub const CLEAR_SEARCH: &str = "Clear search";
pub const CLEAR_FILTERS: &str = "Clear all";
pub const FILTER: &str = "Filter";
pub const FILTERS_SET: &str = "Filters";
pub const FILTER_OWNER: &str = "Who has control";
pub const FILTER_ASSIGNEE: &str = "Assigned to";
pub const FILTER_TEAM: &str = "Team";
pub const FILTER_PAGE: &str = "Page";
pub const FILTER_HANDED_OVER: &str = "The bot said";
pub const FILTER_HANDED_OVER_HINT: &str = "Words it handed over with";
pub const FILTER_WINDOW: &str = "Time to answer";
pub const ANY: &str = "Any";
pub const ME: &str = "Me";
pub const SOMEBODY_ELSE: &str = "Somebody else";
pub const ANOTHER_TEAM: &str = "Another team";
pub const LIST_MENU: &str = "More for this list";
pub const EXPORT_LIST: &str = "Export as CSV";
pub const EXPORT_DETAIL: &str = "This list with its filters";
pub const SHOW_BOTS: &str = "See what the bot does";
pub const WAKE: &str = "Bring it back now";
pub const SNOOZE: &str = "Snooze";
pub const SNOOZED_UNTIL_REPLY: &str = "Snoozed until the customer writes";
pub const WOKEN: &str = "Back from a snooze";
pub const SNOOZE_LATER: &str = "Later today";
pub const SNOOZE_TOMORROW: &str = "Tomorrow";
pub const SNOOZE_NEXT_WEEK: &str = "Next week";
pub const SNOOZE_UNTIL_REPLY: &str = "Until the customer writes";
pub const SNOOZE_PICK: &str = "At a time of your choice";
pub const SNOOZE_SET: &str = "Snooze until then";
pub const SNOOZE_PAST: &str = "That is in the past. Choose a later time.";
pub const SNOOZE_WAKES: &str = "A message from the customer brings it back at once.";
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
pub const CONNECT_A_PAGE: &str = "Connect a page";
pub const NO_PAGES: &str = "No page is connected yet";
pub const NO_PAGES_WORDS: &str = "Connect your Facebook page to receive what customers write. Without a Facebook app you can look around with the simulator: run “baton demo”.";
pub const NO_PAGES_ASK: &str =
    "A manager connects your Facebook page; what customers write then stands here.";
pub const SIGN_OUT: &str = "Sign out";
pub const SIGN_OUT_EVERYWHERE: &str = "Sign out on all devices";
pub const THEME_SYSTEM: &str = "Theme of the system";
pub const THEME_LIGHT: &str = "Light theme";
pub const THEME_DARK: &str = "Dark theme";
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

/// "Filter, 2 set"
pub fn filter_button(set: usize) -> String {
    match set {
        0 => FILTER.into(),
        number => format!("{FILTER}, {number} set"),
    }
}

/// A filter by owner, as a chip and in the form.
pub fn owner_filter(owner: OwnerKind) -> &'static str {
    match owner {
        OwnerKind::Ours => "We have control",
        OwnerKind::Bot => "A bot has control",
        OwnerKind::PageInbox => "The Page Inbox has control",
        OwnerKind::Idle => "Nobody has control",
        OwnerKind::Unknown => "Control unknown",
    }
}

/// A filter by what may be written.
pub fn window_filter(window: WindowWord) -> &'static str {
    match window {
        WindowWord::Open => "Open for everything",
        WindowWord::HumanAgent => "Open for people only",
        WindowWord::Closed => "Closed",
    }
}

/// "Assigned to Tom"
pub fn assigned_filter(who: &str) -> String {
    match who {
        ME => "Assigned to me".into(),
        NOBODY => "Assigned to nobody".into(),
        who => format!("{FILTER_ASSIGNEE} {who}"),
    }
}

/// "The bot said: returns"
pub fn handed_over_filter(said: &str) -> String {
    format!("{FILTER_HANDED_OVER}: {said}")
}

/// "Remove filter: Unread"
pub fn without(filter: &str) -> String {
    format!("Remove filter: {filter}")
}

/// "3 new"
pub fn news(number: usize) -> String {
    format!("{number} new")
}

/// "Snoozed until tomorrow, 09:00"
pub fn snoozed_until(moment: &str) -> String {
    format!("Snoozed until {moment}")
}

/// Why a list is empty, and what one can do: a heading and a sentence.
pub fn empty_view(
    view: View,
    only_unread: bool,
    other_filters: bool,
    text: Option<&str>,
    counters: &Counters,
) -> (String, String) {
    if let Some(text) = text {
        return (
            format!("Nothing found for “{text}”"),
            "Names and messages are searched in this view, by whole words; the last one may be only begun."
                .into(),
        );
    }
    if other_filters {
        return ("Nothing fits these filters".into(), "Take one away to see more.".into());
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
        (View::Snoozed, _) => (
            "Nothing snoozed",
            "Snooze a conversation and it comes back at its time, or when the customer writes.".into(),
        ),
        (View::Open | View::All, _) => {
            ("No conversations yet", "The first message to your page appears here by itself.".into())
        }
    };
    (title.into(), words)
}

/// "You are offline since 14:02. What you type is kept."
pub fn offline_since(clock: &str) -> String {
    format!("You are offline since {clock}. What is on screen may be old; what you write is kept.")
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
