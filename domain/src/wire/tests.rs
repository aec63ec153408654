use super::*;
use crate::live::Change;
use crate::page::Health;
use crate::view::{WindowView, WindowWord};
use crate::workflow;
use crate::workflow::graph::StepId;
use crate::workflow::run::Reason;
use crate::workflow::view::RunNow;
use crate::writing::Named;
use crate::{PersonId, Timestamp};
use serde::Serialize;
use serde_json::json;
use std::collections::BTreeMap;
use std::fmt::Debug;
use uuid::Uuid;

/// Both readers, ours and serde's, read what serde writes, and leave fields alone that they do not know.
fn reads_back<T: Serialize + DeserializeOwned + PartialEq + Debug>(one: T, written: Value) {
    assert_eq!(serde_json::to_value(&one).unwrap(), written);
    let more = if let Value::Object(mut fields) = written.clone() {
        fields.insert("from_the_future".into(), json!({ "deep": [1, null] }));
        Value::Object(fields)
    } else {
        written.clone()
    };
    for json in [written.to_string(), more.to_string()] {
        assert_eq!(read::<T>(json.as_bytes()).unwrap(), one);
        assert_eq!(serde_json::from_str::<T>(&json).unwrap(), one);
    }
}

fn both_refuse<T: DeserializeOwned + Debug>(json: Value, why: &str) {
    let ours = read::<T>(json.to_string().as_bytes()).unwrap_err().to_string();
    let serde = serde_json::from_value::<T>(json).unwrap_err().to_string();
    assert!(ours.contains(why) && serde.contains(why), "{ours} / {serde}");
}

const AT: Timestamp = Timestamp(1_795_219_200_000);

#[test]
fn an_enum_with_a_tag_reads_back() {
    reads_back(Health::Connected, json!({ "state": "connected" }));
    reads_back(
        Health::Paused { since: AT, by: "Ann".into() },
        json!({ "state": "paused", "since": AT, "by": "Ann" }),
    );
    reads_back(
        Health::Disconnected { since: AT, reason: "expired".into() },
        json!({ "state": "disconnected", "since": AT, "reason": "expired" }),
    );
    reads_back(
        Health::Removed { since: AT, by: "Ann".into() },
        json!({ "state": "removed", "since": AT, "by": "Ann" }),
    );
}

#[test]
fn a_tag_with_content_beside_it_reads_back() {
    let id = Uuid::from_u128(7);
    reads_back(Named::Person(PersonId(id)), json!({ "kind": "person", "id": id }));
    reads_back(Named::Team(crate::TeamId(id)), json!({ "kind": "team", "id": id }));
}

#[test]
fn every_reason_a_run_ends_for_reads_back() {
    let step = StepId(1);
    let message = crate::MessageId(Uuid::from_u128(2));
    let by = || "Ann".to_owned();
    let with_step = |word: &str| json!({ "reason": word, "step": step });
    reads_back(Reason::Completed {}, json!({ "reason": "completed" }));
    reads_back(Reason::WorkflowStopped {}, json!({ "reason": "workflow_stopped" }));
    reads_back(Reason::WorkflowDeleted {}, json!({ "reason": "workflow_deleted" }));
    reads_back(
        Reason::StoppedForContact { by: by() },
        json!({ "reason": "stopped_for_contact", "by": "Ann" }),
    );
    reads_back(Reason::ExitOutgoing { message }, json!({ "reason": "exit_outgoing", "message": message }));
    reads_back(Reason::ExitIncoming { message }, json!({ "reason": "exit_incoming", "message": message }));
    reads_back(
        Reason::ExitManualAssignment { by: by() },
        json!({ "reason": "exit_manual_assignment", "by": "Ann" }),
    );
    reads_back(Reason::FailureBranchEmpty { step }, with_step("failure_branch_empty"));
    reads_back(Reason::QuestionTimeout { step }, with_step("question_timeout"));
    reads_back(Reason::AssignTimeout { step }, with_step("assign_timeout"));
    reads_back(Reason::ElseEmpty { step }, with_step("else_empty"));
    reads_back(Reason::AssignTeamEmptyNoNext { step }, with_step("assign_team_empty_no_next"));
    reads_back(
        Reason::SendFailed { step, words: "gone".into() },
        json!({ "reason": "send_failed", "step": step, "words": "gone" }),
    );
    reads_back(Reason::ClosedByWorkflow { step }, with_step("closed_by_workflow"));
    reads_back(Reason::InternalError { step: Some(step) }, with_step("internal_error"));
}

#[test]
fn what_may_be_missing_may_be_missing() {
    let json = json!({ "reason": "internal_error" });
    assert_eq!(read::<Reason>(json.to_string().as_bytes()).unwrap(), Reason::InternalError { step: None });
    assert_eq!(serde_json::from_value::<Reason>(json).unwrap(), Reason::InternalError { step: None });
}

#[test]
fn enums_within_enums_read_back() {
    let step = StepId(1);
    reads_back(
        RunNow::Ended { at: AT, reason: Reason::QuestionTimeout { step }, name: None },
        json!({ "state": "ended", "at": AT, "reason": { "reason": "question_timeout", "step": step }, "name": null }),
    );
    reads_back(
        RunNow::Going { step, name: "Greet".into() },
        json!({ "state": "going", "step": step, "name": "Greet" }),
    );
}

#[test]
fn changes_read_back() {
    let conversation_id = crate::ConversationId(Uuid::from_u128(3));
    let person_id = PersonId(Uuid::from_u128(4));
    reads_back(Change::Team, json!({ "kind": "team" }));
    reads_back(Change::Workflows, json!({ "kind": "workflows" }));
    reads_back(
        Change::Draft { conversation_id, person_id, any: true },
        json!({ "kind": "draft", "conversation_id": conversation_id, "person_id": person_id, "any": true }),
    );
}

#[test]
fn the_order_of_fields_does_not_matter() {
    let json = r#"{"by":"Ann","since":1795219200000,"state":"paused"}"#;
    assert_eq!(read::<Health>(json.as_bytes()).unwrap(), Health::Paused { since: AT, by: "Ann".into() });
    assert_eq!(serde_json::from_str::<Health>(json).unwrap(), Health::Paused { since: AT, by: "Ann".into() });
}

#[test]
fn an_unknown_tag_is_refused_by_name() {
    both_refuse::<Health>(
        json!({ "state": "asleep" }),
        "unknown variant `asleep`, expected one of `connected`, `paused`, `disconnected`, `removed`",
    );
    both_refuse::<Change>(json!({ "kind": "from_the_future" }), "unknown variant `from_the_future`");
}

#[test]
fn a_missing_tag_or_field_is_refused_by_name() {
    both_refuse::<Health>(json!({ "since": AT, "by": "Ann" }), "missing field `state`");
    both_refuse::<Health>(json!({ "state": "paused", "since": AT }), "missing field `by`");
}

#[test]
fn what_is_no_object_is_no_enum_with_a_tag() {
    both_refuse::<Health>(json!("connected"), "");
    both_refuse::<Health>(json!([]), "");
    both_refuse::<Health>(json!({ "state": 7 }), "`state`");
    both_refuse::<Health>(json!({ "state": "paused", "since": "now", "by": "Ann" }), "");
}

#[test]
fn a_window_reads_back() {
    let deadlines = crate::conversation::window::Window { open_until: Some(AT), human_until: None };
    reads_back(
        WindowView { state: WindowWord::Open, expires_at: Some(AT), deadlines },
        json!({ "state": "open", "expires_at": AT, "open_until": AT, "human_until": null }),
    );
    let bare: WindowView = read(br#"{"state":"closed"}"#).unwrap();
    assert_eq!(
        bare,
        WindowView { state: WindowWord::Closed, expires_at: None, deadlines: Default::default() }
    );
}

#[test]
fn the_value_of_a_field_reads_back() {
    use workflow::value::Value as Held;
    reads_back(Held::Null, json!(null));
    reads_back(Held::Bool(true), json!(true));
    reads_back(Held::Number(1.5), json!(1.5));
    reads_back(Held::Text("red".into()), json!("red"));
    reads_back(Held::List(vec!["a".into()]), json!(["a"]));
    assert_eq!(read::<Held>(b"7").unwrap(), Held::Number(7.0));
    for wrong in [json!({}), json!([1]), json!([["a"]])] {
        assert!(read::<Held>(wrong.to_string().as_bytes()).is_err());
    }
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Shape {
    Dot,
    Circle(f64),
    Line(i64, i64),
    Box { width: u8 },
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Strict {
    pair: (String, Option<i64>),
}

#[test]
fn whatever_else_serde_derives_reads_as_it_does_elsewhere() {
    let shapes = vec![Shape::Dot, Shape::Circle(-0.5), Shape::Line(i64::MIN, 2), Shape::Box { width: 255 }];
    let json = serde_json::to_vec(&shapes).unwrap();
    assert_eq!(read::<Vec<Shape>>(&json).unwrap(), shapes);
    let by_person = BTreeMap::from([(PersonId(Uuid::from_u128(1)), u64::MAX)]);
    let json = serde_json::to_vec(&by_person).unwrap();
    assert_eq!(read::<BTreeMap<PersonId, u64>>(&json).unwrap(), by_person);
    let by_step = BTreeMap::from([(StepId(7), "seven".to_owned())]);
    let json = serde_json::to_vec(&by_step).unwrap();
    assert_eq!(read::<BTreeMap<StepId, String>>(&json).unwrap(), by_step);
    let anything = json!({ "a": [1, -1, 1.5, u64::MAX, "x", null, true], "b": {} });
    assert_eq!(read::<Value>(anything.to_string().as_bytes()).unwrap(), anything);
    read::<()>(b"null").unwrap();
}

#[test]
fn what_does_not_fit_is_refused() {
    assert!(read::<Shape>(br#"{"box":{"width":256}}"#).is_err());
    assert!(read::<Shape>(br#"{"dot":1}"#).is_err());
    assert!(read::<Shape>(br#"{"line":[1,2,3]}"#).is_err());
    assert!(read::<Shape>(br#""circle""#).is_err());
    assert!(read::<i64>(b"1.0").is_err());
    assert!(read::<Strict>(br#"{"pair":["a",null],"more":1}"#).is_err());
    assert!(read::<Strict>(br#"{"pair":["a",null,1]}"#).is_err());
    assert!(read::<Strict>(br#"{"pair":["a",null]} x"#).is_err());
    assert_eq!(read::<Strict>(br#"{"pair":["a",null]}"#).unwrap(), Strict { pair: ("a".into(), None) });
}
