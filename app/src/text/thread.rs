//! The thread, its messages and the composer.

use crate::calendar::span;
use domain::conversation::message::{Author, AuthorKind, DeliveryState, MAX_TEXT};
use domain::conversation::standing::Status;
use domain::workflow::field::Field;

words! {
    delete_conversation: "Delete conversation…",
    delete_conversation_words: "Gone for good, for everybody, and not to be had back:",
    delete_conversation_left: "The audit log keeps that you deleted a conversation, not what it said. What browsers catch up with is gone within 2 days, raw webhooks within 7, backups when you delete them. Facebook keeps its own copy: delete it there, too. When the customer writes again, a new conversation begins.",
    delete_for_good: "Delete for good",
    conversation_deleted: "The conversation is deleted.",
    delete_for_all: "Delete for everybody",
    keep: "Keep",
    note_deleted: "The note is deleted.",
    back: "Back to the list",
    assign: "Assign",
    assign_to_me: "Me",
    nobody: "Nobody",
    mark_read: "Mark as read",
    mark_unread: "Mark as unread",
    stays_read: "While another app has control, the thread stays read. Take over first.",
    close: "Close",
    close_with_note: "Close with a note",
    closing_category: "Category",
    closing_summary: "Summary",
    closing_hint: "Both may stay empty. Your team and workflows read them; the customer does not.",
    reopen: "Reopen",
    details: "Details",
    hide_details: "Hide details",
    about: "About",
    status_label: "Status",
    assigned_to_label: "Assigned to",
    team: "Team",
    labels: "Labels",
    since: "Control",
    earlier: "Show earlier messages",
    beginning: "This is where the conversation begins.",
    window_closed: "The reply window is closed",
    not_shown: "This conversation cannot be shown",
    deleted: "The customer deleted this message",
    deleted_ours: "This message was deleted",
    edited: "edited",
    tapped: "Tapped",
    is_reply: "Answer to an earlier message",
    uncertain: "We cannot tell whether it arrived. It is not sent again by itself.",
    check_with_facebook: "Check with Facebook",
    failed: "Not sent.",

    send: "Send",
    send_and_reset: "Send and reset control",
    send_and_close: "Send and close",
    send_and_snooze: "Send and snooze until they answer",
    /// The name avoids the verb, so that one button alone is called "Send".
    ways_to_send: "Reply options",
    write_anyway: "Write anyway",
    let_it_talk: "Leave it to the bot",
    ask_first: "It is not known who has control. Facebook is asked before your message leaves.",
    closed_title: "Nobody can write here now",
    closed: "More than 7 days have passed since the customer’s last message. When they write again, you can answer.",
}

/// "Send to Maya"
pub fn send_to(customer: &str) -> String {
    say!("Send to {customer}", customer)
}

/// "Write to Maya"
pub fn write_to(customer: &str) -> String {
    say!("Write to {customer}", customer)
}

/// "Message to Maya"
pub fn message_to(customer: &str) -> String {
    say!("Message to {customer}", customer)
}

/// "Messages with Maya"
pub fn messages_with(customer: &str) -> String {
    say!("Messages with {customer}", customer)
}

/// "Conversation with Maya Lindqvist"
pub fn conversation_with(customer: &str) -> String {
    say!("Conversation with {customer}", customer)
}

/// "SalesBot is talking to Maya"
pub fn is_talking(app: &str, customer: &str) -> String {
    say!("{app} is talking to {customer}.", app, customer)
}

/// What taking over does.
pub fn take_over_to_write(app: &str) -> String {
    say!("Take over to write. {app} stops at once.", app)
}

/// The warning before a message goes into a running dialogue (CR-23).
pub fn interrupting(app: &str, customer: &str) -> String {
    say!(
        "{app} is still talking. Cutting in may confuse {customer}. Your message takes over first.",
        app,
        customer
    )
}

/// The label of messages after the first day.
pub fn as_human_agent(left: i64) -> String {
    say!(
        "Will be sent as human-agent message, {span} left. Facebook takes it only from apps with the Human Agent permission, and nothing that advertises",
        span = span(left)
    )
}

/// "23 h 57 min left to reply"
pub fn left_to_reply(left: i64) -> String {
    say!("{span} left to reply", span = span(left))
}

/// How many characters are left, or too many.
pub fn characters(length: usize) -> String {
    match MAX_TEXT.checked_sub(length) {
        Some(left) => say!("{left} left", left),
        None => say!("{length} too many", length = length - MAX_TEXT),
    }
}

/// A colleague was faster (soft stop).
pub fn colleague_answered(who: &str, seconds: i64) -> String {
    say!(
        "{who} answered {ago} ago. Read it, then send again if your answer still fits.",
        who,
        ago = ago(seconds)
    )
}

fn ago(seconds: i64) -> String {
    if seconds < 60 { format!("{} s", seconds.max(1)) } else { span(seconds * 1_000) }
}

/// "Assign, now Ann"
pub fn assigned_to(who: &str) -> String {
    say!("Assign, now {who}", who)
}

/// What a contact field is called: those every workspace has in the reader's language, the others as their author
/// called them.
pub fn field_name(field: &Field) -> String {
    let name = match field.key.as_str() {
        _ if !field.builtin => &field.name,
        "name" => say!("Name"),
        "firstname" => say!("First name"),
        "lastname" => say!("Last name"),
        "email" => say!("Email"),
        "phone" => say!("Phone"),
        "country" => say!("Country"),
        "language" => say!("Language"),
        "bot_status" => say!("Bot Status"),
        _ => &field.name,
    };
    name.to_owned()
}

/// Whether the team still has work to do.
pub fn status(status: Status) -> &'static str {
    match status {
        Status::Open => say!("Open"),
        Status::Snoozed => say!("Snoozed"),
        Status::Closed => say!("Closed"),
    }
}

/// How far a message has come.
pub fn delivery(state: DeliveryState) -> &'static str {
    match state {
        DeliveryState::Received => say!("Received"),
        DeliveryState::Queued => say!("Waiting to be sent"),
        DeliveryState::Sending => say!("Sending"),
        DeliveryState::Sent => say!("Sent"),
        DeliveryState::Delivered => say!("Delivered"),
        DeliveryState::Read => say!("Read"),
        DeliveryState::Failed => say!("Not sent"),
        DeliveryState::Unknown => say!("Not known whether it arrived"),
    }
}

/// Who wrote a message, for people.
pub fn author(author: &Author, customer: &str) -> String {
    let named = |other: &str| author.name.clone().unwrap_or_else(|| other.to_owned());
    match author.kind {
        AuthorKind::Customer => customer.to_owned(),
        AuthorKind::Agent => named(say!("A colleague")),
        AuthorKind::Bot => named(say!("Bot")),
        AuthorKind::PageInbox => say!("via Page Inbox").into(),
        AuthorKind::Workflow => named(say!("Workflow")),
        AuthorKind::MetaAi => say!("Meta AI").into(),
        AuthorKind::Unknown => named(say!("Unknown sender")),
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
        line(held.messages, say!("message"), say!("messages")),
        line(
            held.waiting,
            say!("of them waits to be sent and never will be"),
            say!("of them wait to be sent and never will be"),
        ),
        line(held.files, say!("file"), say!("files")),
        line(held.notes, say!("note of the team"), say!("notes of the team")),
        line(held.runs, say!("run of a workflow"), say!("runs of workflows")),
        line(held.fields, say!("contact field"), say!("contact fields")),
        Some(say!("Name, picture, tags, drafts and how control went").to_owned()),
    ];
    lines.into_iter().flatten().collect()
}

/// The title of the question before a conversation is deleted.
pub fn delete_conversation_with(customer: &str) -> String {
    say!("Delete the conversation with {customer}?", customer)
}

/// What the button on a note does, for who cannot see which it is.
pub fn delete_note_of(author: &str) -> String {
    say!("Delete the note of {author}", author)
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
