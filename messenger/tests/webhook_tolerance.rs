//! What no documentation promises: broken items are parked, and their neighbours are read as if they were alone.

use domain::conversation::evidence::Channel;
use domain::{PageId, Psid, Timestamp};
use messenger::event::{self, Event, Inbound, Item, Parked};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::path::Path;
use std::sync::LazyLock;

const PAGE: &str = "102034567890123";
const MAYA: &str = "7204415592310846";
const AT: i64 = 1_795_219_201_000;

/// All items in the recordings, as they stand in their lists.
static RECORDED: LazyLock<Vec<Value>> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/webhook");
    let mut files: Vec<_> =
        std::fs::read_dir(folder).expect("recordings").map(|file| file.expect("a file").path()).collect();
    files.sort();
    let bodies = files.iter().map(|file| std::fs::read(file).expect("a recording"));
    bodies.flat_map(|body| items_of(&serde_json::from_slice(&body).expect("JSON"))).collect()
});

fn items_of(body: &Value) -> Vec<Value> {
    let entries = body["entry"].as_array().into_iter().flatten();
    let lists = entries.flat_map(|entry| ["messaging", "standby", "changes"].map(|name| entry[name].clone()));
    lists.filter_map(|list| list.as_array().cloned()).flatten().collect()
}

fn good(mid: &str) -> Value {
    json!({"sender": {"id": MAYA}, "recipient": {"id": PAGE}, "timestamp": AT, "message": {"mid": mid, "text": "hello"}})
}

fn entry(list: &[Value]) -> Value {
    json!({"id": PAGE, "time": AT + 200, "messaging": list})
}

fn body(entries: &[Value]) -> String {
    json!({"object": "page", "entry": entries}).to_string()
}

fn read(text: &str) -> Vec<Item> {
    event::read(text.as_bytes()).expect("a body").items
}

fn alone(item: Value) -> Item {
    let mut items = read(&body(&[entry(&[item])]));
    assert_eq!(items.len(), 1);
    items.remove(0)
}

fn mids(items: &[Item]) -> Vec<&str> {
    let read = items.iter().filter_map(|item| item.as_ref().ok());
    read.filter_map(|item| match &item.event {
        Event::Message { mid, .. } => Some(mid.as_str()),
        _ => None,
    })
    .collect()
}

#[test]
fn a_bad_item_is_parked_with_its_reason_and_costs_its_neighbours_nothing() {
    let bad = json!({"sender": {"id": MAYA}, "recipient": {"id": PAGE}, "timestamp": AT, "message": {"text": "no mid"}});
    let items = read(&body(&[entry(&[good("m_1"), bad.clone(), good("m_2")])]));
    assert_eq!(mids(&items), ["m_1", "m_2"]);
    let Err(Parked { page, raw, reason }) = &items[1] else { panic!("{:?}", items[1]) };
    assert_eq!(page, &Some(PageId::from(PAGE)));
    assert_eq!(serde_json::from_str::<Value>(raw).expect("JSON"), bad);
    assert_eq!(reason, "a message without mid");
}

#[test]
fn items_of_every_wrong_type_are_parked() {
    for bad in [
        json!(null),
        json!(1),
        json!("text"),
        json!([]),
        json!({}),
        json!({"message": 7}),
        json!({"read": {}}),
    ] {
        let items = read(&body(&[entry(&[good("m_1"), bad.clone(), good("m_2")])]));
        assert_eq!(mids(&items), ["m_1", "m_2"], "{bad}");
        assert!(items[1].is_err(), "{bad}");
    }
}

#[test]
fn entries_of_every_wrong_type_cost_the_other_entries_nothing() {
    for bad in [
        json!(null),
        json!(1),
        json!("text"),
        json!([[]]),
        json!({"id": PAGE, "messaging": 5}),
        json!({"x": {"y": 1}}),
    ] {
        let items = read(&body(&[entry(&[good("m_1")]), bad.clone(), entry(&[good("m_2")])]));
        assert_eq!(mids(&items), ["m_1", "m_2"], "{bad}");
        assert!(items[1].is_err(), "{bad}: {items:?}");
    }
}

#[test]
fn an_entry_without_anything_says_nothing() {
    for empty in
        [json!({"id": PAGE, "time": AT}), json!({"id": PAGE, "messaging": null}), json!({"standby": []})]
    {
        assert_eq!(read(&body(std::slice::from_ref(&empty))), [], "{empty}");
    }
}

#[test]
fn an_item_nested_without_end_is_only_its_own_problem() {
    let deep = format!("{}{}", "[".repeat(200_000), "]".repeat(200_000));
    let deep_item = format!(r#"{{"sender":{{"id":"{MAYA}"}},"message":{deep}}}"#);
    let text = format!(
        r#"{{"object":"page","x":{deep},"entry":[{{"id":"{PAGE}","y":{deep},"messaging":[{},{deep_item},{deep},{}]}}]}}"#,
        good("m_1"),
        good("m_2")
    );
    let items = read(&text);
    assert_eq!(mids(&items), ["m_1", "m_2"]);
    assert_eq!(items.iter().filter(|item| item.is_err()).count(), 2);
}

#[test]
fn a_body_of_a_mebibyte_is_read_to_the_end() {
    let mut long = good("m_long");
    long["message"]["text"] = json!("ü".repeat(200_000));
    let many: Vec<Value> = (0..6_000).map(|number| good(&format!("m_{number}"))).collect();
    let text = body(&[entry(&[long]), entry(&many)]);
    assert!(text.len() > 1_048_576);
    assert_eq!(mids(&read(&text)).len(), 6_001);
}

#[test]
fn broken_text_inside_one_item_stays_inside() {
    let half = r#"{"sender":{"id":"7204415592310846"},"message":{"mid":"m_half","text":"\ud83e"}}"#;
    let text = format!(
        r#"{{"object":"page","entry":[{{"id":"{PAGE}","time":{AT},"messaging":[{half},{}]}}]}}"#,
        good("m_1")
    );
    let items = read(&text);
    assert!(items[0].is_err());
    assert_eq!(mids(&items), ["m_1"]);
    let mut bytes = text.replace("\\ud83e", "X").into_bytes();
    let at = bytes.iter().position(|byte| *byte == b'X').expect("the text");
    bytes[at] = 0xff;
    assert_eq!(mids(&event::read(&bytes).expect("a body").items), ["m_half", "m_1"]);
}

#[test]
fn a_nul_character_never_reaches_the_database() {
    let mut item = good("m_1");
    item["message"]["text"] = json!("a\0b");
    let Ok(Inbound { event: Event::Message { text, .. }, .. }) = alone(item) else { panic!("a message") };
    assert_eq!(text.as_deref(), Some("a\u{fffd}b"));
}

#[test]
fn ids_may_be_numbers() {
    let mut item = good("m_1");
    item["sender"]["id"] = json!(7_204_415_592_310_846_i64);
    item["recipient"]["id"] = json!(102_034_567_890_123_i64);
    let mut whole = entry(&[item]);
    whole["id"] = json!(102_034_567_890_123_i64);
    let items = read(&body(&[whole]));
    let read = items[0].as_ref().expect("read");
    assert_eq!((&read.page, &read.psid), (&PageId::from(PAGE), &Some(Psid::from(MAYA))));
}

#[test]
fn times_may_be_seconds_text_or_missing() {
    for (given, expected) in [
        (json!(1_795_219_201), AT),
        (json!("1795219201000"), AT),
        (json!(null), AT + 200),
        (json!("soon"), AT + 200),
    ] {
        let mut item = good("m_1");
        item["timestamp"] = given.clone();
        assert_eq!(alone(item).expect("read").at, Timestamp(expected), "{given}");
    }
}

#[test]
fn without_an_entry_page_the_recipient_is_the_page_and_for_an_echo_the_sender() {
    let echo = json!({"sender": {"id": PAGE}, "recipient": {"id": MAYA}, "timestamp": AT, "message": {"mid": "m_2", "is_echo": true}});
    for item in read(&body(&[json!({"messaging": [good("m_1"), echo]})])) {
        let item = item.expect("read");
        assert_eq!((item.page, item.psid), (PageId::from(PAGE), Some(Psid::from(MAYA))));
    }
}

#[test]
fn what_the_page_itself_sent_is_an_echo_even_when_it_does_not_say_so() {
    let item = json!({"sender": {"id": PAGE}, "recipient": {"id": MAYA}, "timestamp": AT, "message": {"mid": "m_1", "text": "hi"}});
    assert!(matches!(alone(item).expect("read").event, Event::Echo { .. }));
}

#[test]
fn a_message_that_names_nobody_is_parked() {
    let item = json!({"recipient": {"id": PAGE}, "timestamp": AT, "message": {"mid": "m_1", "text": "hi"}});
    assert_eq!(alone(item).expect_err("parked").reason, "a message that names nobody");
}

#[test]
fn a_message_without_any_content_is_still_a_message() {
    let item = json!({"sender": {"id": MAYA}, "recipient": {"id": PAGE}, "timestamp": AT, "message": {"mid": "m_1", "attachments": null}});
    let Event::Message { text: None, attachments, .. } = alone(item).expect("read").event else {
        panic!("a message")
    };
    assert_eq!(attachments, []);
}

#[test]
fn the_test_buttons_spelling_is_read_in_each_place_it_appears() {
    let wrapped = json!({"field": "messages", "value": good("m_1")});
    let places = [
        wrapped.to_string(),
        body(&[json!({"id": PAGE, "time": AT, "changes": [wrapped]})]),
        body(&[json!({"id": PAGE, "time": AT, "messaging": [wrapped]})]),
        body(&[json!({"id": PAGE, "time": AT, "field": "messages", "value": good("m_1")})]),
    ];
    for place in places {
        let items = read(&place);
        assert_eq!(mids(&items), ["m_1"], "{place}");
        assert_eq!(items[0].as_ref().expect("read").key, "message:m_1");
    }
}

#[test]
fn standby_and_messaging_may_stand_in_one_entry_and_both_are_read() {
    let both = json!({"id": PAGE, "time": AT, "messaging": [good("m_1")], "standby": [good("m_2")], "new_list": [1]});
    let items = read(&body(&[both]));
    assert_eq!(mids(&items), ["m_1", "m_2"]);
    assert_eq!(items[1].as_ref().expect("read").channel, Channel::Standby);
}

#[test]
fn an_event_keeps_its_key_whatever_the_channel_the_time_of_the_body_and_the_order_of_fields() {
    let reordered = format!(
        r#"{{"reaction":{{"action":"react","emoji":"🧦","mid":"m_1"}},"timestamp":{AT},"recipient":{{"id":"{PAGE}"}},"sender":{{"id":"{MAYA}"}}}}"#
    );
    let item: Value = json!({"sender": {"id": MAYA}, "recipient": {"id": PAGE}, "timestamp": AT, "reaction": {"mid": "m_1", "action": "react", "emoji": "🧦"}});
    let first = body(&[json!({"id": PAGE, "time": AT, "messaging": [item]})]);
    let again = format!(
        r#"{{"object":"page","entry":[{{"id":"{PAGE}","time":{},"standby":[{reordered}]}}]}}"#,
        AT + 60_000
    );
    let key = |text: &str| read(text)[0].as_ref().expect("read").key.clone();
    assert_eq!(key(&first), key(&again));
}

#[test]
fn a_second_reaction_to_the_same_message_is_another_event() {
    let reaction = |at: i64, emoji: &str| json!({"sender": {"id": MAYA}, "recipient": {"id": PAGE}, "timestamp": at, "reaction": {"mid": "m_1", "action": "react", "emoji": emoji}});
    let key = |item: Value| alone(item).expect("read").key;
    assert_ne!(key(reaction(AT, "👍")), key(reaction(AT + 1, "👎")));
}

#[test]
fn a_reaction_taken_back_opens_no_window() {
    let item = json!({"sender": {"id": MAYA}, "recipient": {"id": PAGE}, "timestamp": AT, "reaction": {"mid": "m_1", "action": "unreact"}});
    assert!(!alone(item).expect("read").event.opens_window());
}

#[test]
fn what_is_not_about_a_page_is_not_read_and_what_is_no_json_is_refused() {
    for other in [r#"{"object":"instagram","entry":[1]}"#, r#"{"object":7}"#, "{}", r#"{"object":"page"}"#] {
        assert_eq!(read(other), [], "{other}");
    }
    for broken in ["", "[]", "null", "{\"object\":\"page\"", "hello"] {
        assert!(event::read(broken.as_bytes()).is_err(), "{broken}");
    }
}

/// One change to a JSON value: at which node, and what becomes of it.
#[derive(Clone, Debug)]
enum Change {
    Replace(Value),
    Remove,
    Double,
    Rename(String),
}

fn some_value() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(json!(null)),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,12}".prop_map(Value::from),
        Just(json!([])),
        Just(json!({})),
        Just(json!({"id": PAGE})),
        Just(json!([[[[{"mid": "m"}]]]])),
        Just(json!("102034567890123")),
        Just(json!("\u{0}")),
    ]
}

fn some_change() -> impl Strategy<Value = Change> {
    prop_oneof![
        4 => some_value().prop_map(Change::Replace),
        2 => Just(Change::Remove),
        1 => Just(Change::Double),
        1 => "[a-z_]{1,20}".prop_map(Change::Rename),
    ]
}

/// Applies a change to the node that the number picks.
fn apply(value: &mut Value, at: usize, change: &Change) {
    let children = match value {
        Value::Object(fields) => fields.len(),
        Value::Array(list) => list.len(),
        _ => 0,
    };
    let pick = at % (children + 1);
    if pick == children {
        if let Change::Replace(new) = change {
            *value = new.clone();
        }
        return;
    }
    let deeper = (at / (children + 1)).is_multiple_of(2);
    match value {
        Value::Object(fields) => {
            let name = fields.keys().nth(pick).expect("a field").clone();
            match change {
                Change::Remove if !deeper => drop(fields.remove(&name)),
                Change::Rename(new) if !deeper => {
                    let moved = fields.remove(&name).expect("a field");
                    fields.insert(new.clone(), moved);
                }
                _ => apply(&mut fields[&name], at / (children + 1), change),
            }
        }
        Value::Array(list) => match change {
            Change::Remove if !deeper => drop(list.remove(pick)),
            Change::Double => list.push(list[pick].clone()),
            _ => apply(&mut list[pick], at / (children + 1), change),
        },
        _ => {}
    }
}

proptest! {
    #[test]
    fn no_change_to_an_item_costs_a_neighbour(
        which in any::<prop::sample::Index>(),
        changes in prop::collection::vec((any::<usize>(), some_change()), 1..6),
        list in prop::sample::select(vec!["messaging", "standby", "changes"]),
    ) {
        let mut changed = which.get(&RECORDED).clone();
        for (at, change) in &changes {
            apply(&mut changed, *at, change);
        }
        let wrap = |mid: &str| if list == "changes" { json!({"field": "messages", "value": good(mid)}) } else { good(mid) };
        let text = body(&[json!({"id": PAGE, "time": AT, list: [wrap("m_1"), changed, wrap("m_2")]})]);
        let items = read(&text);
        prop_assert_eq!(items.len(), 3);
        prop_assert_eq!(mids(&items[..1]), ["m_1"]);
        prop_assert_eq!(mids(&items[2..]), ["m_2"]);
    }

    #[test]
    fn whatever_is_read_is_complete(
        which in any::<prop::sample::Index>(),
        changes in prop::collection::vec((any::<usize>(), some_change()), 0..4),
    ) {
        let mut changed = which.get(&RECORDED).clone();
        for (at, change) in &changes {
            apply(&mut changed, *at, change);
        }
        for item in read(&body(&[entry(&[changed])])) {
            match item {
                Ok(inbound) => {
                    prop_assert!(inbound.at.ms() > 0);
                    prop_assert!(!inbound.key.is_empty() && !inbound.page.as_str().is_empty());
                    prop_assert_ne!(inbound.psid.as_ref().map(Psid::as_str), Some(inbound.page.as_str()));
                    prop_assert!(!inbound.key.contains('\0'));
                }
                Err(parked) => prop_assert!(!parked.reason.is_empty() && !parked.raw.is_empty()),
            }
        }
    }

    #[test]
    fn no_bytes_make_it_fail(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = event::read(&bytes);
    }

    #[test]
    fn no_json_makes_it_fail(entry in some_value(), object in some_value(), list in some_value()) {
        let _ = event::read(json!({"object": object, "entry": [entry, {"id": entry, "messaging": list}]}).to_string().as_bytes());
        let _ = event::read(json!({"object": "page", "entry": [entry, {"id": entry, "messaging": list}]}).to_string().as_bytes());
    }
}
