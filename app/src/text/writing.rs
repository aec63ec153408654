//! Writing: answers, notes, drafts, what waits, who is told.

words! {
    audience: "Write to",
    reply: "Reply",
    reply_to_this: "Reply to this message",
    replying_to: "Replying to",
    drop_quote: "Do not quote it",
    note: "Note",
    with_draft: "With draft: ",
    note_for_team: "Note for team",
    note_placeholder: "Only your team sees this. @ names somebody",
    note_hint: "Never sent to the customer",
    add_note: "Add note for team",
    note_empty: "Write something first.",
    only_team_sees: "Note for team",
    names: "People and teams",
    write_note: "Write a note",
    may_not_take: "You may not take over from a bot. Write a note, or ask a manager.",
    claim: "Claim",
    not_free: "To write here, have them or a manager pass it on to you.",
    sends_wait: "This page cannot send right now. A message can wait; once the page is back, a manager lets it leave.",
    offline_sends: "You are offline. What you send waits in this browser and leaves by itself.",
    queue: "Let it wait",
    keep_as_draft: "Keep as draft",
    check_page: "Check the page’s message routing",
    tell_manager: "Tell a manager: the page’s message routing needs a look.",
    written_elsewhere: "You wrote something else in another window",
    keep_both: "Keep both",
    use_that: "Use that",
    keep_this: "Keep what is here",
    notifications: "Mentions",
    all_seen: "Mark all as seen",
    nothing_told_title: "Nobody has mentioned you",
    nothing_told: "When somebody writes your name with @ in a note, it stands here.",

    files_label: "Files of the answer",
    attach: "Attach files",
    attach_hint: "Attach files (or drop or paste them)",
    not_uploaded: "It did not reach the server. Try again.",
}

/// "Remove socks.png"
pub fn remove(name: &str) -> String {
    say!("Remove {name}", name)
}

/// "Uploading socks.png"
pub fn uploading(name: &str) -> String {
    say!("Uploading {name}", name)
}

/// Why an answer does not leave yet.
pub fn not_there_yet(name: &str, failed: bool) -> String {
    match failed {
        true => say!("{name} did not reach the server. Try it again or remove it, then send.", name),
        false => say!("{name} is still on its way to the server. Send again in a moment.", name),
    }
}

/// Where files may be dropped.
pub fn drop_for(customer: &str) -> String {
    say!("Drop files to send them to {customer}", customer)
}

/// "Note by Mia"
pub fn note_by(author: &str) -> String {
    say!("Note by {author}", author)
}

/// Why one cannot write: "This conversation is assigned to Mia"
pub fn not_yours(to: Option<&str>) -> String {
    match to {
        Some(to) => say!("This conversation is assigned to {to}.", to),
        None => say!("This conversation is assigned to nobody.").into(),
    }
}

/// What claiming does.
pub fn claim_to_write(customer: &str) -> String {
    say!("Claim it to write to {customer}.", customer)
}

/// What another window holds besides words.
pub fn files(count: usize) -> String {
    if count == 1 { say!("1 file").into() } else { say!("{count} files", count) }
}

/// An answer that waited too long to leave by itself.
pub fn written_long_ago() -> String {
    say!("An answer you wrote while offline is back in its field. Read the conversation, then send it.")
        .into()
}

/// "2 messages wait."
pub fn messages_wait(count: usize) -> Option<String> {
    match count {
        0 => None,
        1 => Some(say!("1 message waits.").into()),
        count => Some(say!("{count} messages wait.", count)),
    }
}

/// Why somebody is told: "Mia mentioned you · Anna K."
pub fn mentioned(by: &str, customer: &str) -> String {
    say!("{by} mentioned you · {customer}", by, customer)
}

/// The same for a team.
pub fn team_mentioned(by: &str, customer: &str) -> String {
    say!("{by} mentioned your team · {customer}", by, customer)
}
