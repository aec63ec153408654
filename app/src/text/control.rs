//! Who has control, and what one can do about it.

use crate::calendar::span;
use crate::state::OwnerName;
use domain::conversation::control::OwnerKind;
use domain::view::{ControlChange, ControlView, Pending, PendingKind};

words! {
    resync: "Re-sync",
    resync_hint: "Ask Facebook who has control",
    resyncing: "Asking Facebook…",
    taking_over: "Taking over…",
    resetting: "Resetting control…",
    take_over: "Take over",
    take_over_hint: "Take control of this thread",
    reset_control: "Reset control",
    control_of_thread: "Control of this thread",
    control_history: "Control history",
    no_control_history: "Control has not changed hands yet.",
    handed_over_label: "What the bot says about it",

    told_the_bot: "Told the bot",
    waiting_label: "Waiting",
    routing_settings: "Look at the routing",
}

/// "Waiting for 5 min"
pub fn waiting(ms: i64) -> String {
    say!("Waiting for {span}", span = span(ms.max(0)))
}

words! {
    /// On a bot's message that came while we had control.
    routing_conflict: "Routing conflict",
}

/// The flag of a routing conflict (CR-28), with what it means for whoever reads it.
pub fn conflict(manager: bool) -> &'static str {
    if manager {
        say!(
            "Another app wrote here while we had control. A bot that is set up correctly stays silent: check that it leaves threads it does not own alone, and that no other app writes from an old subscription."
        )
    } else {
        say!(
            "Another app wrote while we had control, so two voices may have answered. Tell a manager: the page’s message routing needs a look."
        )
    }
}

/// The name of the lock: "Controlled by SalesBot".
pub fn controlled_by(control: &ControlView) -> String {
    say!("Controlled by {control}", control = control.owner_name())
}

/// Who has control, in one sentence.
pub fn who_has_control(control: &ControlView) -> String {
    match control.owner {
        OwnerKind::Ours => say!("We have control").into(),
        OwnerKind::Bot | OwnerKind::PageInbox => {
            say!("{control} has control", control = control.owner_name())
        }
        OwnerKind::Idle => say!("Idle. The next message goes to us").into(),
        OwnerKind::Unknown => say!("Not known. Re-sync").into(),
    }
}

/// What is under way: "Taking over…", "Mia is taking over…".
pub fn under_way(pending: &Pending, me: &str) -> String {
    let mine = pending.by == me;
    match pending.what {
        PendingKind::TakingOver if mine => taking_over().into(),
        PendingKind::TakingOver => say!("{pending} is taking over…", pending = pending.by),
        PendingKind::Resetting if mine => resetting().into(),
        PendingKind::Resetting => say!("{pending} is resetting control…", pending = pending.by),
    }
}

/// What follows from a reset, for buttons and menus. `bot`: the one seen last in this thread.
pub fn after_reset(bot: Option<&str>, customer: &str) -> String {
    match bot {
        Some(bot) => say!("{bot} answers {customer}’s next message", bot, customer),
        None => say!("The page’s bot answers {customer}’s next message", customer),
    }
}

words! {
    /// The menu of bots beside the reset.
    pass_to_bot: "Pass to a bot",
}

/// "Pass to SalesBot"
pub fn pass_to(bot: &str) -> String {
    say!("Pass to {bot}", bot)
}

/// What follows from passing to a bot.
pub fn after_pass(customer: &str) -> String {
    say!("It has {customer}’s thread at once", customer)
}

/// When control goes back by itself (CR-19).
pub fn resets_in(ms: i64) -> String {
    say!("Control resets by itself in {span}", span = span(ms))
}

/// How an owner is known, in words.
pub fn proof(word: &str) -> &'static str {
    match word {
        "meta_answered" => say!("Facebook said so"),
        "taken_by_us" => say!("Facebook accepted the take-over"),
        "reset_by_us" => say!("reset by our team"),
        "reset_automatically" => say!("reset by itself, 24 h after our last message"),
        "passed" => say!("an app passed the thread on"),
        "taken" => say!("an app took the thread"),
        "other_app_wrote" => say!("another app wrote here"),
        "our_message_accepted" => say!("Facebook accepted a message of ours"),
        "addressed_to_us" => say!("the customer’s message came to us"),
        "addressed_to_other" => say!("the customer’s message went to another app"),
        "refused_not_owner" => say!("Facebook refused our message"),
        "expired" => say!("the time Facebook granted ran out"),
        _ => say!("not proven yet"),
    }
}

words! {
    /// The short form of a proof, for the strip.
    proven: "proven",
}

/// A change of owner as one line between messages.
pub fn control_marker(change: &ControlChange) -> String {
    let bot = change.app_name.as_deref().unwrap_or(say!("Another app"));
    match (change.owner, change.by.as_deref(), change.proof.as_str()) {
        (OwnerKind::Ours, Some(person), "taken_by_us" | "our_message_accepted") => {
            say!("{person} took over", person)
        }
        (OwnerKind::Ours, _, "passed") => say!("The thread was passed to us").into(),
        (OwnerKind::Ours, _, _) => say!("We have control").into(),
        (_, Some(person), "reset_by_us") => say!("{person} reset control", person),
        (_, None, "reset_by_us") => say!("Control was reset").into(),
        (_, _, "reset_automatically") => say!("Control was reset automatically").into(),
        (OwnerKind::Bot, _, "passed") => say!("The thread was passed to {bot}", bot),
        (OwnerKind::Bot, _, _) => say!("{bot} took control", bot),
        (OwnerKind::PageInbox, _, _) => say!("Page Inbox took control").into(),
        (OwnerKind::Idle, _, _) => say!("Control was released").into(),
        (OwnerKind::Unknown, _, _) => say!("Who has control became uncertain").into(),
    }
}

/// An owner in the control history.
pub fn owner(change: &ControlChange) -> String {
    match change.owner {
        OwnerKind::Ours => say!("Our inbox").into(),
        OwnerKind::Bot => change.app_name.clone().unwrap_or_else(|| say!("Another app").into()),
        OwnerKind::PageInbox => say!("Page Inbox").into(),
        OwnerKind::Idle => say!("Nobody (idle)").into(),
        OwnerKind::Unknown => say!("Not known").into(),
    }
}

/// What an app said when it handed over: the values of a JSON object as lines, or the text as it is (CR-04).
pub fn handed_over(metadata: &str) -> Vec<(String, String)> {
    let Ok(serde_json::Value::Object(fields)) = serde_json::from_slice(metadata.as_bytes()) else {
        return vec![(String::new(), metadata.to_owned())];
    };
    let said = |value: serde_json::Value| match value {
        serde_json::Value::String(text) => text,
        other => other.to_string(),
    };
    fields.into_iter().map(|(name, value)| (heading(&name), said(value))).collect()
}

/// A field name as a heading: `order_id` becomes "Order id".
pub(super) fn heading(name: &str) -> String {
    let words = name.replace(['_', '-'], " ");
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_bot_hands_over_is_read_as_fields_or_as_text() {
        assert_eq!(
            handed_over(r#"{"reason":"asks for a person","order_id":48190}"#),
            [("Order id".into(), "48190".into()), ("Reason".into(), "asks for a person".into())]
        );
        assert_eq!(handed_over("needs help"), [(String::new(), "needs help".into())]);
    }

    #[test]
    fn ones_own_take_over_is_not_told_in_the_third_person() {
        let pending = Pending { what: PendingKind::TakingOver, by: "Mia".into() };
        assert_eq!(under_way(&pending, "Mia"), "Taking over…");
        assert_eq!(under_way(&pending, "Ann"), "Mia is taking over…");
    }
}
