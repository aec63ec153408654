//! The actions, in the order the help and the settings show them.

use domain::person::Act;

/// Something one can do by key or from the palette.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Action {
    Palette,
    Help,
    Search,
    Next,
    Previous,
    Write,
    Reply,
    Note,
    SearchThread,
    TakeOver,
    Resync,
    ResetControl,
    AssignToMe,
    Assign,
    ToggleClosed,
    ToggleUnread,
    Snooze,
    Wake,
    CloseWithNote,
    Delete,
    Details,
    MessageActions,
    Attach,
    Filter,
    Export,
    CollapseList,
    Tags,
    Workflows,
    Shortcut,
    SignOut,
    Send,
    SendAndReset,
    SendAndClose,
    SendAndSnooze,
    GoOpen,
    GoMine,
    GoUnassigned,
    GoWithBot,
    GoSnoozed,
    GoClosed,
    GoWorkflows,
    GoSettings,
    Quiet,
    ThemeLight,
    ThemeDark,
    ThemeSystem,
}

/// What an action is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    General,
    List,
    Conversation,
    Writing,
    Going,
}

impl Group {
    pub const ALL: [Self; 5] = [Self::General, Self::List, Self::Conversation, Self::Writing, Self::Going];
}

/// Where the keys of an action are heard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// On every page of the product.
    Everywhere,
    /// In the inbox.
    Inbox,
    /// In the field where answers are written.
    Writing,
}

/// What the product knows about an action.
struct Entry {
    action: Action,
    /// The word it is stored under. It never changes.
    word: &'static str,
    group: Group,
    reach: Reach,
    /// The keys it comes with.
    keys: &'static [&'static str],
    /// What one must be permitted to.
    act: Act,
}

const fn entry(
    action: Action,
    word: &'static str,
    group: Group,
    reach: Reach,
    keys: &'static [&'static str],
) -> Entry {
    Entry { action, word, group, reach, keys, act: Act::Look }
}

const fn permitted(entry: Entry, act: Act) -> Entry {
    Entry { act, ..entry }
}

use Act::{Configure, Converse, Delete, Export, SeeRuns, TakeOver};
use Group::{Conversation, General, Going, List, Writing};
use Reach::{Everywhere, Inbox};

const TABLE: [Entry; 46] = [
    entry(Action::Palette, "palette", General, Everywhere, &["mod+k"]),
    entry(Action::Help, "help", General, Everywhere, &["?"]),
    entry(Action::Quiet, "quiet", General, Everywhere, &[]),
    entry(Action::ThemeLight, "theme_light", General, Everywhere, &[]),
    entry(Action::ThemeDark, "theme_dark", General, Everywhere, &[]),
    entry(Action::ThemeSystem, "theme_system", General, Everywhere, &[]),
    entry(Action::SignOut, "sign_out", General, Everywhere, &[]),
    entry(Action::Search, "search", List, Inbox, &["/"]),
    entry(Action::Next, "next", List, Inbox, &["j"]),
    entry(Action::Previous, "previous", List, Inbox, &["k"]),
    entry(Action::Write, "write", List, Inbox, &["enter"]),
    entry(Action::Filter, "filter", List, Inbox, &["f"]),
    entry(Action::CollapseList, "collapse_list", List, Inbox, &["["]),
    permitted(entry(Action::Export, "export", List, Inbox, &[]), Export),
    permitted(entry(Action::TakeOver, "take_over", Conversation, Inbox, &["t"]), TakeOver),
    permitted(entry(Action::Resync, "resync", Conversation, Inbox, &["y"]), Converse),
    permitted(entry(Action::ResetControl, "reset_control", Conversation, Inbox, &["b"]), Converse),
    permitted(entry(Action::Reply, "reply", Conversation, Inbox, &["r"]), Converse),
    permitted(entry(Action::Note, "note", Conversation, Inbox, &["n"]), Converse),
    entry(Action::SearchThread, "search_thread", Conversation, Inbox, &["mod+f"]),
    permitted(entry(Action::Assign, "assign", Conversation, Inbox, &["a"]), Converse),
    permitted(entry(Action::AssignToMe, "assign_to_me", Conversation, Inbox, &["i"]), Converse),
    permitted(entry(Action::ToggleClosed, "toggle_closed", Conversation, Inbox, &["e"]), Converse),
    permitted(entry(Action::ToggleUnread, "toggle_unread", Conversation, Inbox, &["u"]), Converse),
    permitted(entry(Action::Snooze, "snooze", Conversation, Inbox, &["z"]), Converse),
    permitted(entry(Action::Wake, "wake", Conversation, Inbox, &[]), Converse),
    permitted(entry(Action::CloseWithNote, "close_with_note", Conversation, Inbox, &[]), Converse),
    permitted(entry(Action::Delete, "delete", Conversation, Inbox, &[]), Delete),
    entry(Action::Details, "details", Conversation, Inbox, &["]"]),
    entry(Action::MessageActions, "message_actions", Conversation, Inbox, &["."]),
    permitted(entry(Action::Attach, "attach", Conversation, Inbox, &[]), Converse),
    permitted(entry(Action::Tags, "tags", Conversation, Inbox, &["l"]), Converse),
    permitted(entry(Action::Workflows, "workflows", Conversation, Inbox, &["w"]), SeeRuns),
    permitted(entry(Action::Shortcut, "shortcut", Conversation, Inbox, &["s"]), SeeRuns),
    permitted(entry(Action::Send, "send", Writing, Reach::Writing, &["mod+enter"]), Converse),
    permitted(
        entry(Action::SendAndReset, "send_and_reset", Writing, Reach::Writing, &["mod+shift+enter"]),
        Converse,
    ),
    permitted(
        entry(Action::SendAndClose, "send_and_close", Writing, Reach::Writing, &["mod+alt+enter"]),
        Converse,
    ),
    permitted(entry(Action::SendAndSnooze, "send_and_snooze", Writing, Reach::Writing, &[]), Converse),
    entry(Action::GoOpen, "go_open", Going, Everywhere, &["g i"]),
    entry(Action::GoMine, "go_mine", Going, Everywhere, &["g m"]),
    entry(Action::GoUnassigned, "go_unassigned", Going, Everywhere, &["g u"]),
    entry(Action::GoWithBot, "go_with_bot", Going, Everywhere, &["g b"]),
    entry(Action::GoSnoozed, "go_snoozed", Going, Everywhere, &["g z"]),
    entry(Action::GoClosed, "go_closed", Going, Everywhere, &["g c"]),
    permitted(entry(Action::GoWorkflows, "go_workflows", Going, Everywhere, &["g w"]), Configure),
    entry(Action::GoSettings, "go_settings", Going, Everywhere, &["g s"]),
];

impl Action {
    /// All of them, in the order they are shown.
    pub fn all() -> impl Iterator<Item = Self> {
        TABLE.iter().map(|entry| entry.action)
    }

    /// The action with this word.
    pub fn of(word: &str) -> Option<Self> {
        TABLE.iter().find(|entry| entry.word == word).map(|entry| entry.action)
    }

    /// The word it is stored under.
    pub fn as_str(self) -> &'static str {
        self.entry().word
    }

    /// What it is about.
    pub fn group(self) -> Group {
        self.entry().group
    }

    /// Where its keys are heard.
    pub fn reach(self) -> Reach {
        self.entry().reach
    }

    /// The keys it comes with.
    pub fn keys(self) -> &'static [&'static str] {
        self.entry().keys
    }

    /// What one must be permitted to.
    pub fn act(self) -> Act {
        self.entry().act
    }

    fn entry(self) -> &'static Entry {
        TABLE.iter().find(|entry| entry.action == self).unwrap_or(&TABLE[0])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_action_stands_in_the_table_once() {
        let actions: BTreeSet<Action> = Action::all().collect();
        let words: BTreeSet<&str> = TABLE.iter().map(|entry| entry.word).collect();
        assert_eq!((actions.len(), words.len()), (TABLE.len(), TABLE.len()));
        for action in Action::all() {
            assert_eq!(Action::of(action.as_str()), Some(action));
        }
    }
}
