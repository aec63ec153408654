//! Actions, their keys and what follows from them.

use crate::keymap::{Action, Group, Keys, Misfit, Stroke};
use crate::state::OwnerName;
use domain::conversation::control::OwnerKind;
use domain::view::ControlView;

pub const SHORTCUTS: &str = "Keyboard shortcuts";
pub const PALETTE: &str = "Command palette";
pub const PALETTE_FIELD: &str = "What do you want to do?";
pub const PALETTE_PLACEHOLDER: &str = "Search actions, conversations, people…";
pub const PALETTE_RESULTS: &str = "Suggestions";
pub const PALETTE_ASSIGN_PLACEHOLDER: &str = "Assign to whom?";
pub const PALETTE_MOVE: &str = "to move";
pub const PALETTE_CHOOSE: &str = "to choose";
pub const PALETTE_CLOSE: &str = "to close";
pub const SECTION_RECENT: &str = "Recent";
pub const SECTION_ACTIONS: &str = "Actions";
pub const SECTION_PAGE: &str = "On this page";
pub const SECTION_CONVERSATIONS: &str = "Conversations";
pub const SECTION_VIEWS: &str = "Go to";
pub const SECTION_PEOPLE: &str = "Assign to";
pub const SECTION_FLOWS: &str = "Workflows";
pub const SECTION_FILTERS: &str = "Filter the list";
pub const FILTER_MINE: &str = "Assigned to me";
pub const FILTER_NOBODYS: &str = "Assigned to nobody";
pub const AFTER_QUIET: &str = "No sounds and no notifications until then";
pub const AFTER_ASSIGN_TO_ME: &str = "It stands in your list";
pub const AFTER_ATTACH: &str = "Nothing leaves before you send it";
pub const SEARCHING: &str = "Searching conversations…";
pub const OPEN_ONE_FIRST: &str = "Open a conversation first.";
pub const FACEBOOK_IS_ASKED: &str = "Facebook is being asked already. One moment.";
pub const CONTROL_IS_OURS: &str = "We have control already. You can write.";
pub const CONTROL_IS_NOT_OURS: &str = "We do not have control, so there is nothing to give back.";
pub const YOURS_ALREADY: &str = "It is assigned to you already.";
pub const NOT_SNOOZED: &str = "It is not snoozed.";
pub const CLOSED_ALREADY: &str = "It is closed already.";
pub const AFTER_WAKE: &str = "It stands in the list again";
pub const AFTER_CLOSE_WITH_NOTE: &str = "Say what it was about, for workflows and reports";
pub const AFTER_DELETE: &str = "With everything known about the contact; you are asked first";
pub const NOTHING_WRITTEN: &str = "Nothing is written yet.";
pub const FOR_THE_TEAM: &str = "For the whole team";
pub const NOT_PERMITTED: &str = "You may not do that. A manager can change what you may do.";
pub const GO_THEN: &str = "then";
pub const QUIET_END: &str = "Resume notifications";
pub const QUIET_FOR_AN_HOUR: &str = "Notifications pause for an hour.";
pub const QUIET_IS_OVER: &str = "Notifications are on again.";
pub const NO_KEY: &str = "no key";
pub const OR: &str = "or";
pub const CHANGE_KEYS: &str = "Change the keys in the settings";
pub const SINGLE_KEYS_ARE_OFF: &str =
    "Single keys are switched off. Those with Ctrl, Alt or Enter still work.";

pub const SHORTCUTS_LEAD: &str =
    "Keys follow you to every browser you sign in with. Single keys act only while you are not typing.";
pub const SINGLE_KEYS: &str = "Single-key shortcuts";
pub const SINGLE_KEYS_HINT: &str =
    "Switch them off when you dictate, or press keys by accident. Those with Ctrl, Alt or Enter stay.";
pub const RESET_KEYS: &str = "Back to the standard";
pub const RESET_ALL_KEYS: &str = "Set all keys back";
pub const PRESS_KEYS: &str = "Press the new keys…";
pub const PRESS_HINT: &str = "One key, a key with Ctrl or Alt, or two keys in a row. Esc leaves it as it is.";
pub const CHANGE: &str = "Change";
pub const REMOVE_KEYS: &str = "Remove";
pub const FIXED_KEYS: &str =
    "Always there: Tab and Shift Tab move on, arrows walk inside lists and menus, Esc closes and leaves.";
pub const KEPT: &str = "Kept.";

/// The name of an action.
pub fn action_name(action: Action) -> &'static str {
    match action {
        Action::Palette => PALETTE,
        Action::Help => SHORTCUTS,
        Action::Quiet => "Pause notifications for an hour",
        Action::ThemeLight => super::THEME_LIGHT,
        Action::ThemeDark => super::THEME_DARK,
        Action::ThemeSystem => super::THEME_SYSTEM,
        Action::Search => "Search the list",
        Action::Next => "Next conversation",
        Action::Previous => "Previous conversation",
        Action::Write => "Open it and write",
        Action::TakeOver => super::TAKE_OVER,
        Action::Resync => super::RESYNC,
        Action::ResetControl => super::RESET_CONTROL,
        Action::Reply => "Reply",
        Action::Note => super::WRITE_NOTE,
        Action::SearchThread => super::SEARCH_IN_THREAD,
        Action::Assign => "Assign to…",
        Action::AssignToMe => "Assign to me",
        Action::ToggleClosed => "Close or reopen",
        Action::ToggleUnread => "Mark as read or unread",
        Action::Snooze => super::SNOOZE,
        Action::Wake => super::WAKE,
        Action::CloseWithNote => super::CLOSE_WITH_NOTE,
        Action::Delete => super::DELETE_CONVERSATION,
        Action::Details => super::DETAILS,
        Action::MessageActions => "What can be done with a message",
        Action::Attach => "Attach a file",
        Action::Filter => "Filter the list",
        Action::Export => super::EXPORT_LIST,
        Action::CollapseList => "Hide or show the list",
        Action::Tags => "Tag the contact",
        Action::Workflows => super::WORKFLOWS,
        Action::Shortcut => "Start a shortcut",
        Action::SignOut => super::SIGN_OUT,
        Action::Send => super::SEND,
        Action::SendAndReset => super::SEND_AND_RESET,
        Action::SendAndClose => super::SEND_AND_CLOSE,
        Action::SendAndSnooze => super::SEND_AND_SNOOZE,
        Action::GoOpen => "Go to All open",
        Action::GoMine => "Go to Mine",
        Action::GoUnassigned => "Go to Unassigned",
        Action::GoWithBot => "Go to With bot",
        Action::GoSnoozed => "Go to Snoozed",
        Action::GoClosed => "Go to Closed",
        Action::GoWorkflows => "Go to Workflows",
        Action::GoSettings => "Go to Settings",
    }
}

/// Other words people may look for an action with.
pub fn action_synonyms(action: Action) -> &'static str {
    match action {
        Action::TakeOver => "interrupt bot handover take control",
        Action::ResetControl => "release pass back hand bot return control",
        Action::Resync => "refresh owner check facebook sync",
        Action::AssignToMe => "claim mine take",
        Action::Assign => "give pass person team owner",
        Action::ToggleClosed => "done resolve archive finish reopen",
        Action::ToggleUnread => "seen read unread",
        Action::Quiet => "mute do not disturb silence sound",
        Action::ThemeLight | Action::ThemeDark | Action::ThemeSystem => "appearance colour mode",
        Action::Snooze => "later remind wait until put away",
        Action::Wake => "unsnooze back now",
        Action::CloseWithNote => "done resolve category summary",
        Action::Delete => "erase remove forget privacy gdpr",
        Action::Help => "keys hotkeys",
        Action::Tags => "label mark",
        Action::Workflows => "automation runs stop",
        Action::Shortcut => "workflow automation run",
        Action::SignOut => "leave log out",
        Action::Note => "comment colleague mention internal",
        Action::SearchThread => "find messages",
        Action::GoWorkflows => "automation builder templates",
        Action::Search => "find",
        Action::MessageActions => "copy quote reply raw bubble",
        Action::Attach => "file picture photo upload send",
        Action::Filter => "narrow unread owner team",
        Action::Export => "csv download save file",
        Action::CollapseList => "collapse sidebar wide room",
        Action::Write | Action::Reply => "answer compose message",
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
        Group::General => "Everywhere",
        Group::List => "List",
        Group::Conversation => "Open conversation",
        Group::Writing => "While writing",
        Group::Going => "Go to",
    }
}

/// What follows from taking over, for palette and hints.
pub fn after_take_over(control: &ControlView, customer: &str) -> String {
    match control.owner {
        OwnerKind::Bot | OwnerKind::PageInbox => {
            format!("{} stops answering {customer}; you write", control.owner_name())
        }
        OwnerKind::Ours => super::CONTROL_OF_THREAD.into(),
        OwnerKind::Idle | OwnerKind::Unknown => format!("{customer}’s messages come to us"),
    }
}

/// What follows from opening it again.
pub const AFTER_REOPEN: &str = "It comes back to the open conversations, for everybody";

/// What follows from snoozing.
pub fn after_snooze(customer: &str) -> String {
    format!("It comes back at its time, and when {customer} writes")
}

/// What follows from writing a note.
pub fn after_note(customer: &str) -> String {
    format!("Only the team sees it, never {customer}")
}

/// What follows from starting a shortcut.
pub fn after_shortcut(customer: &str) -> String {
    format!("A workflow runs for {customer}")
}

/// What follows from starting one shortcut that asks for so many things first.
pub fn after_start(customer: &str, asks: usize) -> String {
    match asks {
        0 => format!("It runs for {customer}"),
        1 => "It asks for one thing first".into(),
        many => format!("It asks for {many} things first"),
    }
}

/// What follows from stopping a run.
pub fn after_stop(customer: &str) -> String {
    format!("It ends for {customer} at once and does nothing more")
}

/// "Snooze: Tomorrow"
pub fn snooze_entry(time: &str) -> String {
    format!("{}: {time}", super::SNOOZE)
}

/// What follows from closing.
pub fn after_close(customer: &str) -> String {
    format!("{customer}’s next message opens it again")
}

/// "Assign to Tom"
pub fn assign_to(name: &str) -> String {
    format!("Assign to {name}")
}

/// A stroke as it stands on the keys: "Ctrl", "K". `mac`: on a Mac's keyboard.
pub fn stroke_caps(stroke: &Stroke, mac: bool) -> Vec<String> {
    let held = [
        (stroke.command, if mac { "⌘" } else { "Ctrl" }),
        (stroke.alt, if mac { "⌥" } else { "Alt" }),
        (stroke.shift, if mac { "⇧" } else { "Shift" }),
    ];
    let key = match stroke.key.as_str() {
        "enter" => "Enter".to_owned(),
        "space" => "Space".into(),
        "plus" => "+".into(),
        "arrowup" => "↑".into(),
        "arrowdown" => "↓".into(),
        "arrowleft" => "←".into(),
        "arrowright" => "→".into(),
        "backspace" => "Backspace".into(),
        "delete" => "Del".into(),
        "pageup" => "Page Up".into(),
        "pagedown" => "Page Down".into(),
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
    strokes.join(&format!(" {GO_THEN} "))
}

/// Why keys cannot be an action's, and what to do.
pub fn misfit(misfit: &Misfit) -> String {
    match misfit {
        Misfit::NoAction(word) => format!("There is no action called “{word}”."),
        Misfit::NoKeys(text) => format!("“{text}” names no keys. Write them like t, mod+k or g b."),
        Misfit::Taken { keys, by } => format!(
            "{} belongs to “{}”, or begins its keys. Choose others, or change those first.",
            keys_words(keys, false),
            action_name(*by)
        ),
        Misfit::Reserved(keys) => format!(
            "{} is needed by the browser or for moving about. Choose another key.",
            keys_words(keys, false)
        ),
        Misfit::Typed(keys) => format!(
            "{} is typed into the message. Choose keys with Ctrl or Alt, or Enter.",
            keys_words(keys, false)
        ),
        Misfit::TooMany => "An action has at most three keys.".into(),
    }
}

/// "3 suggestions", for those who hear the palette.
pub fn suggestions(count: usize) -> String {
    match count {
        0 => "No suggestions".into(),
        1 => "1 suggestion".into(),
        number => format!("{number} suggestions"),
    }
}

/// Nothing fits what was typed into the palette.
pub fn nothing_fits(typed: &str) -> String {
    format!("Nothing fits “{typed}”. Try a customer’s name, or a verb such as assign.")
}

/// "Keys of Take over", the name of a button row.
pub fn change_keys_of(action: Action) -> String {
    format!("Change the keys of {}", action_name(action))
}

/// "Remove the keys of Take over"
pub fn remove_keys_of(action: Action) -> String {
    format!("Remove the keys of {}", action_name(action))
}

/// "Set the keys of Take over back to the standard"
pub fn reset_keys_of(action: Action) -> String {
    format!("Set the keys of {} back to the standard", action_name(action))
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
