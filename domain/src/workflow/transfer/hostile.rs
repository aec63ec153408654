//! Files that somebody made to do harm, one fault each. None panics, none is half imported, each is refused in words.

use super::super::graph::Place;
use super::super::samples::say;
use super::*;
use serde_json::{Value, json};

const SCHEMA: &str = "Invalid JSON schema, please submit a valid JSON file";

fn file() -> Value {
    let trigger = Trigger {
        kind: TriggerKind::ConversationOpened {},
        conditions: Default::default(),
        once_per_contact: false,
    };
    let mut graph = Graph { trigger: Some(trigger), ..Graph::default() };
    graph.insert(Place::First, "Second".into(), say("Bye")).unwrap();
    graph.insert(Place::First, "First".into(), say("Hi")).unwrap();
    serde_json::from_str(&export("Hello", "", Settings::default(), &graph)).unwrap()
}

fn import_text(text: &str) -> Result<Imported, Unreadable> {
    import(text.as_bytes(), &Workspace::default())
}

/// What is said about a file that was changed in one place.
fn words(change: impl FnOnce(&mut Value)) -> String {
    let mut file = file();
    change(&mut file);
    import_text(&file.to_string()).unwrap_err().to_string()
}

#[test]
fn the_file_they_are_made_of_is_good() {
    assert_eq!(import_text(&file().to_string()).unwrap().graph.steps.len(), 2);
}

#[test]
fn what_is_of_the_wrong_type_is_refused() {
    for (place, value) in [
        ("/name", json!(7)),
        ("/name", json!(["Hello"])),
        ("/settings", json!("all")),
        ("/triggers", json!({})),
        ("/triggers/0", json!(null)),
        ("/triggers/0/once_per_contact", json!("yes")),
        ("/first", json!("2")),
        ("/first", json!(-1)),
        ("/first", json!(1.5)),
        ("/first", json!(4_294_967_296_u64)),
        ("/first", json!(true)),
        ("/steps", json!([])),
        ("/steps/1", json!("say hello")),
        ("/steps/1/name", json!({})),
        ("/steps/1/kind", json!({ "type": "format_disk" })),
        ("/steps/1/exits", json!({ "nowhere": 2 })),
        ("/steps/1/exits", json!({ "next": "2" })),
        ("/steps/1/exits", json!({ "next": 1e300 })),
    ] {
        let changed = |file: &mut Value| *file.pointer_mut(place).unwrap() = value.clone();
        assert_eq!(words(changed), SCHEMA, "{place} = {value}");
    }
}

#[test]
fn what_only_javascript_takes_for_a_number_is_no_json() {
    let good = file().to_string();
    for number in ["NaN", "Infinity", "-Infinity", "1e999", "0x10", "01", "1_000", "undefined"] {
        let text = good.replace(r#""first":2"#, &format!(r#""first":{number}"#));
        assert_ne!(text, good);
        let refused = import_text(&text).unwrap_err().to_string();
        assert!(refused.starts_with("The file is not JSON: "), "{number}: {refused}");
    }
}

#[test]
fn steps_that_lead_nowhere_or_round_in_circles_are_refused() {
    let exits = |step: &str, to: u32| {
        let place = format!("/steps/{step}/exits");
        move |file: &mut Value| *file.pointer_mut(&place).unwrap() = json!({ "next": to })
    };
    // Step 2 is the first and leads to step 1.
    for (why, text) in [
        ("to nowhere", words(exits("1", 99))),
        ("to itself", words(exits("1", 1))),
        ("back to the first", words(exits("1", 2))),
        ("past the other, which hangs nowhere", words(|file| file["steps"]["2"]["exits"] = json!({}))),
        ("the first is not there", words(|file| file["first"] = json!(99))),
    ] {
        assert_eq!(text, SCHEMA, "{why}");
    }
}

#[test]
fn a_step_that_is_there_twice_is_refused() {
    let good = file().to_string();
    let text = good.replacen(r#""steps":{"#, &format!(r#""steps":{{"1":{},"#, file()["steps"]["1"]), 1);
    assert_ne!(text, good);
    assert_eq!(import_text(&text).unwrap_err().to_string(), SCHEMA);
    let text = good.replacen(r#""name":"Hello""#, r#""name":"Hello","name":"Hullo""#, 1);
    assert_ne!(text, good);
    assert_eq!(import_text(&text).unwrap_err().to_string(), SCHEMA);
}

#[test]
fn nothing_is_as_deep_as_to_end_the_program() {
    for (open, close) in [("[", "]"), (r#"{"a":"#, "}")] {
        for depth in [127, 128, 129, 10_000, 60_000] {
            let nested = format!("{}1{}", open.repeat(depth), close.repeat(depth));
            assert!(import_text(&nested).is_err(), "{depth} deep");
            let text = file().to_string().replacen(r#""first":2"#, &format!(r#""first":{nested}"#), 1);
            assert!(import_text(&text).is_err(), "{depth} deep within");
        }
    }
}

#[test]
fn giants_are_refused_or_cut_to_size() {
    let long = "x".repeat(MOST_BYTES);
    assert_eq!(
        words(|file| file["name"] = json!(long)),
        format!("The file has {} KB; at most 400 KB can be imported.", 401)
    );
    let mut file = file();
    file["name"] = json!("x".repeat(100_000));
    file["description"] = json!("y".repeat(100_000));
    let imported = import_text(&file.to_string()).unwrap();
    assert_eq!((imported.name.len(), imported.description.len()), (MOST_NAME, 1_000));
    assert_eq!(words(|file| file["triggers"] = json!(vec![json!({}); 5_000])), SCHEMA);
    let many = |file: &mut Value| {
        let one = file["steps"]["1"].clone();
        file["steps"] =
            (1..=101).map(|n| (n.to_string(), one.clone())).collect::<serde_json::Map<_, _>>().into();
    };
    assert_eq!(words(many), "The workflow has 101 steps; at most 100 can be imported.");
}

#[test]
fn a_script_is_a_name_like_any_other() {
    for name in [
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "'; drop table workflow; --",
        "{{7*7}}",
    ] {
        let mut file = file();
        file["name"] = json!(name);
        file["steps"]["1"]["name"] = json!(name);
        let imported = import_text(&file.to_string()).unwrap();
        assert_eq!((imported.name.as_str(), imported.graph.steps[&StepId(1)].name.as_str()), (name, name));
    }
}

#[test]
fn what_nobody_may_set_is_refused() {
    for extra in ["id", "status", "version", "created_by", "account_id", "__proto__"] {
        assert_eq!(words(|file| file[extra] = json!("1")), SCHEMA, "{extra}");
        assert_eq!(words(|file| file["steps"]["1"][extra] = json!("1")), SCHEMA, "{extra} of a step");
        assert_eq!(words(|file| file["settings"][extra] = json!("1")), SCHEMA, "{extra} of the settings");
    }
}

#[test]
fn bytes_that_are_no_text_are_no_json() {
    for bytes in [&b"\xff\xfe{\0}\0"[..], b"\x00", b"PK\x03\x04", b"", b"\xef\xbb\xbf{}"] {
        let refused = import(bytes, &Workspace::default()).unwrap_err().to_string();
        assert!(refused.starts_with("The file is not JSON: "), "{bytes:?}: {refused}");
    }
}
