//! What happened in a thread besides messages.

use super::control::{control_marker, handed_over};
use super::first_name;
use crate::state::{Event, EventKind};
use domain::view::{Activity, Colleague};
use serde_json::Value;

pub const UNSEEN: &str = "New";
pub const SHOW_LIST: &str = "Show the list";
pub const EVENTS: &str = "Shown between messages";
pub const ALL_EVENTS: &str = "Everything";
pub const SEARCH_IN_THREAD: &str = "Search in this conversation";
pub const OLDER_PLACE: &str = "Older place (Enter)";
pub const NEWER_PLACE: &str = "Newer place (Shift Enter)";
pub const CLOSE_SEARCH: &str = "Close the search (Esc)";
pub const WORDINGS: &str = "What this message said";
pub const ORIGINAL: &str = "Raw data";
pub const AS_SENT: &str = "As Facebook sent it";
pub const AS_KEPT: &str = "As it is kept here";
pub const NO_LONGER_KEPT: &str =
    "Raw webhooks are kept for a week; this one is gone, or it came another way.";
pub const COPY: &str = "Copy text";
pub const QUOTE_IN_NOTE: &str = "Quote in note";
pub const COPIED: &str = "Copied.";
pub const LATE: &str = "arrived late";
pub const GO_TO_QUOTED: &str = "Go to the message this answers";
pub const MESSAGE_ACTIONS: &str = "Message";

/// "Mia is looking at this", "Tom is typing…", "Mia and Tom are here"
pub fn colleagues(others: &[Colleague]) -> String {
    let typing: Vec<&str> = others.iter().filter(|one| one.typing).map(|one| first_name(&one.name)).collect();
    let all: Vec<&str> = others.iter().map(|one| first_name(&one.name)).collect();
    match (typing.as_slice(), all.as_slice()) {
        ([one], _) => format!("{one} is typing…"),
        ([one, other], _) => format!("{one} and {other} are typing…"),
        ([_, _, ..], _) => "Several are typing…".into(),
        ([], [one]) => format!("{one} is looking at this"),
        ([], [one, other]) => format!("{one} and {other} are here"),
        ([], all) => format!("{} colleagues are here", all.len()),
    }
}

/// The name of a kind of events.
pub const fn event_kind_name(kind: EventKind) -> &'static str {
    match kind {
        EventKind::Control => "Who has control",
        EventKind::Assignment => "Assignments",
        EventKind::Status => "Closed, reopened, snoozed",
        EventKind::Workflow => "Workflows",
        EventKind::Contact => "Fields, tags and labels",
        EventKind::Customer => "What the customer did",
    }
}

/// What the filter of events is called. `all`: nothing is hidden.
pub const fn events_shown(all: bool) -> &'static str {
    if all { EVENTS } else { "Shown between messages: not everything" }
}

/// Words of a message as a note quotes them, with room to write below.
pub fn quoted_in_note(author: &str, words: &str) -> String {
    let lines: Vec<String> = words.lines().map(|line| format!("> {line}")).collect();
    format!("{author}:\n{}\n", lines.join("\n"))
}

/// "5 events"
pub fn events(count: usize) -> String {
    format!("{count} events")
}

/// "2 of 7", "Nothing found"
pub fn places(at: usize, count: usize) -> String {
    match count {
        0 => "Nothing found".into(),
        count => format!("{} of {count}", at + 1),
    }
}

/// "3 new messages"
pub fn new_messages(count: usize) -> String {
    match count {
        1 => "New message".into(),
        count => format!("{count} new messages"),
    }
}

/// What happened, in one sentence.
pub fn event(event: &Event, customer: &str) -> String {
    match event {
        Event::Control(change) => control_marker(change),
        Event::Activity(activity) => told(activity, customer),
    }
}

fn told(activity: &Activity, customer: &str) -> String {
    let by = activity.by.as_deref().unwrap_or("Somebody");
    let detail = &activity.detail;
    let word = |key: &str| detail.get(key).and_then(Value::as_str).filter(|text| !text.is_empty());
    match activity.act.as_str() {
        "assigned" => match word("to") {
            Some(to) if to == by => format!("{by} took it on"),
            Some(to) => format!("{by} assigned it to {to}"),
            None => format!("{by} took the assignment away"),
        },
        "closed" => format!("{by} closed the conversation"),
        "reopened" => format!("{by} opened the conversation again"),
        "unread" => format!("{by} marked it as unread"),
        "snoozed" => format!("{by} snoozed the conversation"),
        "referral" => referral(detail, customer),
        "optin" => optin(detail, customer),
        "account_linked" => format!("{customer} signed in to an account of the shop"),
        "account_unlinked" => format!("{customer} signed out of the account of the shop"),
        "feedback" => match word("score") {
            Some(score) => format!("{customer} rated the service: {score}"),
            None => format!("{customer} rated the service"),
        },
        "thumb_up" => format!("{customer} liked an answer"),
        "thumb_down" => format!("{customer} did not like an answer"),
        "order" => format!("{customer} sent a shopping cart"),
        "information" => format!("{customer} filled in a form"),
        "coupon" => format!("{customer} opened the coupon {}", word("code").unwrap_or_default()),
        "labelled" => format!("Label {} was added in Facebook’s inbox", word("label").unwrap_or_default()),
        "unlabelled" => {
            format!("Label {} was removed in Facebook’s inbox", word("label").unwrap_or_default())
        }
        "run.started" => format!("{by} started {}", word("workflow").unwrap_or("a workflow")),
        "run.stopped" => format!("{by} stopped {}", word("workflow").unwrap_or("a workflow")),
        "contact.field" => format!("{by} changed {}", word("field").unwrap_or("a field")),
        "contact.tagged" => format!("{by} added the tag {}", word("tag").unwrap_or_default()),
        "contact.untagged" => format!("{by} removed the tag {}", word("tag").unwrap_or_default()),
        "note.deleted" => match word("of") {
            Some(of) => format!("{by} deleted a note of {of}"),
            None => format!("{by} deleted a note"),
        },
        "requested" => "Another app asked for control".into(),
        "other" => {
            format!("Facebook told of “{}”", word("kind").unwrap_or("something new").replace('_', " "))
        }
        other => format!("{by}: {}", other.replace('_', " ")),
    }
}

fn referral(detail: &Value, customer: &str) -> String {
    let of = |path: &str| detail.pointer(path).and_then(Value::as_str).filter(|text| !text.is_empty());
    let kind = of("/referral/type");
    let ad = of("/referral/ads_context_data/ad_title");
    let from_ad = of("/referral/source") == Some("ADS") || of("/referral/ad_id").is_some();
    match (kind, ad, of("/referral/ref")) {
        (Some("LEAD_COMPLETE"), ..) => format!("{customer} filled in a lead form"),
        (_, Some(title), _) if from_ad => format!("{customer} came through the ad “{title}”"),
        _ if from_ad => format!("{customer} came through an ad"),
        (_, _, Some(reference)) => format!("{customer} came through a link ({reference})"),
        _ => format!("{customer} came through a link"),
    }
}

fn optin(detail: &Value, customer: &str) -> String {
    let word = |key: &str| detail.get(key).and_then(Value::as_str).filter(|text| !text.is_empty());
    let about =
        word("title").or_else(|| word("reference")).map(|about| format!(" ({about})")).unwrap_or_default();
    match (word("status"), word("kind")) {
        (Some(status), _) if status.starts_with("STOP") => format!("{customer} stopped messages{about}"),
        (Some(status), _) if status.starts_with("RESUME") => format!("{customer} resumed messages{about}"),
        (_, Some("one_time_notif_req")) => format!("{customer} agreed to one message{about}"),
        (_, Some("notification_messages")) => format!("{customer} agreed to news{about}"),
        _ => format!("{customer} agreed to hear from the page{about}"),
    }
}

/// A picture for an event.
pub fn activity_icon(act: &str) -> &'static str {
    match act {
        "assigned" => "user-plus",
        "closed" => "circle-check",
        "reopened" => "mail-open",
        "unread" => "mail",
        "snoozed" => "alarm-clock",
        "referral" => "external-link",
        "optin" => "bell",
        "account_linked" | "account_unlinked" => "user",
        "feedback" | "thumb_up" | "thumb_down" => "smile",
        "order" => "package",
        "information" | "coupon" => "ticket",
        "labelled" | "unlabelled" => "tag",
        "run.started" | "run.stopped" => "workflow",
        "contact.field" => "pencil",
        "contact.tagged" | "contact.untagged" => "tag",
        "note.deleted" => "trash-2",
        "requested" => "hand",
        _ => "circle",
    }
}

/// What there is to say about an event besides its sentence: names and values.
pub fn event_facts(event: &Event) -> Vec<(String, String)> {
    let Event::Activity(activity) = event else { return Vec::new() };
    let detail = &activity.detail;
    let list = |path: &str| detail.pointer(path).and_then(Value::as_array).cloned().unwrap_or_default();
    let word = |of: &Value, key: &str| match of.get(key) {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Number(number)) => number.to_string(),
        _ => String::new(),
    };
    let mut facts: Vec<(String, String)> = match activity.act.as_str() {
        "order" => list("/products")
            .iter()
            .map(|one| {
                let price = format!("{} {}", word(one, "unit_price"), word(one, "currency"));
                (format!("{} × {}", word(one, "quantity"), word(one, "name")), price.trim().to_owned())
            })
            .collect(),
        "information" => list("/screens")
            .iter()
            .flat_map(|screen| screen.get("responses").and_then(Value::as_array).cloned().unwrap_or_default())
            .map(|one| (super::control::heading(&word(&one, "key")), word(&one, "value")))
            .collect(),
        "referral" => {
            list("/lead/data").iter().map(|one| (word(one, "question"), word(one, "answer"))).collect()
        }
        "requested" => detail.get("said").and_then(Value::as_str).map(handed_over).unwrap_or_default(),
        _ => Vec::new(),
    };
    for (key, name) in [("note", "Note"), ("comment", "Comment")] {
        let said = word(detail, key);
        if !said.is_empty() {
            facts.push((name.to_owned(), said));
        }
    }
    facts
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::Timestamp;
    use serde_json::json;

    fn activity(act: &str, by: Option<&str>, detail: Value) -> Activity {
        let by = by.map(str::to_owned);
        Activity { id: uuid::Uuid::nil(), at: Timestamp(0), act: act.into(), by, detail }
    }

    #[test]
    fn an_assignment_says_who_did_it_and_to_whom() {
        let told = |to| told(&activity("assigned", Some("Mia"), json!({ "to": to })), "Maya");
        assert_eq!(told(Some("Tom")), "Mia assigned it to Tom");
        assert_eq!(told(Some("Mia")), "Mia took it on");
        assert_eq!(told(None), "Mia took the assignment away");
    }

    #[test]
    fn whoever_types_is_told_first() {
        let one = |name: &str, typing| Colleague {
            id: domain::PersonId(uuid::Uuid::nil()),
            name: name.into(),
            typing,
        };
        assert_eq!(colleagues(&[one("Mia Berg", false)]), "Mia is looking at this");
        assert_eq!(colleagues(&[one("Mia", false), one("Tom", true)]), "Tom is typing…");
    }

    #[test]
    fn a_cart_lists_what_is_in_it() {
        let cart = json!({"note": "gift wrap please",
            "products": [{"name": "Wool socks", "quantity": 2, "unit_price": 129.0, "currency": "SEK"}]});
        let facts = event_facts(&Event::Activity(activity("order", None, cart)));
        assert_eq!(facts[0], ("2 × Wool socks".to_owned(), "129.0 SEK".to_owned()));
        assert_eq!(facts[1], ("Note".to_owned(), "gift wrap please".to_owned()));
    }
}
