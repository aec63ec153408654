use crate::world::{T0, asked, begin, id, open, shop};
use domain::view::Activity;
use domain::{HOUR, MINUTE};
use serde_json::json;
use store::{Db, activity, audit, edits, inbound, messages};

on_both!(
    what_the_team_did_and_what_happened_is_one_story,
    a_message_keeps_what_it_said,
    words_are_found_whatever_their_case_and_never_as_a_wildcard,
    a_body_is_read_back_while_it_is_kept,
);

async fn what_the_team_did_and_what_happened_is_one_story(db: Db) {
    let mut tx = begin(&db).await;
    let conversation = open(&mut tx, 1).await.id;
    let came =
        Activity { id: id(5), at: T0, act: "referral".into(), by: None, detail: json!({ "ref": "order_1" }) };
    assert!(activity::put(&mut tx, conversation, &came).await.unwrap());
    assert!(!activity::put(&mut tx, conversation, &came).await.unwrap(), "told twice");
    let entry = audit::Entry {
        id: id(6),
        at: T0 + MINUTE,
        actor: "Mia".into(),
        person: None,
        act: "closed".into(),
        conversation: Some(conversation),
        detail: json!(null),
    };
    audit::put(&mut tx, &entry).await.unwrap();
    let story = activity::of(&mut tx, conversation, 10).await.unwrap();
    assert_eq!(story[0].by.as_deref(), Some("Mia"));
    assert_eq!(story[1], came);
    assert_eq!(activity::of(&mut tx, conversation, 1).await.unwrap().len(), 1);
}

async fn a_message_keeps_what_it_said(db: Db) {
    let mut tx = begin(&db).await;
    let conversation = open(&mut tx, 1).await.id;
    let message = asked(5, conversation, T0, "39");
    messages::insert(&mut tx, &message, &shop()).await.unwrap();
    edits::put(&mut tx, message.id, 2, T0 + HOUR, "41").await.unwrap();
    edits::put(&mut tx, message.id, 0, T0, "39").await.unwrap();
    edits::put(&mut tx, message.id, 0, T0, "another").await.unwrap();
    let said = edits::of(&mut tx, message.id).await.unwrap();
    assert_eq!(said, [(T0, "39".to_owned()), (T0 + HOUR, "41".to_owned())]);
    edits::forget(&mut tx, message.id).await.unwrap();
    assert!(edits::of(&mut tx, message.id).await.unwrap().is_empty());
}

async fn words_are_found_whatever_their_case_and_never_as_a_wildcard(db: Db) {
    let mut tx = begin(&db).await;
    let conversation = open(&mut tx, 1).await.id;
    for (n, text) in [(5, "Winter BOOTS"), (6, "50% off")] {
        messages::insert(&mut tx, &asked(n, conversation, T0, text), &shop()).await.unwrap();
    }
    assert_eq!(messages::search(&mut tx, conversation, "boots", 9).await.unwrap().len(), 1);
    assert_eq!(messages::search(&mut tx, conversation, "%", 9).await.unwrap().len(), 1);
    assert!(messages::search(&mut tx, conversation, "b__ts", 9).await.unwrap().is_empty());
}

async fn a_body_is_read_back_while_it_is_kept(db: Db) {
    let mut tx = begin(&db).await;
    let new = inbound::NewBody { id: id(3), app: "app-1".into(), body: b"{}".as_slice().into() };
    inbound::put(&mut tx, &[new], T0).await.unwrap();
    assert_eq!(inbound::body(&mut tx, id(3)).await.unwrap().as_deref(), Some(&b"{}"[..]));
    assert_eq!(inbound::body(&mut tx, id(4)).await.unwrap(), None);
}
