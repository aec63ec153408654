//! Writing: answers, notes, drafts, what waits, who is told.

pub const AUDIENCE: &str = "Write to";
pub const REPLY: &str = "Reply";
pub const REPLY_TO_THIS: &str = "Reply to this message";
pub const REPLYING_TO: &str = "Replying to";
pub const DROP_QUOTE: &str = "Do not quote it";
pub const NOTE: &str = "Note";
pub const WITH_DRAFT: &str = "With draft: ";
pub const NOTE_FOR_TEAM: &str = "Note for team";
pub const NOTE_PLACEHOLDER: &str = "Only your team sees this. @ names somebody";
pub const NOTE_HINT: &str = "Never sent to the customer";
pub const ADD_NOTE: &str = "Add note for team";
pub const NOTE_EMPTY: &str = "Write something first.";
pub const ONLY_TEAM_SEES: &str = "Note for team";
pub const NAMES: &str = "People and teams";
pub const WRITE_NOTE: &str = "Write a note";
pub const MAY_NOT_TAKE: &str = "You may not take over from a bot. Write a note, or ask a manager.";
pub const CLAIM: &str = "Claim";
pub const NOT_FREE: &str = "To write here, have them or a manager pass it on to you.";
pub const SENDS_WAIT: &str =
    "This page cannot send right now. A message can wait; once the page is back, a manager lets it leave.";
pub const OFFLINE_SENDS: &str = "You are offline. What you send waits in this browser and leaves by itself.";
pub const QUEUE: &str = "Let it wait";
pub const KEEP_AS_DRAFT: &str = "Keep as draft";
pub const CHECK_PAGE: &str = "Check the page’s message routing";
pub const TELL_MANAGER: &str = "Tell a manager: the page’s message routing needs a look.";
pub const WRITTEN_ELSEWHERE: &str = "You wrote something else in another window";
pub const KEEP_BOTH: &str = "Keep both";
pub const USE_THAT: &str = "Use that";
pub const KEEP_THIS: &str = "Keep what is here";
pub const NOTIFICATIONS: &str = "Mentions";
pub const ALL_SEEN: &str = "Mark all as seen";
pub const NOTHING_TOLD_TITLE: &str = "Nobody has mentioned you";
pub const NOTHING_TOLD: &str = "When somebody writes your name with @ in a note, it stands here.";

pub const FILES: &str = "Files of the answer";
pub const ATTACH: &str = "Attach files";
pub const ATTACH_HINT: &str = "Attach files (or drop or paste them)";
pub const NOT_UPLOADED: &str = "It did not reach the server. Try again.";

/// "Remove socks.png"
pub fn remove(name: &str) -> String {
    format!("Remove {name}")
}

/// "Uploading socks.png"
pub fn uploading(name: &str) -> String {
    format!("Uploading {name}")
}

/// Why an answer does not leave yet.
pub fn not_there_yet(name: &str, failed: bool) -> String {
    match failed {
        true => format!("{name} did not reach the server. Try it again or remove it, then send."),
        false => format!("{name} is still on its way to the server. Send again in a moment."),
    }
}

/// Where files may be dropped.
pub fn drop_for(customer: &str) -> String {
    format!("Drop files to send them to {customer}")
}

/// "Note by Mia"
pub fn note_by(author: &str) -> String {
    format!("Note by {author}")
}

/// Why one cannot write: "This conversation is assigned to Mia"
pub fn not_yours(to: Option<&str>) -> String {
    match to {
        Some(to) => format!("This conversation is assigned to {to}."),
        None => "This conversation is assigned to nobody.".into(),
    }
}

/// What claiming does.
pub fn claim_to_write(customer: &str) -> String {
    format!("Claim it to write to {customer}.")
}

/// What another window holds besides words.
pub fn files(count: usize) -> String {
    if count == 1 { "1 file".into() } else { format!("{count} files") }
}

/// An answer that waited too long to leave by itself.
pub fn written_long_ago() -> String {
    "An answer you wrote while offline is back in its field. Read the conversation, then send it.".into()
}

/// "2 messages wait."
pub fn messages_wait(count: usize) -> Option<String> {
    match count {
        0 => None,
        1 => Some("1 message waits.".into()),
        count => Some(format!("{count} messages wait.")),
    }
}

/// Why somebody is told: "Mia mentioned you · Anna K."
pub fn mentioned(by: &str, customer: &str) -> String {
    format!("{by} mentioned you · {customer}")
}

/// The same for a team.
pub fn team_mentioned(by: &str, customer: &str) -> String {
    format!("{by} mentioned your team · {customer}")
}
