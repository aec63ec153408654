//! What happened in a thread besides messages.

use super::control::{control_marker, handed_over};
use super::first_name;
use crate::language::in_sentence;
use crate::state::{Event, EventKind};
use domain::view::{Activity, Colleague};
use serde_json::Value;

words! {
    unseen: "New",
    show_list: "Show the list",
    events_label: "Shown between messages",
    all_events: "Everything",
    search_in_thread: "Search in this conversation",
    older_place: "Older place (Enter)",
    newer_place: "Newer place (Shift Enter)",
    close_search: "Close the search (Esc)",
    wordings: "What this message said",
    original: "Raw data",
    as_sent: "As Facebook sent it",
    as_kept: "As it is kept here",
    no_longer_kept: "Raw webhooks are kept for a week; this one is gone, or it came another way.",
    copy: "Copy text",
    quote_in_note: "Quote in note",
    copied: "Copied.",
    late: "arrived late",
    go_to_quoted: "Go to the message this answers",
    message_actions: "Message",
}

/// "Mia is looking at this", "Tom is typing…", "Mia and Tom are here"
pub fn colleagues(others: &[Colleague]) -> String {
    let typing: Vec<&str> = others.iter().filter(|one| one.typing).map(|one| first_name(&one.name)).collect();
    let all: Vec<&str> = others.iter().map(|one| first_name(&one.name)).collect();
    match (typing.as_slice(), all.as_slice()) {
        ([one], _) => say!("{one} is typing…", one),
        ([one, other], _) => say!("{one} and {other} are typing…", one, other),
        ([_, _, ..], _) => say!("Several are typing…").into(),
        ([], [one]) => say!("{one} is looking at this", one),
        ([], [one, other]) => say!("{one} and {other} are here", one, other),
        ([], all) => say!("{all} colleagues are here", all = all.len()),
    }
}

/// The name of a kind of events.
pub fn event_kind_name(kind: EventKind) -> &'static str {
    match kind {
        EventKind::Control => say!("Who has control"),
        EventKind::Assignment => say!("Assignments"),
        EventKind::Status => say!("Closed, reopened, snoozed"),
        EventKind::Workflow => say!("Workflows"),
        EventKind::Contact => say!("Fields, tags and labels"),
        EventKind::Customer => say!("What the customer did"),
    }
}

/// What the filter of events is called. `all`: nothing is hidden.
pub fn events_shown(all: bool) -> &'static str {
    if all { events_label() } else { say!("Shown between messages: not everything") }
}

/// Words of a message as a note quotes them, with room to write below.
pub fn quoted_in_note(author: &str, words: &str) -> String {
    let lines: Vec<String> = words.lines().map(|line| format!("> {line}")).collect();
    format!("{author}:\n{}\n", lines.join("\n"))
}

/// "5 events"
pub fn events(count: usize) -> String {
    say!("{count} events", count)
}

/// "2 of 7", "Nothing found"
pub fn places(at: usize, count: usize) -> String {
    match count {
        0 => say!("Nothing found").into(),
        count => say!("{at} of {count}", at = at + 1, count),
    }
}

/// "3 new messages"
pub fn new_messages(count: usize) -> String {
    match count {
        1 => say!("New message").into(),
        count => say!("{count} new messages", count),
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
    let by = activity.by.as_deref().unwrap_or(say!("Somebody"));
    let detail = &activity.detail;
    let word = |key: &str| detail.get(key).and_then(Value::as_str).filter(|text| !text.is_empty());
    match activity.act.as_str() {
        "assigned" => match word("to") {
            Some(to) if to == by => say!("{by} took it on", by),
            Some(to) => say!("{by} assigned it to {to}", by, to),
            None => say!("{by} took the assignment away", by),
        },
        "closed" => {
            let note: Vec<&str> = [word("category"), word("summary")].into_iter().flatten().collect();
            match note.is_empty() {
                true => say!("{by} closed the conversation", by),
                false => say!("{by} closed the conversation: {note}", by, note = note.join(" · ")),
            }
        }
        "reopened" => say!("{by} opened the conversation again", by),
        "unread" => say!("{by} marked it as unread", by),
        "snoozed" => say!("{by} snoozed the conversation", by),
        "referral" => referral(detail, customer),
        "optin" => optin(detail, customer),
        "account_linked" => say!("{customer} signed in to an account of the shop", customer),
        "account_unlinked" => say!("{customer} signed out of the account of the shop", customer),
        "feedback" => match word("score") {
            Some(score) => say!("{customer} rated the service: {score}", customer, score),
            None => say!("{customer} rated the service", customer),
        },
        "thumb_up" => say!("{customer} liked an answer", customer),
        "thumb_down" => say!("{customer} did not like an answer", customer),
        "order" => say!("{customer} sent a shopping cart", customer),
        "information" => say!("{customer} filled in a form", customer),
        "coupon" => {
            say!("{customer} opened the coupon {code}", customer, code = word("code").unwrap_or_default())
        }
        "labelled" => {
            say!("Label {label} was added in Facebook’s inbox", label = word("label").unwrap_or_default())
        }
        "unlabelled" => {
            say!("Label {label} was removed in Facebook’s inbox", label = word("label").unwrap_or_default())
        }
        "run.started" => {
            say!("{by} started {workflow}", by, workflow = word("workflow").unwrap_or(say!("a workflow")))
        }
        "run.entered" => say!("Workflow {workflow} began", workflow = word("workflow").unwrap_or_default()),
        "run.ended" => {
            let why = super::flows::reason(word("reason").unwrap_or_default());
            say!(
                "Workflow {workflow} ended: {why}",
                workflow = word("workflow").unwrap_or_default(),
                why = in_sentence(why)
            )
        }
        "run.stopped" => {
            say!("{by} stopped {workflow}", by, workflow = word("workflow").unwrap_or(say!("a workflow")))
        }
        "contact.field" => say!("{by} changed {field}", by, field = word("field").unwrap_or(say!("a field"))),
        "contact.tagged" => say!("{by} added the tag {tag}", by, tag = word("tag").unwrap_or_default()),
        "contact.untagged" => say!("{by} removed the tag {tag}", by, tag = word("tag").unwrap_or_default()),
        "note.deleted" => match word("of") {
            Some(of) => say!("{by} deleted a note of {of}", by, of),
            None => say!("{by} deleted a note", by),
        },
        "requested" => say!("Another app asked for control").into(),
        "other" => {
            say!(
                "Facebook told of “{kind}”",
                kind = word("kind").unwrap_or(say!("something new")).replace('_', " ")
            )
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
        (Some("LEAD_COMPLETE"), ..) => say!("{customer} filled in a lead form", customer),
        (_, Some(title), _) if from_ad => say!("{customer} came through the ad “{title}”", customer, title),
        _ if from_ad => say!("{customer} came through an ad", customer),
        (_, _, Some(reference)) => say!("{customer} came through a link ({reference})", customer, reference),
        _ => say!("{customer} came through a link", customer),
    }
}

fn optin(detail: &Value, customer: &str) -> String {
    let word = |key: &str| detail.get(key).and_then(Value::as_str).filter(|text| !text.is_empty());
    let about =
        word("title").or_else(|| word("reference")).map(|about| format!(" ({about})")).unwrap_or_default();
    match (word("status"), word("kind")) {
        (Some(status), _) if status.starts_with("STOP") => {
            say!("{customer} stopped messages{about}", customer, about)
        }
        (Some(status), _) if status.starts_with("RESUME") => {
            say!("{customer} resumed messages{about}", customer, about)
        }
        (_, Some("one_time_notif_req")) => say!("{customer} agreed to one message{about}", customer, about),
        (_, Some("notification_messages")) => say!("{customer} agreed to news{about}", customer, about),
        _ => say!("{customer} agreed to hear from the page{about}", customer, about),
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
    for (key, name) in [("note", say!("Note")), ("comment", say!("Comment"))] {
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
    fn a_workflow_that_begins_and_ends_by_itself_is_told_with_the_reason() {
        let told = |act, detail| told(&activity(act, None, detail), "Maya");
        assert_eq!(told("run.entered", json!({ "workflow": "Welcome" })), "Workflow Welcome began");
        let ended = json!({ "workflow": "Welcome", "reason": "question_timeout" });
        assert_eq!(told("run.ended", ended), "Workflow Welcome ended: no answer in time");
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
