//! What can be added, in groups and in a sentence each. The numbers are those of `state::builder`.

use crate::state::builder::{TRIGGERS, fresh_trigger};
use domain::workflow::trigger::TriggerKind;

const TALKING: &str = "Talk to the customer";
const TEAM: &str = "Team and conversation";
const CONTACT: &str = "Contact";
const LEADING: &str = "Lead on";
const OUTSIDE: &str = "Ask other programs";
const CONTROL: &str = "Thread control";

/// The group and the purpose of the step with this number.
pub const fn offered_step(number: usize) -> (&'static str, &'static str) {
    match number {
        0 => (TALKING, "Says something, with files, buttons and quick replies"),
        1 => (TALKING, "Asks, checks the answer, and keeps it"),
        2 => (TALKING, "Waits for whatever the customer does next"),
        3 => (TEAM, "Gives the conversation to a person or a team"),
        4 => (TEAM, "Leaves a note the customer never sees"),
        5 => (TEAM, "Opens the conversation again"),
        6 => (TEAM, "Closes the conversation, with a closing note"),
        7 => (CONTACT, "Writes a contact field"),
        8 => (CONTACT, "Adds tags or takes them away"),
        9 => (LEADING, "Goes different ways, depending on what is known"),
        10 => (LEADING, "Goes different ways by business hours or date"),
        11 => (LEADING, "Waits for up to 7 days"),
        12 => (LEADING, "Goes on at another step, up to 10 times"),
        13 => (LEADING, "Starts a workflow that has the Manual Trigger"),
        14 => (OUTSIDE, "Lets an AI talk until its objective is reached"),
        15 => (OUTSIDE, "Asks a server and keeps parts of its answer"),
        16 => (OUTSIDE, "Adds a row to a spreadsheet"),
        17 => (CONTROL, "Passes the thread to people in Meta's inbox"),
        18 => (CONTROL, "Passes the thread to a bot or another app"),
        19 => (CONTROL, "Takes the thread from another app"),
        _ => (CONTROL, "Finds out who has control"),
    }
}

const CONVERSATION: &str = "Conversation";
const CUSTOMER: &str = "What the customer does";
const PROGRAMS: &str = "People and programs";

/// The group and the purpose of the trigger with this number.
pub const fn offered_trigger(number: usize) -> (&'static str, &'static str) {
    match number {
        0 => (CONVERSATION, "A customer writes for the first time, or a closed conversation is opened"),
        1 => (CONVERSATION, "A conversation is closed"),
        2 => (CUSTOMER, "A message holds certain words"),
        3 => (CUSTOMER, "A button with a payload is tapped"),
        4 => (CUSTOMER, "The customer comes from an ad"),
        5 => (CUSTOMER, "The customer agrees to be written to"),
        6 => (CONTROL, "A bot passes the thread to us"),
        7 => (CONTROL, "Another app takes the thread"),
        8 => (CONTACT, "A tag is added or removed"),
        9 => (CONTACT, "A contact field gets another value"),
        10 => (PROGRAMS, "An agent presses a button in the inbox, with a form"),
        11 => (PROGRAMS, "Another program calls an address"),
        _ => (PROGRAMS, "Only other workflows start it"),
    }
}

/// The number of a trigger's kind.
pub fn trigger_number(kind: &TriggerKind) -> usize {
    let same = |number: &usize| fresh_trigger(*number).is_some_and(|one| one.kind.name() == kind.name());
    (0..TRIGGERS).find(same).unwrap_or(0)
}
