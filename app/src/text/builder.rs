//! The workflow builder.

mod faces;
mod forms;
mod offers;

pub use faces::*;
pub use forms::*;
pub use offers::*;

use super::plural;
use crate::api::workflows::{Gap, Rehearsal};
use crate::state::builder::Deed;

words! {
    builder_unavailable: "This workflow cannot be shown",
    to_workflows: "Back to workflows",

    description: "Description",
    all_saved: "All changes saved",
    keeping: "Keeping your changes…",
    kept: "Not saved, kept for you",
    kept_here: "Not saved, kept in this browser only",
    look: "Show as",
    as_canvas: "Canvas",
    as_outline: "Outline",
    more: "More",
    test: "Test",
    save: "Save",
    publish: "Publish",
    stop: "Stop",
    close: "Close",
    close_esc: "Close (Esc)",
    resolve_first: "Resolve the errors first",
    nothing_to_save: "Everything is saved",
    show_instructions: "Show AI Instructions",
    instructions_lead: "Word for word what the AI is told before it reads the conversation, once the workflow is published. Variables are filled in for each contact.",

    published_notice: "Published: contacts enter it, and nothing can be changed.",
    stop_to_edit: "Stop to edit",
    locked: "It is published. Stop it to change it.",
    restored: "Your unsaved changes are back.",
    restored_words: "Save them, or go back to what was saved last.",
    discard: "Discard changes",
    discarded: "Back to what was saved last. Undo brings your changes back.",

    errors_label: "Errors and advice",
    must_fix: "Fix before saving",
    should_look: "Worth a look",
    no_errors: "There is nothing to fix.",
    next_error: "Next error",
    loop_label: "Workflow loop",

    tools: "Canvas tools",
    zoom_in: "Zoom in (+)",
    zoom_out: "Zoom out (−)",
    center: "Center (0)",

    canvas: "Canvas",
    canvas_hint: "Arrows go along the tree, Enter opens the settings, Insert adds a step, Delete removes one. The outline shows the same as a list.",
    outline: "Outline",
    outline_hint: "↑ ↓ go through the lines, Enter opens one, + adds behind it, Ctrl C, X and V copy and move, Delete removes.",
    with_selected: "With the selected line",
    add_behind: "Add step",
    move_label: "Move",
    paste: "Paste",
    trigger: "Trigger",
    ends_here: "Ends here",
    copy_step: "Copy step",
    duplicate: "Duplicate step",
    delete_step: "Delete step",

    add_step: "Add a step",
    choose_trigger: "Choose a trigger",
    change_trigger: "Choose another trigger",
    no_trigger: "The trigger says what lets a contact enter.",
    search: "Search",
    nothing_found: "Nothing is called like that.",

    delete_title: "Delete several steps?",

    conflict: "Somebody saved a newer version",
    conflict_words: "While you were building, this workflow was saved by somebody else. Nothing is lost: whichever you take, Undo shows the other one.",
    keep_mine: "Go on with mine",
    take_theirs: "Take the newer one",
    kept_mine: "Your version is on the canvas. Saving it replaces the newer one; Undo shows it.",
    took_theirs: "The newer version is on the canvas. Undo brings yours back.",

    not_published: "It was not published",
    loop_advice: "A workflow must not start itself. Change one of these steps, or narrow the conditions of the trigger.",

    test_title: "Test this workflow",
    test_lead: "You get a code to send to a page. Each time you send it, a test run starts with you.",
    test_saved_only: "What was saved last is tested. Save first to test your changes.",
    channel: "Channel",
    channel_hint: "Pages on Messenger have a chat link; other channels cannot be tested.",
    no_channel: "There is no page to test on. Connect one in the settings.",
    untested: "Not offered now:",
    trigger_variables: "Trigger Variable (optional)",
    null: "null",
    next: "Next",
    qr_alt: "QR code that opens the chat with the code in it",
    test_send: "Point a phone at the picture, or send this code to the page:",
    test_again: "Send it as often as you like, until you end the test.",
    open_chat: "Open chat",
    open_simulator: "Run in simulator",
    end_test: "End Testing",
    keep_testing: "Close, keep testing",
    test_is_on: "A test is going on.",
    show_code: "Code",
    trace: "Trace",
    test_ended: "The test has ended. The code does nothing any more.",

    rehearse: "Try on past conversations",
    rehearse_title: "Past conversations",
    rehearse_lead: "What the workflow on the canvas would have done in the last 30 days, with who had the thread, the messaging window and the answers of that time. Fields, tags and assignees count as they are now. Nothing is sent and nothing changes.",
    took_in: "Somebody saved this workflow. This is the newest version.",
}

/// Where a way out of a step leads: "Success: Thank you".
pub fn leads_to(way: &str, next: Option<&str>) -> String {
    format!("{way}: {}", next.unwrap_or(ends_here()))
}

/// "12 contacts are in it."
pub fn running(count: i64) -> String {
    match count {
        0 => say!("Nobody is in it right now.").to_owned(),
        1 => say!("1 contact is in it.").to_owned(),
        count => say!("{count} contacts are in it.", count),
    }
}

/// "2 errors"
pub fn errors(count: usize) -> String {
    plural(i64::try_from(count).unwrap_or(i64::MAX), say!("error"), say!("errors"))
}

/// "2 hints"
pub fn advice(count: usize) -> String {
    plural(i64::try_from(count).unwrap_or(i64::MAX), say!("hint"), say!("hints"))
}

/// What the drawer says below: how much there is to fix.
pub fn left(count: usize) -> String {
    if count == 0 {
        say!("Nothing to fix").to_owned()
    } else {
        say!("{errors} to fix", errors = errors(count))
    }
}

/// "93 %"
pub fn percent(percent: u32) -> String {
    format!("{percent} %")
}

fn deed(deed: Deed) -> &'static str {
    match deed {
        Deed::Add => say!("add step"),
        Deed::Paste => say!("paste"),
        Deed::Duplicate => say!("duplicate step"),
        Deed::Move => say!("move step"),
        Deed::Delete => say!("delete"),
        Deed::Connect => say!("connect"),
        Deed::Change(_, "name") => say!("rename"),
        Deed::Change(..) => say!("change settings"),
        Deed::ChooseTrigger => say!("choose trigger"),
        Deed::RemoveWay => say!("remove branch"),
        Deed::RaiseWay => say!("move branch"),
        Deed::Restore => say!("your unsaved changes"),
        Deed::Newer => say!("the newer version"),
        Deed::Mine => say!("your version"),
        Deed::Discard => say!("discard changes"),
    }
}

/// "Undo: add step (Ctrl Z)"
pub fn undo(last: Option<Deed>) -> String {
    last.map_or_else(
        || say!("Undo (Ctrl Z)").to_owned(),
        |last| say!("Undo: {deed} (Ctrl Z)", deed = deed(last)),
    )
}

/// "Redo: add step (Ctrl Shift Z)"
pub fn redo(next: Option<Deed>) -> String {
    next.map_or_else(
        || say!("Redo (Ctrl Shift Z)").to_owned(),
        |next| say!("Redo: {deed} (Ctrl Shift Z)", deed = deed(next)),
    )
}

pub fn undone(last: Deed) -> String {
    say!("Undone: {deed}.", deed = deed(last))
}

pub fn redone(next: Deed) -> String {
    say!("Done again: {deed}.", deed = deed(next))
}

pub fn added(name: &str) -> String {
    say!("Added “{name}”.", name)
}

pub fn moved(name: &str) -> String {
    say!("Moved “{name}”.", name)
}

pub fn connected(name: &str) -> String {
    say!("This way now jumps to “{name}”.", name)
}

pub fn copied(name: &str) -> String {
    say!("Copied “{name}”. Paste it at any +.", name)
}

pub fn cut(name: &str) -> String {
    say!("“{name}” moves to where you paste it, with everything below it.", name)
}

pub fn paste_here(name: &str) -> String {
    say!("Paste “{name}” here", name)
}

pub fn move_here(name: &str) -> String {
    say!("Move “{name}” here", name)
}

/// What a screen reader hears after something was deleted.
pub fn deleted(name: &str, along: usize) -> String {
    match along {
        0 => say!("Deleted “{name}”.", name),
        along => say!("Deleted “{name}” and {steps} below it.", name, steps = steps(along)),
    }
}

/// The question before more than one step is deleted.
pub fn delete_along(name: &str, along: usize) -> String {
    say!(
        "“{name}” has {steps} below it. Deleting it deletes them, too. Undo brings them back.",
        name,
        steps = steps(along)
    )
}

fn steps(count: usize) -> String {
    plural(i64::try_from(count).unwrap_or(i64::MAX), say!("step"), say!("steps"))
}

/// How large both versions are.
pub fn conflict_steps(mine: usize, theirs: usize) -> String {
    say!("Yours has {yours}, the newer one has {newer}.", yours = steps(mine), newer = steps(theirs))
}

/// "Add a step behind “Hello”, on “No answer”"
pub fn add_after(name: &str, way: Option<&str>) -> String {
    match way {
        Some(way) => say!("Add a step behind “{name}”, on “{way}”", name, way),
        None => say!("Add a step behind “{name}”", name),
    }
}

/// "Add a step on “No answer”"
pub fn add_on(way: &str) -> String {
    say!("Add a step on “{way}”", way)
}

/// How a screen reader names a step on the canvas.
pub fn node_label(name: &str, line: &str, fault: Option<&str>, comment: &str) -> String {
    let label = match (fault, line) {
        (Some(fault), _) => say!("{name}. Error: {fault}", name, fault),
        (None, "") => name.to_owned(),
        (None, line) => format!("{name}, {line}"),
    };
    if comment.is_empty() { label } else { say!("{label}. Comment: {comment}", label, comment) }
}

/// What a variable may hold, behind where it comes from.
pub fn such_as(sample: &str) -> String {
    say!(", such as {sample}", sample)
}

/// What somebody who tests has to do next.
pub fn send_code(code: &str) -> String {
    say!("Send {code} to the page. Each time, a run starts, and its path lights up here.", code)
}

/// What a screen reader hears when a test's run began.
pub fn test_began(contact: &str) -> String {
    say!("A test run with {contact} has begun.", contact)
}

/// How often somebody would have entered.
pub fn would_enter(rehearsal: &Rehearsal) -> String {
    let all = i64::try_from(rehearsal.looked_at).unwrap_or(i64::MAX);
    match all {
        0 => say!("There is no conversation of the last 30 days to look at.").to_owned(),
        all => say!(
            "In {conversations} of the last 30 days, {entered} would have entered and {stayed_out} stayed out.",
            conversations = plural(all, say!("conversation"), say!("conversations")),
            entered = rehearsal.entered,
            stayed_out = rehearsal.stayed_out
        ),
    }
}

/// What would have been sent and what not, a sentence each.
pub fn would_send(rehearsal: &Rehearsal) -> Vec<String> {
    let sent = say!(
        "{messages} would have been sent.",
        messages = plural(rehearsal.messages, say!("message"), say!("messages"))
    );
    let closed = plural(rehearsal.closed_windows, say!("message"), say!("messages"));
    let times = plural(rehearsal.bot_owned, say!("time"), say!("times"));
    let closed = (rehearsal.closed_windows > 0)
        .then(|| say!("{closed} would not: the messaging window was closed.", closed));
    let bots = (rehearsal.bot_owned > 0)
        .then(|| say!("{times} another app had the thread, and nothing was sent then.", times));
    let cut = rehearsal.cut.then(|| {
        say!("Older conversations were left out: there are too many, or it took too long.").to_owned()
    });
    [Some(sent), closed, bots, cut].into_iter().flatten().collect()
}

/// What the past does not tell about a trigger.
pub fn gap(gap: Gap) -> &'static str {
    match gap {
        Gap::TagsByWorkflows => {
            say!(
                "Only tags that people put on or took off are kept with their time; those of workflows are missing here."
            )
        }
        Gap::FieldValues => {
            say!(
                "The past does not tell when a contact field had which value, so this trigger cannot be tried on it. Test it with Test workflow."
            )
        }
        Gap::Payloads => {
            say!(
                "The past keeps the titles of tapped buttons, not their payloads, so this trigger cannot be tried on it. Test it with Test workflow."
            )
        }
        Gap::Shortcuts => {
            say!(
                "People would have used this shortcut when they wanted to; the past cannot tell. Test it with Test workflow."
            )
        }
        Gap::Programs => {
            say!(
                "The past does not tell when a program would have called this address. Test it with Test workflow."
            )
        }
        Gap::OtherWorkflows => {
            say!("Other workflows start this one; the past does not tell when they would have. Try those.")
        }
    }
}
