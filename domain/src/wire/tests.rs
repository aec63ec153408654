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
fn every_alarm_reads_back() {
    use crate::page::{Alarm, Permission};
    reads_back(Alarm::Secret {}, json!({ "alarm": "secret" }));
    reads_back(
        Alarm::Subscription { missing: vec!["messages".into()] },
        json!({ "alarm": "subscription", "missing": ["messages"] }),
    );
    reads_back(
        Alarm::Permissions { missing: vec![Permission::PagesMessaging] },
        json!({ "alarm": "permissions", "missing": ["pages_messaging"] }),
    );
    reads_back(Alarm::Quiet { since: AT }, json!({ "alarm": "quiet", "since": AT }));
    reads_back(
        Alarm::Warned { at: AT, reason: Some("Tags.".into()) },
        json!({ "alarm": "warned", "at": AT, "reason": "Tags." }),
    );
    reads_back(Alarm::Token { ends_at: AT }, json!({ "alarm": "token", "ends_at": AT }));
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

/// Reads a full object, and says of each field left out what comes of it: read all the same, or refused by name.
fn object_reads<T: Serialize + DeserializeOwned + PartialEq + Debug>(full: Value, may_be_missing: &[&str]) {
    let one: T = read(full.to_string().as_bytes()).unwrap();
    reads_back(one, full.clone());
    for name in full.as_object().unwrap().keys() {
        let mut less = full.clone();
        less.as_object_mut().unwrap().remove(name);
        if may_be_missing.contains(&name.as_str()) {
            read::<T>(less.to_string().as_bytes()).unwrap();
            serde_json::from_value::<T>(less).unwrap();
        } else {
            both_refuse::<T>(less, &format!("missing field `{name}`"));
        }
    }
    both_refuse::<T>(json!(7), "");
}

fn id() -> Value {
    json!(Uuid::from_u128(7))
}

fn conversation() -> Value {
    json!({
        "id": id(), "page_id": "1", "page_name": "Shoe Shop", "psid": "2",
        "contact": { "id": id(), "name": "Maya", "picture_url": "/p" },
        "status": "snoozed", "snoozed_until": AT, "woken_at": AT, "unread": true, "labels": ["vip"],
        "control": control(), "assignee": { "id": id(), "name": "Tom" }, "team": { "id": id(), "name": "Returns" },
        "window": { "state": "open", "expires_at": AT, "open_until": AT, "human_until": AT },
        "last_message": { "id": id(), "author": author(), "preview": "Hi", "at": AT },
        "reset_at": AT, "conflict_at": AT, "handed_over": "wants a refund", "failed": false, "updated_at": AT,
        "version": 3,
    })
}

fn control() -> Value {
    json!({
        "owner": "bot", "app_id": "9", "app_name": "SalesBot", "since": AT, "expires_at": AT, "proof": "passed",
        "proved_at": AT, "pending": { "what": "taking_over", "by": "Tom" },
    })
}

fn author() -> Value {
    json!({ "kind": "agent", "id": "7", "name": "Tom" })
}

#[test]
fn a_conversation_and_what_it_holds_read_back() {
    use crate::view::{ContactView, ControlView, Conversation, Facts, LastMessage, PageView};
    let nullable = [
        "snoozed_until",
        "woken_at",
        "assignee",
        "team",
        "last_message",
        "reset_at",
        "conflict_at",
        "handed_over",
    ];
    object_reads::<Conversation>(conversation(), &nullable);
    object_reads::<ContactView>(conversation()["contact"].clone(), &["picture_url"]);
    object_reads::<ControlView>(control(), &["app_id", "app_name", "expires_at", "pending"]);
    object_reads::<LastMessage>(conversation()["last_message"].clone(), &[]);
    object_reads::<crate::conversation::message::Author>(author(), &["id", "name"]);
    object_reads::<PageView>(
        json!({ "id": "1", "name": "Shoe Shop", "health": { "state": "connected" } }),
        &[],
    );
    object_reads::<Facts>(
        json!({ "status": "open", "owner": "ours", "assignee": id(), "team": id(), "unread": true }),
        &["assignee", "team"],
    );
}

#[test]
fn a_message_and_what_it_holds_read_back() {
    use crate::conversation::message::{Attachment, Delivery, DeliveryError};
    let error = json!({ "code": 10, "subcode": 2, "message": "no" });
    let media = json!({
        "id": id(), "part": "", "state": "stored", "kind": "image/png", "name": "a.png", "bytes": 5, "width": 1,
        "height": 2, "problem": "none",
    });
    let attachment = json!({
        "kind": "image", "title": "A", "url": "/a", "payload": { "any": [1] }, "media": [media.clone()],
    });
    let message = json!({
        "id": id(), "mid": "m", "conversation_id": id(), "at": AT, "direction": "in", "author": author(),
        "text": "Hi", "attachments": [attachment.clone()], "origin": "inbox",
        "delivery": { "state": "received", "error": error.clone() },
        "tapped": "Yes", "reply_to": "m0", "edited": false, "deleted": false, "late": true, "reaction": "x",
    });
    let nullable = ["mid", "text", "tapped", "reply_to", "late", "reaction"];
    object_reads::<crate::view::Message>(message.clone(), &nullable);
    object_reads::<Delivery>(message["delivery"].clone(), &["error"]);
    object_reads::<DeliveryError>(error, &["subcode"]);
    object_reads::<Attachment>(attachment, &["title", "url", "payload", "media"]);
    let nullable = ["part", "kind", "name", "bytes", "width", "height", "problem"];
    object_reads::<crate::media::Media>(media, &nullable);
}

#[test]
fn what_stands_between_messages_reads_back() {
    use crate::view::{Activity, ControlChange};
    use crate::writing::{Note, Notification};
    object_reads::<ControlChange>(
        json!({
            "key": "k", "at": AT, "owner": "ours", "app_id": "9", "app_name": "SalesBot", "proof": "taken",
            "by": "Tom", "metadata": "m",
        }),
        &["app_id", "app_name", "by", "metadata"],
    );
    object_reads::<Activity>(
        json!({ "id": id(), "at": AT, "act": "closed", "by": "Tom", "detail": { "a": 1 } }),
        &["by", "detail"],
    );
    object_reads::<Note>(
        json!({
            "id": id(), "conversation_id": id(), "at": AT, "author": { "id": id(), "name": "Tom" }, "text": "@Ann",
            "mentions": [{ "who": { "kind": "person", "id": id() }, "name": "Ann" }],
        }),
        &[],
    );
    object_reads::<Notification>(
        json!({
            "id": id(), "conversation_id": id(), "customer": "Maya", "note_id": id(), "by": "Tom", "preview": "p",
            "reason": "mentioned", "at": AT, "seen_at": AT,
        }),
        &["seen_at"],
    );
}

#[test]
fn what_else_is_loaded_first_reads_back() {
    let restrictions = crate::person::Restrictions::default();
    object_reads::<crate::person::Person>(
        json!({
            "id": id(), "email": "a@example.test", "name": "Ann", "role": "owner", "restrictions": restrictions,
            "teams": [id()],
        }),
        &["restrictions", "teams"],
    );
    object_reads::<crate::apps::KnownApp>(
        json!({ "app": "9", "name": "SalesBot", "colour": "teal", "icon": "zap", "named_by": "meta" }),
        &[],
    );
    object_reads::<crate::conversation::file::Upload>(
        json!({ "id": id(), "name": "a.png", "kind": "image", "mime": "image/png", "size": u64::MAX }),
        &[],
    );
    object_reads::<workflow::field::Field>(
        json!({ "key": "size", "name": "Size", "kind": "list", "options": ["M"], "builtin": false }),
        &["options", "builtin"],
    );
    object_reads::<workflow::view::RunView>(
        json!({
            "id": id(), "workflow_id": id(), "workflow": "Returns", "version": 2, "conversation_id": id(),
            "contact": "Maya", "test": false, "may_be_stopped": true, "started_at": AT,
            "now": { "state": "going", "step": 1, "name": "Greet" }, "deleted": false,
        }),
        &["deleted"],
    );
}
