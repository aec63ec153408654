//! What can be added, in groups and in a sentence each. The numbers are those of `state::builder`.

use crate::state::builder::{TRIGGERS, fresh_trigger};
use domain::workflow::trigger::TriggerKind;

words! {
    group_talking: "Talk to the customer",
    group_team: "Team and conversation",
    group_contact: "Contact",
    group_leading: "Lead on",
    group_outside: "Ask other programs",
    group_control: "Thread control",
}

/// The group and the purpose of the step with this number.
pub fn offered_step(number: usize) -> (&'static str, &'static str) {
    match number {
        0 => (group_talking(), say!("Says something, with files, buttons and quick replies")),
        1 => (group_talking(), say!("Asks, checks the answer, and keeps it")),
        2 => (group_talking(), say!("Waits for whatever the customer does next")),
        3 => (group_team(), say!("Gives the conversation to a person or a team")),
        4 => (group_team(), say!("Leaves a note the customer never sees")),
        5 => (group_team(), say!("Opens the conversation again")),
        6 => (group_team(), say!("Closes the conversation, with a closing note")),
        7 => (group_contact(), say!("Writes a contact field")),
        8 => (group_contact(), say!("Adds tags or takes them away")),
        9 => (group_leading(), say!("Goes different ways, depending on what is known")),
        10 => (group_leading(), say!("Goes different ways by business hours or date")),
        11 => (group_leading(), say!("Waits for up to 7 days")),
        12 => (group_leading(), say!("Goes on at another step, up to 10 times")),
        13 => (group_leading(), say!("Starts a workflow that has the Manual Trigger")),
        14 => (group_outside(), say!("Lets an AI talk until its objective is reached")),
        15 => (group_outside(), say!("Asks a server and keeps parts of its answer")),
        16 => (group_outside(), say!("Adds a row to a spreadsheet")),
        17 => (group_control(), say!("Passes the thread to people in Meta's inbox")),
        18 => (group_control(), say!("Passes the thread to a bot or another app")),
        19 => (group_control(), say!("Takes the thread from another app")),
        _ => (group_control(), say!("Finds out who has control")),
    }
}

words! {
    group_conversation: "Conversation",
    group_customer: "What the customer does",
    group_programs: "People and programs",
}

/// The group and the purpose of the trigger with this number.
pub fn offered_trigger(number: usize) -> (&'static str, &'static str) {
    match number {
        0 => (
            group_conversation(),
            say!("A customer writes for the first time, or a closed conversation is opened"),
        ),
        1 => (group_conversation(), say!("A conversation is closed")),
        2 => (group_customer(), say!("A message holds certain words")),
        3 => (group_customer(), say!("A button with a payload is tapped")),
        4 => (group_customer(), say!("The customer comes from an ad")),
        5 => (group_customer(), say!("The customer agrees to be written to")),
        6 => (group_control(), say!("A bot passes the thread to us")),
        7 => (group_control(), say!("Another app takes the thread")),
        8 => (group_contact(), say!("A tag is added or removed")),
        9 => (group_contact(), say!("A contact field gets another value")),
        10 => (group_programs(), say!("An agent presses a button in the inbox, with a form")),
        11 => (group_programs(), say!("Another program calls an address")),
        _ => (group_programs(), say!("Only other workflows start it")),
    }
}

/// The number of a trigger's kind.
pub fn trigger_number(kind: &TriggerKind) -> usize {
    let same = |number: &usize| fresh_trigger(*number).is_some_and(|one| one.kind.name() == kind.name());
    (0..TRIGGERS).find(same).unwrap_or(0)
}
