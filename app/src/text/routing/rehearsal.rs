//! Who would get a conversation.

use domain::routing::rehearsal::{Entry, Gets, Outcome, Rule};

words! {
    rehearsal: "Who would get the conversation?",
    rehearsal_lead: "Facebook’s rules, applied to a case you choose. What is set on Facebook cannot be read; suppose it here as you see it there.",
    how_they_come: "The customer comes",
    who_has_it: "The conversation is",
    supposed: "Suppose that on Facebook",
    supposed_default: "Default routing app",
    supposed_social: "Social routing",
    supposed_link: "Link routing, for this link",
    supposed_campaign: "Campaign routing, for this ad",
    none_set: "Nobody",
    new: "new: they have never written",
    idle: "idle: control was given back",
    control_expired: "idle: a day has passed",
}

/// A way to begin, after "The customer comes".
pub fn entry(entry: Entry) -> &'static str {
    match entry {
        Entry::Message => say!("from the page and writes"),
        Entry::Comment => say!("from a post or a comment"),
        Entry::Link => say!("through an m.me link with a ref"),
        Entry::Ad => say!("from an ad or a campaign"),
        Entry::Tap => say!("by tapping a button or quick reply"),
        Entry::OptIn => say!("through an opt-in on a website"),
    }
}

/// "with SalesBot"
pub fn held_by(app: &str) -> String {
    say!("with {app}", app)
}

/// Who gets it.
pub fn gets(outcome: &Outcome, name: &str) -> String {
    match (&outcome.gets, outcome.in_control) {
        (Gets::Everybody, _) => say!("Every connected app gets it, and each may answer.").into(),
        (Gets::One(_), true) => say!("{name} gets it and has control at once.", name),
        (Gets::One(_), false) => say!("{name} gets it; control follows with its first answer.", name),
    }
}

/// The rule that decides.
pub fn rule(rule: Rule, name: &str) -> String {
    match rule {
        Rule::Owner => say!("{name} has control, and who has control keeps it, whatever the customer does. Others only listen, if “Access standby channel” is on for them.", name),
        Rule::Link => say!("Link routing names an app for this m.me link. It decides before the default routing app, as long as nobody has control.").into(),
        Rule::Campaign => say!("The ad’s message template names the app. It decides before the default routing app, as long as nobody has control.").into(),
        Rule::Social => say!("Nobody has control, and social routing names an app for people who enter from the page. It decides before the default routing app.").into(),
        Rule::Default => say!("Nobody has control and no other rule names an app for this way in, so the default routing app gets it.").into(),
        Rule::Off => say!("Without a default routing app, routing is off: all connected apps hear every message. Customers may get two answers.").into(),
    }
}

/// What has been seen of such beginnings.
pub fn seen_before(ours: i64, others: i64, bot: &str) -> String {
    match (ours, others) {
        (0, 0) => say!("No conversation has begun like this here so far.").into(),
        (ours, 0) => say!("So far, {all_of} like this came to us.", all_of = all_of(ours)),
        (0, others) => say!("So far, {all_of} like this went to {bot}.", all_of = all_of(others), bot),
        (ours, others) => {
            say!(
                "So far, {others} of {all} conversations that began like this went to {bot}, {ours} came to us.",
                others,
                all = ours + others,
                bot,
                ours
            )
        }
    }
}

fn all_of(number: i64) -> String {
    if number == 1 {
        say!("the one conversation that began").into()
    } else {
        say!("all {number} conversations that began", number)
    }
}
