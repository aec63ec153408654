//! Actions, their keys and what follows from them.

use crate::keymap::{Action, Group, Keys, Misfit, Stroke};
use crate::state::OwnerName;
use domain::conversation::control::OwnerKind;
use domain::view::ControlView;

words! {
    shortcuts: "Keyboard shortcuts",
    palette: "Command palette",
    palette_field: "What do you want to do?",
    palette_placeholder: "Search actions, conversations, people…",
    palette_results: "Suggestions",
    palette_assign_placeholder: "Assign to whom?",
    palette_move: "to move",
    palette_choose: "to choose",
    palette_close: "to close",
    section_recent: "Recent",
    section_actions: "Actions",
    section_page: "On this page",
    section_conversations: "Conversations",
    section_views: "Go to",
    section_people: "Assign to",
    section_flows: "Workflows",
    section_filters: "Filter the list",
    filter_mine: "Assigned to me",
    filter_nobodys: "Assigned to nobody",
    after_quiet: "No sounds and no notifications until then",
    after_assign_to_me: "It stands in your list",
    after_attach: "Nothing leaves before you send it",
    searching: "Searching conversations…",
    open_one_first: "Open a conversation first.",
    facebook_is_asked: "Facebook is being asked already. One moment.",
    control_is_ours: "We have control already. You can write.",
    control_is_not_ours: "We do not have control, so there is nothing to give back.",
    yours_already: "It is assigned to you already.",
    not_snoozed: "It is not snoozed.",
    closed_already: "It is closed already.",
    after_wake: "It stands in the list again",
    after_close_with_note: "Say what it was about, for workflows and reports",
    after_delete: "With everything known about the contact; you are asked first",
    nothing_written: "Nothing is written yet.",
    for_the_team: "For the whole team",
    not_permitted: "You may not do that. A manager can change what you may do.",
    go_then: "then",
    quiet_end: "Resume notifications",
    quiet_for_an_hour: "Notifications pause for an hour.",
    quiet_is_over: "Notifications are on again.",
    no_key: "no key",
    or: "or",
    change_keys: "Change the keys in the settings",
    single_keys_are_off: "Single keys are switched off. Those with Ctrl, Alt or Enter still work.",

    shortcuts_lead: "Keys follow you to every browser you sign in with. Single keys act only while you are not typing.",
    single_keys: "Single-key shortcuts",
    single_keys_hint: "Switch them off when you dictate, or press keys by accident. Those with Ctrl, Alt or Enter stay.",
    reset_keys: "Back to the standard",
    reset_all_keys: "Set all keys back",
    press_keys: "Press the new keys…",
    press_hint: "One key, a key with Ctrl or Alt, or two keys in a row. Esc leaves it as it is.",
    change: "Change",
    remove_keys: "Remove",
    fixed_keys: "Always there: Tab and Shift Tab move on, arrows walk inside lists and menus, Esc closes and leaves.",
    kept: "Kept.",
}

/// The name of an action.
pub fn action_name(action: Action) -> &'static str {
    match action {
        Action::Palette => palette(),
        Action::Help => shortcuts(),
        Action::Quiet => say!("Pause notifications for an hour"),
        Action::ThemeLight => super::theme_light(),
        Action::ThemeDark => super::theme_dark(),
        Action::ThemeSystem => super::theme_system(),
        Action::Search => say!("Search the list"),
        Action::Next => say!("Next conversation"),
        Action::Previous => say!("Previous conversation"),
        Action::Write => say!("Open it and write"),
        Action::TakeOver => super::take_over(),
        Action::Resync => super::resync(),
        Action::ResetControl => super::reset_control(),
        Action::Reply => say!("Reply"),
        Action::Note => super::write_note(),
        Action::SearchThread => super::search_in_thread(),
        Action::Assign => say!("Assign to…"),
        Action::AssignToMe => say!("Assign to me"),
        Action::ToggleClosed => say!("Close or reopen"),
        Action::ToggleUnread => say!("Mark as read or unread"),
        Action::Snooze => super::snooze(),
        Action::Wake => super::wake(),
        Action::CloseWithNote => super::close_with_note(),
        Action::Delete => super::delete_conversation(),
        Action::Details => super::details(),
        Action::MessageActions => say!("What can be done with a message"),
        Action::Attach => say!("Attach a file"),
        Action::Filter => say!("Filter the list"),
        Action::Export => super::export_list(),
        Action::CollapseList => say!("Hide or show the list"),
        Action::Tags => say!("Tag the contact"),
        Action::Workflows => super::workflows(),
        Action::Shortcut => say!("Start a shortcut"),
        Action::SignOut => super::sign_out(),
        Action::Send => super::send(),
        Action::SendAndReset => super::send_and_reset(),
        Action::SendAndClose => super::send_and_close(),
        Action::SendAndSnooze => super::send_and_snooze(),
        Action::GoOpen => say!("Go to All open"),
        Action::GoMine => say!("Go to Mine"),
        Action::GoUnassigned => say!("Go to Unassigned"),
        Action::GoWithBot => say!("Go to With bot"),
        Action::GoSnoozed => say!("Go to Snoozed"),
        Action::GoClosed => say!("Go to Closed"),
        Action::GoWorkflows => say!("Go to Workflows"),
        Action::GoSettings => say!("Go to Settings"),
    }
}

/// Other words people may look for an action with.
pub fn action_synonyms(action: Action) -> &'static str {
    match action {
        Action::TakeOver => say!("interrupt bot handover take control"),
        Action::ResetControl => say!("release pass back hand bot return control"),
        Action::Resync => say!("refresh owner check facebook sync"),
        Action::AssignToMe => say!("claim mine take"),
        Action::Assign => say!("give pass person team owner"),
        Action::ToggleClosed => say!("done resolve archive finish reopen"),
        Action::ToggleUnread => say!("seen read unread"),
        Action::Quiet => say!("mute do not disturb silence sound"),
        Action::ThemeLight | Action::ThemeDark | Action::ThemeSystem => say!("appearance colour mode"),
        Action::Snooze => say!("later remind wait until put away"),
        Action::Wake => say!("unsnooze back now"),
        Action::CloseWithNote => say!("done resolve category summary"),
        Action::Delete => say!("erase remove forget privacy gdpr"),
        Action::Help => say!("keys hotkeys"),
        Action::Tags => say!("label mark"),
        Action::Workflows => say!("automation runs stop"),
        Action::Shortcut => say!("workflow automation run"),
        Action::SignOut => say!("leave log out"),
        Action::Note => say!("comment colleague mention internal"),
        Action::SearchThread => say!("find messages"),
        Action::GoWorkflows => say!("automation builder templates"),
        Action::Search => say!("find"),
        Action::MessageActions => say!("copy quote reply raw bubble"),
        Action::Attach => say!("file picture photo upload send"),
        Action::Filter => say!("narrow unread owner team"),
        Action::Export => say!("csv download save file"),
        Action::CollapseList => say!("collapse sidebar wide room"),
        Action::Write | Action::Reply => say!("answer compose message"),
        Action::Palette
        | Action::Next
        | Action::Previous
        | Action::Details
        | Action::Send
        | Action::SendAndReset
        | Action::SendAndClose
        | Action::SendAndSnooze
        | Action::GoOpen
        | Action::GoMine
        | Action::GoUnassigned
        | Action::GoWithBot
        | Action::GoSnoozed
        | Action::GoClosed
        | Action::GoSettings => "",
    }
}

/// The picture of an action.
pub fn action_icon(action: Action) -> &'static str {
    match action {
        Action::Palette | Action::Search | Action::SearchThread => "search",
        Action::Help => "keyboard",
        Action::Quiet => "bell",
        Action::ThemeLight => "sun",
        Action::ThemeDark => "moon",
        Action::ThemeSystem => "monitor",
        Action::Next | Action::Previous => "arrow-down-up",
        Action::Write | Action::Reply => "pencil",
        Action::TakeOver => "hand",
        Action::Note => "lock-eye",
        Action::Tags => "tag",
        Action::Shortcut => "zap",
        Action::SignOut => "log-out",
        Action::Resync => "refresh-cw",
        Action::ResetControl => "undo-2",
        Action::Assign => "users",
        Action::AssignToMe => "user",
        Action::ToggleClosed => "check",
        Action::ToggleUnread => "mail",
        Action::Snooze | Action::Wake => "alarm-clock",
        Action::CloseWithNote => "circle-check",
        Action::Delete => "trash-2",
        Action::Details => "panel-right",
        Action::MessageActions => "ellipsis",
        Action::Attach => "paperclip",
        Action::Filter => "list-filter",
        Action::Export => "download",
        Action::CollapseList => "inbox",
        Action::Send | Action::SendAndReset | Action::SendAndClose | Action::SendAndSnooze => "send",
        Action::GoOpen => "inbox",
        Action::GoMine => "user",
        Action::GoUnassigned => "hand",
        Action::GoWithBot => "bot",
        Action::GoSnoozed => "alarm-clock",
        Action::GoClosed => "circle-check",
        Action::Workflows | Action::GoWorkflows => "workflow",
        Action::GoSettings => "settings",
    }
}

/// The name of a group of actions.
pub fn group_name(group: Group) -> &'static str {
    match group {
        Group::General => say!("Everywhere"),
        Group::List => say!("List"),
        Group::Conversation => say!("Open conversation"),
        Group::Writing => say!("While writing"),
        Group::Going => say!("Go to"),
    }
}

/// What follows from taking over, for palette and hints.
pub fn after_take_over(control: &ControlView, customer: &str) -> String {
    match control.owner {
        OwnerKind::Bot | OwnerKind::PageInbox => {
            say!("{control} stops answering {customer}; you write", control = control.owner_name(), customer)
        }
        OwnerKind::Ours => super::control_of_thread().into(),
        OwnerKind::Idle | OwnerKind::Unknown => say!("{customer}’s messages come to us", customer),
    }
}

words! {
    /// What follows from opening it again.
    after_reopen: "It comes back to the open conversations, for everybody",
}

/// What follows from snoozing.
pub fn after_snooze(customer: &str) -> String {
    say!("It comes back at its time, and when {customer} writes", customer)
}

/// What follows from writing a note.
pub fn after_note(customer: &str) -> String {
    say!("Only the team sees it, never {customer}", customer)
}

/// What follows from starting a shortcut.
pub fn after_shortcut(customer: &str) -> String {
    say!("A workflow runs for {customer}", customer)
}

/// What follows from starting one shortcut that asks for so many things first.
pub fn after_start(customer: &str, asks: usize) -> String {
    match asks {
        0 => say!("It runs for {customer}", customer),
        1 => say!("It asks for one thing first").into(),
        many => say!("It asks for {many} things first", many),
    }
}

/// What follows from stopping a run.
pub fn after_stop(customer: &str) -> String {
    say!("It ends for {customer} at once and does nothing more", customer)
}

/// "Snooze: Tomorrow"
pub fn snooze_entry(time: &str) -> String {
    format!("{}: {time}", super::snooze())
}

/// What follows from closing.
pub fn after_close(customer: &str) -> String {
    say!("{customer}’s next message opens it again", customer)
}

/// "Assign to Tom"
pub fn assign_to(name: &str) -> String {
    say!("Assign to {name}", name)
}

/// A stroke as it stands on the keys: "Ctrl", "K". `mac`: on a Mac's keyboard.
pub fn stroke_caps(stroke: &Stroke, mac: bool) -> Vec<String> {
    let held = [
        (stroke.command, if mac { "⌘" } else { say!("Ctrl") }),
        (stroke.alt, if mac { "⌥" } else { say!("Alt") }),
        (stroke.shift, if mac { "⇧" } else { say!("Shift") }),
    ];
    let key = match stroke.key.as_str() {
        "enter" => say!("Enter").to_owned(),
        "space" => say!("Space").into(),
        "plus" => "+".into(),
        "arrowup" => "↑".into(),
        "arrowdown" => "↓".into(),
        "arrowleft" => "←".into(),
        "arrowright" => "→".into(),
        "backspace" => say!("Backspace").into(),
        "delete" => say!("Del").into(),
        "pageup" => say!("Page Up").into(),
        "pagedown" => say!("Page Down").into(),
        other if other.chars().count() == 1 => other.to_uppercase(),
        other => {
            let mut letters = other.chars();
            letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
        }
    };
    held.into_iter().filter(|(held, _)| *held).map(|(_, cap)| cap.to_owned()).chain([key]).collect()
}

/// Keys as one text: "Ctrl K", "G then B".
pub fn keys_words(keys: &Keys, mac: bool) -> String {
    let strokes: Vec<String> =
        keys.strokes().iter().map(|stroke| stroke_caps(stroke, mac).join(" ")).collect();
    strokes.join(&format!(" {} ", go_then()))
}

/// Why keys cannot be an action's, and what to do.
pub fn misfit(misfit: &Misfit) -> String {
    match misfit {
        Misfit::NoAction(word) => say!("There is no action called “{word}”.", word),
        Misfit::NoKeys(text) => say!("“{text}” names no keys. Write them like t, mod+k or g b.", text),
        Misfit::Taken { keys, by } => say!(
            "{keys_words} belongs to “{action_name}”, or begins its keys. Choose others, or change those first.",
            keys_words = keys_words(keys, false),
            action_name = action_name(*by)
        ),
        Misfit::Reserved(keys) => say!(
            "{keys_words} is needed by the browser or for moving about. Choose another key.",
            keys_words = keys_words(keys, false)
        ),
        Misfit::Typed(keys) => say!(
            "{keys_words} is typed into the message. Choose keys with Ctrl or Alt, or Enter.",
            keys_words = keys_words(keys, false)
        ),
        Misfit::TooMany => say!("An action has at most three keys.").into(),
    }
}

/// "3 suggestions", for those who hear the palette.
pub fn suggestions(count: usize) -> String {
    match count {
        0 => say!("No suggestions").into(),
        1 => say!("1 suggestion").into(),
        number => say!("{number} suggestions", number),
    }
}

/// Nothing fits what was typed into the palette.
pub fn nothing_fits(typed: &str) -> String {
    say!("Nothing fits “{typed}”. Try a customer’s name, or a verb such as assign.", typed)
}

/// "Keys of Take over", the name of a button row.
pub fn change_keys_of(action: Action) -> String {
    say!("Change the keys of {action_name}", action_name = action_name(action))
}

/// "Remove the keys of Take over"
pub fn remove_keys_of(action: Action) -> String {
    say!("Remove the keys of {action_name}", action_name = action_name(action))
}

/// "Set the keys of Take over back to the standard"
pub fn reset_keys_of(action: Action) -> String {
    say!("Set the keys of {action_name} back to the standard", action_name = action_name(action))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_told_as_they_stand_on_the_keyboard() {
        let keys = |text: &str| text.parse::<Keys>().unwrap();
        assert_eq!(keys_words(&keys("mod+shift+enter"), false), "Ctrl Shift Enter");
        assert_eq!(keys_words(&keys("mod+k"), true), "⌘ K");
        assert_eq!(keys_words(&keys("g b"), false), "G then B");
    }

    #[test]
    fn a_refusal_names_the_action_that_has_the_keys() {
        let taken = Misfit::Taken { keys: "e".parse().unwrap(), by: Action::ToggleClosed };
        assert!(misfit(&taken).starts_with("E belongs to “Close or reopen”"));
    }
}
