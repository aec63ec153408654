//! Who has control, and what one can do about it.

use crate::calendar::span;
use crate::state::OwnerName;
use domain::conversation::control::OwnerKind;
use domain::view::{ControlChange, ControlView, Pending, PendingKind};

pub const RESYNC: &str = "Re-sync";
pub const RESYNC_HINT: &str = "Ask Facebook who has control";
pub const RESYNCING: &str = "Asking Facebook…";
pub const TAKING_OVER: &str = "Taking over…";
pub const RESETTING: &str = "Resetting control…";
pub const TAKE_OVER: &str = "Take over";
pub const TAKE_OVER_HINT: &str = "Take control of this thread";
pub const RESET_CONTROL: &str = "Reset control";
pub const CONTROL_OF_THREAD: &str = "Control of this thread";
pub const CONTROL_HISTORY: &str = "Control history";
pub const NO_CONTROL_HISTORY: &str = "Control has not changed hands yet.";
pub const HANDED_OVER: &str = "What the bot says about it";

pub const TOLD_THE_BOT: &str = "Told the bot";
pub const WAITING: &str = "Waiting";
pub const ROUTING_SETTINGS: &str = "Look at the routing";

/// "Waiting for 5 min"
pub fn waiting(ms: i64) -> String {
    format!("Waiting for {}", span(ms.max(0)))
}

/// On a bot's message that came while we had control.
pub const ROUTING_CONFLICT: &str = "Routing conflict";

/// The flag of a routing conflict (CR-28), with what it means for whoever reads it.
pub fn conflict(manager: bool) -> &'static str {
    if manager {
        "Another app wrote here while we had control. A bot that is set up correctly stays silent: check that it leaves threads it does not own alone, and that no other app writes from an old subscription."
    } else {
        "Another app wrote while we had control, so two voices may have answered. Tell a manager: the page’s message routing needs a look."
    }
}

/// The name of the lock: "Controlled by SalesBot".
pub fn controlled_by(control: &ControlView) -> String {
    format!("Controlled by {}", control.owner_name())
}

/// Who has control, in one sentence.
pub fn who_has_control(control: &ControlView) -> String {
    match control.owner {
        OwnerKind::Ours => "We have control".into(),
        OwnerKind::Bot | OwnerKind::PageInbox => format!("{} has control", control.owner_name()),
        OwnerKind::Idle => "Idle. The next message goes to us".into(),
        OwnerKind::Unknown => "Not known. Re-sync".into(),
    }
}

/// What is under way: "Taking over…", "Mia is taking over…".
pub fn under_way(pending: &Pending, me: &str) -> String {
    let mine = pending.by == me;
    match pending.what {
        PendingKind::TakingOver if mine => TAKING_OVER.into(),
        PendingKind::TakingOver => format!("{} is taking over…", pending.by),
        PendingKind::Resetting if mine => RESETTING.into(),
        PendingKind::Resetting => format!("{} is resetting control…", pending.by),
    }
}

/// What follows from a reset, for buttons and menus. `bot`: the one seen last in this thread.
pub fn after_reset(bot: Option<&str>, customer: &str) -> String {
    match bot {
        Some(bot) => format!("{bot} answers {customer}’s next message"),
        None => format!("The page’s bot answers {customer}’s next message"),
    }
}

/// The menu of bots beside the reset.
pub const PASS_TO_BOT: &str = "Pass to a bot";

/// "Pass to SalesBot"
pub fn pass_to(bot: &str) -> String {
    format!("Pass to {bot}")
}

/// What follows from passing to a bot.
pub fn after_pass(customer: &str) -> String {
    format!("It has {customer}’s thread at once")
}

/// When control goes back by itself (CR-19).
pub fn resets_in(ms: i64) -> String {
    format!("Control resets by itself in {}", span(ms))
}

/// How an owner is known, in words.
pub fn proof(word: &str) -> &'static str {
    match word {
        "meta_answered" => "Facebook said so",
        "taken_by_us" => "Facebook accepted the take-over",
        "reset_by_us" => "reset by our team",
        "reset_automatically" => "reset by itself, 24 h after our last message",
        "passed" => "an app passed the thread on",
        "taken" => "an app took the thread",
        "other_app_wrote" => "another app wrote here",
        "our_message_accepted" => "Facebook accepted a message of ours",
        "addressed_to_us" => "the customer’s message came to us",
        "addressed_to_other" => "the customer’s message went to another app",
        "refused_not_owner" => "Facebook refused our message",
        "expired" => "the time Facebook granted ran out",
        _ => "not proven yet",
    }
}

/// The short form of a proof, for the strip.
pub const PROVEN: &str = "proven";

/// A change of owner as one line between messages.
pub fn control_marker(change: &ControlChange) -> String {
    let bot = change.app_name.as_deref().unwrap_or("Another app");
    match (change.owner, change.by.as_deref(), change.proof.as_str()) {
        (OwnerKind::Ours, Some(person), "taken_by_us" | "our_message_accepted") => {
            format!("{person} took over")
        }
        (OwnerKind::Ours, _, "passed") => "The thread was passed to us".into(),
        (OwnerKind::Ours, _, _) => "We have control".into(),
        (_, Some(person), "reset_by_us") => format!("{person} reset control"),
        (_, None, "reset_by_us") => "Control was reset".into(),
        (_, _, "reset_automatically") => "Control was reset automatically".into(),
        (OwnerKind::Bot, _, "passed") => format!("The thread was passed to {bot}"),
        (OwnerKind::Bot, _, _) => format!("{bot} took control"),
        (OwnerKind::PageInbox, _, _) => "Page Inbox took control".into(),
        (OwnerKind::Idle, _, _) => "Control was released".into(),
        (OwnerKind::Unknown, _, _) => "Who has control became uncertain".into(),
    }
}

/// An owner in the control history.
pub fn owner(change: &ControlChange) -> String {
    match change.owner {
        OwnerKind::Ours => "Our inbox".into(),
        OwnerKind::Bot => change.app_name.clone().unwrap_or_else(|| "Another app".into()),
        OwnerKind::PageInbox => "Page Inbox".into(),
        OwnerKind::Idle => "Nobody (idle)".into(),
        OwnerKind::Unknown => "Not known".into(),
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
