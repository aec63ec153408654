//! The list, the navigation, and the state of the connection.

use super::nobody;
use domain::conversation::control::OwnerKind;
use domain::view::{Counters, View, WindowWord};

words! {
    inbox: "Inbox",
    unavailable: "The inbox cannot be shown",
    main: "Main",
    search: "Search",
    search_hint: "Search names and messages",
    clear_search: "Clear search",
    clear_filters: "Clear all",
    filter: "Filter",
    filters_set: "Filters",
    filter_owner: "Who has control",
    filter_assignee: "Assigned to",
    filter_team: "Team",
    filter_page: "Page",
    filter_handed_over: "The bot said",
    filter_handed_over_hint: "Words it handed over with",
    filter_window: "Time to answer",
    any: "Any",
    me: "Me",
    somebody_else: "Somebody else",
    another_team: "Another team",
    list_menu: "More for this list",
    export_list: "Export as CSV",
    export_detail: "This list with its filters",
    show_bots: "See what the bot does",
    wake: "Bring it back now",
    snooze: "Snooze",
    snoozed_until_reply: "Snoozed until the customer writes",
    woken: "Back from a snooze",
    snooze_later: "Later today",
    snooze_tomorrow: "Tomorrow",
    snooze_next_week: "Next week",
    snooze_until_reply: "Until the customer writes",
    snooze_pick: "At a time of your choice",
    snooze_set: "Snooze until then",
    snooze_past: "That is in the past. Choose a later time.",
    snooze_wakes: "A message from the customer brings it back at once.",
    only_unread: "Unread only",
    more_rows: "Show more",
    end_of_list: "That is all.",
    loading: "Loading",
    unread: "Unread",
    not_sent: "Not sent",
    failed_mark: "A message may not have arrived",
    draft: "Draft:",
    you: "You",
    profile: "Profile and settings",
    connect_a_page: "Connect a page",
    no_pages: "No page is connected yet",
    no_pages_words: "Connect your Facebook page to receive what customers write. Without a Facebook app you can look around with the simulator: run “baton demo”.",
    no_pages_ask: "A manager connects your Facebook page; what customers write then stands here.",
    sign_out: "Sign out",
    sign_out_everywhere: "Sign out on all devices",
    theme_system: "Theme of the system",
    theme_light: "Light theme",
    theme_dark: "Dark theme",
    nothing_chosen_title: "Choose a conversation",
    nothing_chosen: "J and K walk through the list, Enter opens.",
    reconnecting: "Connection lost, trying again",
    session_ended_title: "Your sign-in has ended",
    session_ended: "Sign in again in the window that opens, then come back here. What you typed is kept.",
    session_open_sign_in: "Open sign-in",
    session_go_on: "I am signed in",
    session_still_ended: "Not signed in yet. Use the sign-in window first.",
    done: "Done",
}

/// The name of a view.
pub fn view_name(view: View) -> &'static str {
    match view {
        View::Mine => say!("Mine"),
        View::Unassigned => say!("Unassigned"),
        View::Open => say!("All open"),
        View::WithBot => say!("With bot"),
        View::Closed => say!("Closed"),
        View::Snoozed => say!("Snoozed"),
        View::All => say!("All"),
    }
}

/// "Filter, 2 set"
pub fn filter_button(set: usize) -> String {
    match set {
        0 => filter().into(),
        number => say!("Filter, {number} set", number),
    }
}

/// A filter by owner, as a chip and in the form.
pub fn owner_filter(owner: OwnerKind) -> &'static str {
    match owner {
        OwnerKind::Ours => say!("We have control"),
        OwnerKind::Bot => say!("A bot has control"),
        OwnerKind::PageInbox => say!("The Page Inbox has control"),
        OwnerKind::Idle => say!("Nobody has control"),
        OwnerKind::Unknown => say!("Control unknown"),
    }
}

/// A filter by what may be written.
pub fn window_filter(window: WindowWord) -> &'static str {
    match window {
        WindowWord::Open => say!("Open for everything"),
        WindowWord::HumanAgent => say!("Open for people only"),
        WindowWord::Closed => say!("Closed"),
    }
}

/// "Assigned to Tom"
pub fn assigned_filter(who: &str) -> String {
    match who {
        who if who == me() => say!("Assigned to me").into(),
        who if who == nobody() => say!("Assigned to nobody").into(),
        who => say!("Assigned to {who}", who),
    }
}

/// "The bot said: returns"
pub fn handed_over_filter(said: &str) -> String {
    say!("The bot said: {said}", said)
}

/// "Remove filter: Unread"
pub fn without(filter: &str) -> String {
    say!("Remove filter: {filter}", filter)
}

/// "3 new"
pub fn news(number: usize) -> String {
    say!("{number} new", number)
}

/// "Snoozed until tomorrow, 09:00"
pub fn snoozed_until(moment: &str) -> String {
    say!("Snoozed until {moment}", moment)
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
            say!("Nothing found for “{text}”", text),
            say!("Names and messages are searched in this view, by whole words; the last one may be only begun.")
                .into(),
        );
    }
    if other_filters {
        return (say!("Nothing fits these filters").into(), say!("Take one away to see more.").into());
    }
    let bots = match counters.with_bot.all {
        0 => String::new(),
        1 => say!(" One conversation is with the bot.").into(),
        number => say!(" {number} conversations are with the bot.", number),
    };
    let (title, words) = match (view, only_unread) {
        (_, true) => (say!("Nothing unread"), say!("Nobody waits for an answer here.{bots}", bots)),
        (View::Mine, _) => (
            say!("Nothing assigned to you"),
            say!("Take over a thread or assign one to yourself; it then stands here.").into(),
        ),
        (View::Unassigned, _) => (
            say!("Nothing unassigned"),
            say!("Everything outside the bot’s hands has somebody who cares for it.{bots}", bots),
        ),
        (View::WithBot, _) => (
            say!("Nothing with the bot"),
            say!("When a bot answers a customer, the thread stands here, locked and read.").into(),
        ),
        (View::Closed, _) => (
            say!("Nothing closed"),
            say!("Closed conversations stand here until the customer writes again.").into(),
        ),
        (View::Snoozed, _) => (
            say!("Nothing snoozed"),
            say!("Snooze a conversation and it comes back at its time, or when the customer writes.").into(),
        ),
        (View::Open | View::All, _) => (
            say!("No conversations yet"),
            say!("The first message to your page appears here by itself.").into(),
        ),
    };
    (title.into(), words)
}

/// "You are offline since 14:02. What you type is kept."
pub fn offline_since(clock: &str) -> String {
    say!("You are offline since {clock}. What is on screen may be old; what you write is kept.", clock)
}

/// "Shoe Shop is no longer connected"
pub fn page_removed_title(page: &str) -> String {
    say!("{page} is no longer connected", page)
}

/// Why nothing can be written on a page a manager disconnected.
pub fn page_removed(by: &str) -> String {
    say!("{by} disconnected it. The history stays; a manager can connect it again under Settings, Pages.", by)
}

/// The title of the window: unread conversations that wait for people come first.
pub fn window_title(unread: i64, who: Option<&str>) -> String {
    let place = who.unwrap_or(inbox());
    match unread {
        ..=0 => say!("{place} · Baton", place),
        number => say!("({number}) {place} · Baton", number, place),
    }
}
