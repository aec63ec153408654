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

pub const BUILDER_UNAVAILABLE: &str = "This workflow cannot be shown";
pub const TO_WORKFLOWS: &str = "Back to workflows";

pub const DESCRIPTION: &str = "Description";
pub const ALL_SAVED: &str = "All changes saved";
pub const KEEPING: &str = "Keeping your changes…";
pub const KEPT: &str = "Not saved, kept for you";
pub const KEPT_HERE: &str = "Not saved, kept in this browser only";
pub const LOOK: &str = "Show as";
pub const AS_CANVAS: &str = "Canvas";
pub const AS_OUTLINE: &str = "Outline";
pub const MORE: &str = "More";
pub const TEST: &str = "Test";
pub const SAVE: &str = "Save";
pub const PUBLISH: &str = "Publish";
pub const STOP: &str = "Stop";
pub const CLOSE: &str = "Close";
pub const CLOSE_ESC: &str = "Close (Esc)";
pub const RESOLVE_FIRST: &str = "Resolve the errors first";
pub const NOTHING_TO_SAVE: &str = "Everything is saved";
pub const SHOW_INSTRUCTIONS: &str = "Show AI Instructions";
pub const INSTRUCTIONS_LEAD: &str = "Word for word what the AI is told before it reads the conversation, once the workflow is published. Variables are filled in for each contact.";

pub const PUBLISHED_NOTICE: &str = "Published: contacts enter it, and nothing can be changed.";
pub const STOP_TO_EDIT: &str = "Stop to edit";
pub const LOCKED: &str = "It is published. Stop it to change it.";
pub const RESTORED: &str = "Your unsaved changes are back.";
pub const RESTORED_WORDS: &str = "Save them, or go back to what was saved last.";
pub const DISCARD: &str = "Discard changes";
pub const DISCARDED: &str = "Back to what was saved last. Undo brings your changes back.";

pub const ERRORS: &str = "Errors and advice";
pub const MUST_FIX: &str = "Fix before saving";
pub const SHOULD_LOOK: &str = "Worth a look";
pub const NO_ERRORS: &str = "There is nothing to fix.";
pub const NEXT_ERROR: &str = "Next error";
pub const LOOP: &str = "Workflow loop";

pub const TOOLS: &str = "Canvas tools";
pub const ZOOM_IN: &str = "Zoom in (+)";
pub const ZOOM_OUT: &str = "Zoom out (−)";
pub const CENTER: &str = "Center (0)";

pub const CANVAS: &str = "Canvas";
pub const CANVAS_HINT: &str = "Arrows go along the tree, Enter opens the settings, Insert adds a step, Delete removes one. The outline shows the same as a list.";
pub const OUTLINE: &str = "Outline";
pub const OUTLINE_HINT: &str = "↑ ↓ go through the lines, Enter opens one, + adds behind it, Ctrl C, X and V copy and move, Delete removes.";
pub const WITH_SELECTED: &str = "With the selected line";
pub const ADD_BEHIND: &str = "Add step";
pub const MOVE: &str = "Move";
pub const PASTE: &str = "Paste";
pub const TRIGGER: &str = "Trigger";
pub const ENDS_HERE: &str = "Ends here";
pub const COPY_STEP: &str = "Copy step";
pub const DUPLICATE: &str = "Duplicate step";
pub const DELETE_STEP: &str = "Delete step";

pub const ADD_STEP: &str = "Add a step";
pub const CHOOSE_TRIGGER: &str = "Choose a trigger";
pub const CHANGE_TRIGGER: &str = "Choose another trigger";
pub const NO_TRIGGER: &str = "The trigger says what lets a contact enter.";
pub const SEARCH: &str = "Search";
pub const NOTHING_FOUND: &str = "Nothing is called like that.";

pub const DELETE_TITLE: &str = "Delete several steps?";

pub const CONFLICT: &str = "Somebody saved a newer version";
pub const CONFLICT_WORDS: &str = "While you were building, this workflow was saved by somebody else. Nothing is lost: whichever you take, Undo shows the other one.";
pub const KEEP_MINE: &str = "Go on with mine";
pub const TAKE_THEIRS: &str = "Take the newer one";
pub const KEPT_MINE: &str = "Your version is on the canvas. Saving it replaces the newer one; Undo shows it.";
pub const TOOK_THEIRS: &str = "The newer version is on the canvas. Undo brings yours back.";

pub const NOT_PUBLISHED: &str = "It was not published";
pub const LOOP_ADVICE: &str =
    "A workflow must not start itself. Change one of these steps, or narrow the conditions of the trigger.";

pub const TEST_TITLE: &str = "Test this workflow";
pub const TEST_LEAD: &str =
    "You get a code to send to a page. Each time you send it, a test run starts with you.";
pub const TEST_SAVED_ONLY: &str = "What was saved last is tested. Save first to test your changes.";
pub const CHANNEL: &str = "Channel";
pub const CHANNEL_HINT: &str = "Pages on Messenger have a chat link; other channels cannot be tested.";
pub const NO_CHANNEL: &str = "There is no page to test on. Connect one in the settings.";
pub const UNTESTED: &str = "Not offered now:";
pub const TRIGGER_VARIABLES: &str = "Trigger Variable (optional)";
pub const NULL: &str = "null";
pub const NEXT: &str = "Next";
pub const QR_ALT: &str = "QR code that opens the chat with the code in it";
pub const TEST_SEND: &str = "Point a phone at the picture, or send this code to the page:";
pub const TEST_AGAIN: &str = "Send it as often as you like, until you end the test.";
pub const OPEN_CHAT: &str = "Open chat";
pub const OPEN_SIMULATOR: &str = "Run in simulator";
pub const END_TEST: &str = "End Testing";
pub const KEEP_TESTING: &str = "Close, keep testing";
pub const TEST_IS_ON: &str = "A test is going on.";
pub const SHOW_CODE: &str = "Code";
pub const TRACE: &str = "Trace";
pub const TEST_ENDED: &str = "The test has ended. The code does nothing any more.";

pub const REHEARSE: &str = "Try on past conversations";
pub const REHEARSE_TITLE: &str = "Past conversations";
pub const REHEARSE_LEAD: &str = "What the workflow on the canvas would have done in the last 30 days, with who had the thread, the messaging window and the answers of that time. Fields, tags and assignees count as they are now. Nothing is sent and nothing changes.";
pub const TOOK_IN: &str = "Somebody saved this workflow. This is the newest version.";

/// Where a way out of a step leads: "Success: Thank you".
pub fn leads_to(way: &str, next: Option<&str>) -> String {
    format!("{way}: {}", next.unwrap_or(ENDS_HERE))
}

/// "12 contacts are in it."
pub fn running(count: i64) -> String {
    match count {
        0 => "Nobody is in it right now.".to_owned(),
        1 => "1 contact is in it.".to_owned(),
        count => format!("{count} contacts are in it."),
    }
}

/// "2 errors"
pub fn errors(count: usize) -> String {
    plural(i64::try_from(count).unwrap_or(i64::MAX), "error", "errors")
}

/// "2 hints"
pub fn advice(count: usize) -> String {
    plural(i64::try_from(count).unwrap_or(i64::MAX), "hint", "hints")
}

/// What the drawer says below: how much there is to fix.
pub fn left(count: usize) -> String {
    if count == 0 { "Nothing to fix".to_owned() } else { format!("{} to fix", errors(count)) }
}

/// "93 %"
pub fn percent(percent: u32) -> String {
    format!("{percent} %")
}

fn deed(deed: Deed) -> &'static str {
    match deed {
        Deed::Add => "add step",
        Deed::Paste => "paste",
        Deed::Duplicate => "duplicate step",
        Deed::Move => "move step",
        Deed::Delete => "delete",
        Deed::Connect => "connect",
        Deed::Change(_, "name") => "rename",
        Deed::Change(..) => "change settings",
        Deed::ChooseTrigger => "choose trigger",
        Deed::RemoveWay => "remove branch",
        Deed::RaiseWay => "move branch",
        Deed::Restore => "your unsaved changes",
        Deed::Newer => "the newer version",
        Deed::Mine => "your version",
        Deed::Discard => "discard changes",
    }
}

/// "Undo: add step (Ctrl Z)"
pub fn undo(last: Option<Deed>) -> String {
    last.map_or_else(|| "Undo (Ctrl Z)".to_owned(), |last| format!("Undo: {} (Ctrl Z)", deed(last)))
}

/// "Redo: add step (Ctrl Shift Z)"
pub fn redo(next: Option<Deed>) -> String {
    next.map_or_else(
        || "Redo (Ctrl Shift Z)".to_owned(),
        |next| format!("Redo: {} (Ctrl Shift Z)", deed(next)),
    )
}

pub fn undone(last: Deed) -> String {
    format!("Undone: {}.", deed(last))
}

pub fn redone(next: Deed) -> String {
    format!("Done again: {}.", deed(next))
}

pub fn added(name: &str) -> String {
    format!("Added “{name}”.")
}

pub fn moved(name: &str) -> String {
    format!("Moved “{name}”.")
}

pub fn connected(name: &str) -> String {
    format!("This way now jumps to “{name}”.")
}

pub fn copied(name: &str) -> String {
    format!("Copied “{name}”. Paste it at any +.")
}

pub fn cut(name: &str) -> String {
    format!("“{name}” moves to where you paste it, with everything below it.")
}

pub fn paste_here(name: &str) -> String {
    format!("Paste “{name}” here")
}

pub fn move_here(name: &str) -> String {
    format!("Move “{name}” here")
}

/// What a screen reader hears after something was deleted.
pub fn deleted(name: &str, along: usize) -> String {
    match along {
        0 => format!("Deleted “{name}”."),
        along => format!("Deleted “{name}” and {} below it.", steps(along)),
    }
}

/// The question before more than one step is deleted.
pub fn delete_along(name: &str, along: usize) -> String {
    format!("“{name}” has {} below it. Deleting it deletes them, too. Undo brings them back.", steps(along))
}

fn steps(count: usize) -> String {
    plural(i64::try_from(count).unwrap_or(i64::MAX), "step", "steps")
}

/// How large both versions are.
pub fn conflict_steps(mine: usize, theirs: usize) -> String {
    format!("Yours has {}, the newer one has {}.", steps(mine), steps(theirs))
}

/// "Add a step behind “Hello”, on “No answer”"
pub fn add_after(name: &str, way: Option<&str>) -> String {
    match way {
        Some(way) => format!("Add a step behind “{name}”, on “{way}”"),
        None => format!("Add a step behind “{name}”"),
    }
}

/// "Add a step on “No answer”"
pub fn add_on(way: &str) -> String {
    format!("Add a step on “{way}”")
}

/// How a screen reader names a step on the canvas.
pub fn node_label(name: &str, line: &str, fault: Option<&str>, comment: &str) -> String {
    let label = match (fault, line) {
        (Some(fault), _) => format!("{name}. Error: {fault}"),
        (None, "") => name.to_owned(),
        (None, line) => format!("{name}, {line}"),
    };
    if comment.is_empty() { label } else { format!("{label}. Comment: {comment}") }
}

/// What a variable may hold, behind where it comes from.
pub fn such_as(sample: &str) -> String {
    format!(", such as {sample}")
}

/// What somebody who tests has to do next.
pub fn send_code(code: &str) -> String {
    format!("Send {code} to the page. Each time, a run starts, and its path lights up here.")
}

/// What a screen reader hears when a test's run began.
pub fn test_began(contact: &str) -> String {
    format!("A test run with {contact} has begun.")
}

/// How often somebody would have entered.
pub fn would_enter(rehearsal: &Rehearsal) -> String {
    let all = i64::try_from(rehearsal.looked_at).unwrap_or(i64::MAX);
    match all {
        0 => "There is no conversation of the last 30 days to look at.".to_owned(),
        all => format!(
            "In {} of the last 30 days, {} would have entered and {} stayed out.",
            plural(all, "conversation", "conversations"),
            rehearsal.entered,
            rehearsal.stayed_out,
        ),
    }
}

/// What would have been sent and what not, a sentence each.
pub fn would_send(rehearsal: &Rehearsal) -> Vec<String> {
    let sent = format!("{} would have been sent.", plural(rehearsal.messages, "message", "messages"));
    let closed = plural(rehearsal.closed_windows, "message", "messages");
    let times = plural(rehearsal.bot_owned, "time", "times");
    let closed = (rehearsal.closed_windows > 0)
        .then(|| format!("{closed} would not: the messaging window was closed."));
    let bots = (rehearsal.bot_owned > 0)
        .then(|| format!("{times} another app had the thread, and nothing was sent then."));
    let cut = rehearsal
        .cut
        .then(|| "Older conversations were left out: there are too many, or it took too long.".to_owned());
    [Some(sent), closed, bots, cut].into_iter().flatten().collect()
}

/// What the past does not tell about a trigger.
pub const fn gap(gap: Gap) -> &'static str {
    match gap {
        Gap::TagsByWorkflows => {
            "Only tags that people put on or took off are kept with their time; those of workflows are missing here."
        }
        Gap::FieldValues => {
            "The past does not tell when a contact field had which value, so this trigger cannot be tried on it. Test it with Test workflow."
        }
        Gap::Payloads => {
            "The past keeps the titles of tapped buttons, not their payloads, so this trigger cannot be tried on it. Test it with Test workflow."
        }
        Gap::Shortcuts => {
            "People would have used this shortcut when they wanted to; the past cannot tell. Test it with Test workflow."
        }
        Gap::Programs => {
            "The past does not tell when a program would have called this address. Test it with Test workflow."
        }
        Gap::OtherWorkflows => {
            "Other workflows start this one; the past does not tell when they would have. Try those."
        }
    }
}
