//! The thread, its messages and the composer.

use crate::calendar::span;
use domain::conversation::message::{Author, AuthorKind, DeliveryState, MAX_TEXT};
use domain::conversation::standing::Status;

pub const DELETE_CONVERSATION: &str = "Delete conversation…";
pub const DELETE_CONVERSATION_WORDS: &str = "Gone for good, for everybody, and not to be had back:";
pub const DELETE_CONVERSATION_LEFT: &str = "The audit log keeps that you deleted a conversation, not what it said. What browsers catch up with is gone within 2 days, raw webhooks within 7, backups when you delete them. Facebook keeps its own copy: delete it there, too. When the customer writes again, a new conversation begins.";
pub const DELETE_FOR_GOOD: &str = "Delete for good";
pub const CONVERSATION_DELETED: &str = "The conversation is deleted.";
pub const DELETE_FOR_ALL: &str = "Delete for everybody";
pub const KEEP: &str = "Keep";
pub const NOTE_DELETED: &str = "The note is deleted.";
pub const BACK: &str = "Back to the list";
pub const ASSIGN: &str = "Assign";
pub const ASSIGN_TO_ME: &str = "Me";
pub const NOBODY: &str = "Nobody";
pub const MARK_READ: &str = "Mark as read";
pub const MARK_UNREAD: &str = "Mark as unread";
pub const STAYS_READ: &str = "While another app has control, the thread stays read. Take over first.";
pub const CLOSE: &str = "Close";
pub const REOPEN: &str = "Reopen";
pub const DETAILS: &str = "Details";
pub const HIDE_DETAILS: &str = "Hide details";
pub const ABOUT: &str = "About";
pub const STATUS: &str = "Status";
pub const ASSIGNED_TO: &str = "Assigned to";
pub const TEAM: &str = "Team";
pub const LABELS: &str = "Labels";
pub const SINCE: &str = "Control";
pub const EARLIER: &str = "Show earlier messages";
pub const BEGINNING: &str = "This is where the conversation begins.";
pub const WINDOW_CLOSED: &str = "The reply window is closed";
pub const NOT_SHOWN: &str = "This conversation cannot be shown";
pub const DELETED: &str = "The customer deleted this message";
pub const DELETED_OURS: &str = "This message was deleted";
pub const EDITED: &str = "edited";
pub const TAPPED: &str = "Tapped";
pub const IS_REPLY: &str = "Answer to an earlier message";
pub const UNCERTAIN: &str = "We cannot tell whether it arrived. It is not sent again by itself.";
pub const CHECK_WITH_FACEBOOK: &str = "Check with Facebook";
pub const FAILED: &str = "Not sent.";

pub const SEND: &str = "Send";
pub const SEND_AND_RESET: &str = "Send and reset control";
pub const SEND_AND_CLOSE: &str = "Send and close";
pub const SEND_AND_SNOOZE: &str = "Send and snooze until they answer";
/// The name avoids the verb, so that one button alone is called "Send".
pub const WAYS_TO_SEND: &str = "Reply options";
pub const WRITE_ANYWAY: &str = "Write anyway";
pub const LET_IT_TALK: &str = "Leave it to the bot";
pub const ASK_FIRST: &str = "It is not known who has control. Facebook is asked before your message leaves.";
pub const CLOSED_TITLE: &str = "Nobody can write here now";
pub const CLOSED: &str =
    "More than 7 days have passed since the customer’s last message. When they write again, you can answer.";

/// "Send to Maya"
pub fn send_to(customer: &str) -> String {
    format!("{SEND} to {customer}")
}

/// "Write to Maya"
pub fn write_to(customer: &str) -> String {
    format!("Write to {customer}")
}

/// "Message to Maya"
pub fn message_to(customer: &str) -> String {
    format!("Message to {customer}")
}

/// "Messages with Maya"
pub fn messages_with(customer: &str) -> String {
    format!("Messages with {customer}")
}

/// "Conversation with Maya Lindqvist"
pub fn conversation_with(customer: &str) -> String {
    format!("Conversation with {customer}")
}

/// "SalesBot is talking to Maya"
pub fn is_talking(app: &str, customer: &str) -> String {
    format!("{app} is talking to {customer}.")
}

/// What taking over does.
pub fn take_over_to_write(app: &str) -> String {
    format!("Take over to write. {app} stops at once.")
}

/// The warning before a message goes into a running dialogue (CR-23).
pub fn interrupting(app: &str, customer: &str) -> String {
    format!("{app} is still talking. Cutting in may confuse {customer}. Your message takes over first.")
}

/// The label of messages after the first day.
pub fn as_human_agent(left: i64) -> String {
    format!(
        "Will be sent as human-agent message, {} left. Facebook takes it only from apps with the Human Agent permission, and nothing that advertises",
        span(left)
    )
}

/// "23 h 57 min left to reply"
pub fn left_to_reply(left: i64) -> String {
    format!("{} left to reply", span(left))
}

/// How many characters are left, or too many.
pub fn characters(length: usize) -> String {
    match MAX_TEXT.checked_sub(length) {
        Some(left) => format!("{left} left"),
        None => format!("{} too many", length - MAX_TEXT),
    }
}

/// A colleague was faster (soft stop).
pub fn colleague_answered(who: &str, seconds: i64) -> String {
    format!("{who} answered {} ago. Read it, then send again if your answer still fits.", ago(seconds))
}

fn ago(seconds: i64) -> String {
    if seconds < 60 { format!("{} s", seconds.max(1)) } else { span(seconds * 1_000) }
}

/// "Assign, now Ann"
pub fn assigned_to(who: &str) -> String {
    format!("{ASSIGN}, now {who}")
}

/// Whether the team still has work to do.
pub fn status(status: Status) -> &'static str {
    match status {
        Status::Open => "Open",
        Status::Snoozed => "Snoozed",
        Status::Closed => "Closed",
    }
}

/// How far a message has come.
pub fn delivery(state: DeliveryState) -> &'static str {
    match state {
        DeliveryState::Received => "Received",
        DeliveryState::Queued => "Waiting to be sent",
        DeliveryState::Sending => "Sending",
        DeliveryState::Sent => "Sent",
        DeliveryState::Delivered => "Delivered",
        DeliveryState::Read => "Read",
        DeliveryState::Failed => "Not sent",
        DeliveryState::Unknown => "Not known whether it arrived",
    }
}

/// Who wrote a message, for people.
pub fn author(author: &Author, customer: &str) -> String {
    let named = |other: &str| author.name.clone().unwrap_or_else(|| other.to_owned());
    match author.kind {
        AuthorKind::Customer => customer.to_owned(),
        AuthorKind::Agent => named("A colleague"),
        AuthorKind::Bot => named("Bot"),
        AuthorKind::PageInbox => "via Page Inbox".into(),
        AuthorKind::Workflow => named("Workflow"),
        AuthorKind::MetaAi => "Meta AI".into(),
        AuthorKind::Unknown => named("Unknown sender"),
    }
}

/// What is gone with a conversation, a line for each kind of thing.
pub fn what_is_deleted(held: &crate::api::Holding) -> Vec<String> {
    let line = |count: i64, one: &str, many: &str| match count {
        0 => None,
        1 => Some(format!("1 {one}")),
        count => Some(format!("{count} {many}")),
    };
    let lines = [
        line(held.messages, "message", "messages"),
        line(
            held.waiting,
            "of them waits to be sent and never will be",
            "of them wait to be sent and never will be",
        ),
        line(held.files, "file", "files"),
        line(held.notes, "note of the team", "notes of the team"),
        line(held.runs, "run of a workflow", "runs of workflows"),
        line(held.fields, "contact field", "contact fields"),
        Some("Name, picture, tags, drafts and how control went".to_owned()),
    ];
    lines.into_iter().flatten().collect()
}

/// The title of the question before a conversation is deleted.
pub fn delete_conversation_with(customer: &str) -> String {
    format!("Delete the conversation with {customer}?")
}

/// What the button on a note does, for who cannot see which it is.
pub fn delete_note_of(author: &str) -> String {
    format!("Delete the note of {author}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_counter_tells_what_is_left_and_what_is_too_much() {
        assert_eq!(characters(1_900), "99 left");
        assert_eq!(characters(2_001), "2 too many");
    }

    #[test]
    fn a_colleague_answered_seconds_or_minutes_ago() {
        assert!(colleague_answered("Mia", 8).starts_with("Mia answered 8 s ago."));
        assert!(colleague_answered("Mia", 300).starts_with("Mia answered 5 min ago."));
    }
}
