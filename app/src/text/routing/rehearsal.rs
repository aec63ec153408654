//! Who would get a conversation.

use domain::routing::rehearsal::{Entry, Gets, Outcome, Rule};

pub const REHEARSAL: &str = "Who would get the conversation?";
pub const REHEARSAL_LEAD: &str = "Facebook’s rules, applied to a case you choose. What is set on Facebook cannot be read; suppose it here as you see it there.";
pub const HOW_THEY_COME: &str = "The customer comes";
pub const WHO_HAS_IT: &str = "The conversation is";
pub const SUPPOSED: &str = "Suppose that on Facebook";
pub const SUPPOSED_DEFAULT: &str = "Default routing app";
pub const SUPPOSED_SOCIAL: &str = "Social routing";
pub const SUPPOSED_LINK: &str = "Link routing, for this link";
pub const SUPPOSED_CAMPAIGN: &str = "Campaign routing, for this ad";
pub const NONE_SET: &str = "Nobody";
pub const NEW: &str = "new: they have never written";
pub const IDLE: &str = "idle: control was given back";
pub const CONTROL_EXPIRED: &str = "idle: a day has passed";

/// A way to begin, after "The customer comes".
pub fn entry(entry: Entry) -> &'static str {
    match entry {
        Entry::Message => "from the page and writes",
        Entry::Comment => "from a post or a comment",
        Entry::Link => "through an m.me link with a ref",
        Entry::Ad => "from an ad or a campaign",
        Entry::Tap => "by tapping a button or quick reply",
        Entry::OptIn => "through an opt-in on a website",
    }
}

/// "with SalesBot"
pub fn held_by(app: &str) -> String {
    format!("with {app}")
}

/// Who gets it.
pub fn gets(outcome: &Outcome, name: &str) -> String {
    match (&outcome.gets, outcome.in_control) {
        (Gets::Everybody, _) => "Every connected app gets it, and each may answer.".into(),
        (Gets::One(_), true) => format!("{name} gets it and has control at once."),
        (Gets::One(_), false) => format!("{name} gets it; control follows with its first answer."),
    }
}

/// The rule that decides.
pub fn rule(rule: Rule, name: &str) -> String {
    match rule {
        Rule::Owner => format!(
            "{name} has control, and who has control keeps it, whatever the customer does. Others only listen, if “Access standby channel” is on for them."
        ),
        Rule::Link => "Link routing names an app for this m.me link. It decides before the default routing app, as long as nobody has control.".into(),
        Rule::Campaign => "The ad’s message template names the app. It decides before the default routing app, as long as nobody has control.".into(),
        Rule::Social => "Nobody has control, and social routing names an app for people who enter from the page. It decides before the default routing app.".into(),
        Rule::Default => "Nobody has control and no other rule names an app for this way in, so the default routing app gets it.".into(),
        Rule::Off => "Without a default routing app, routing is off: all connected apps hear every message. Customers may get two answers.".into(),
    }
}

/// What has been seen of such beginnings.
pub fn seen_before(ours: i64, others: i64, bot: &str) -> String {
    match (ours, others) {
        (0, 0) => "No conversation has begun like this here so far.".into(),
        (ours, 0) => format!("So far, {} like this came to us.", all_of(ours)),
        (0, others) => format!("So far, {} like this went to {bot}.", all_of(others)),
        (ours, others) => {
            format!(
                "So far, {others} of {} conversations that began like this went to {bot}, {ours} came to us.",
                ours + others
            )
        }
    }
}

fn all_of(number: i64) -> String {
    if number == 1 {
        "the one conversation that began".into()
    } else {
        format!("all {number} conversations that began")
    }
}
