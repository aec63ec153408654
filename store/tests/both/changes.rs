use crate::world::{T0, begin, id, postgres, sqlite};
use domain::conversation::control::OwnerKind;
use domain::conversation::standing::Status;
use domain::live::{Audience, Change, Numbered};
use domain::page::Health;
use domain::view::{Facts, PageView};
use domain::{ConversationId, MINUTE, PersonId, TeamId};
use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use store::{Db, changes};

on_both!(
    numbers_rise_by_one_and_frames_are_ready_to_send,
    a_change_that_was_not_committed_leaves_no_gap,
    writers_at_once_leave_no_gap,
    the_oldest_number_tells_who_must_reload,
    a_change_keeps_who_may_hear_it,
);

fn change(name: &str) -> Change {
    Change::Page {
        page: PageView {
            id: "page-1".into(),
            name: name.into(),
            health: Health::Connected,
            alarms: Vec::new(),
        },
    }
}

fn for_all(name: &str) -> (Change, Option<Audience>) {
    (change(name), None)
}

async fn append(db: &Db, count: usize) -> i64 {
    let mut tx = db.begin().await.unwrap();
    let last = changes::append(&mut tx, &vec![for_all("Socks"); count], T0).await.unwrap();
    tx.commit().await.unwrap();
    last
}

async fn kept(db: &Db) -> Vec<i64> {
    let mut snapshot = db.snapshot().await.unwrap();
    changes::after(&mut snapshot, 0, 1_000).await.unwrap().into_iter().map(|entry| entry.n).collect()
}

async fn numbers_rise_by_one_and_frames_are_ready_to_send(db: Db) {
    let mut tx = begin(&db).await;
    assert_eq!(changes::last(&mut tx).await.unwrap(), 0);
    assert_eq!(changes::append(&mut tx, &[for_all("a"), for_all("b")], T0).await.unwrap(), 2);
    assert_eq!(changes::append(&mut tx, &[], T0).await.unwrap(), 2);
    assert_eq!(changes::append(&mut tx, &[for_all("c")], T0).await.unwrap(), 3);
    let frames = changes::after(&mut tx, 1, 10).await.unwrap();
    let read: Vec<Numbered> =
        frames.iter().map(|entry| serde_json::from_str(&entry.frame).unwrap()).collect();
    let expected = [Numbered { n: 2, change: change("b") }, Numbered { n: 3, change: change("c") }];
    assert_eq!(read, expected);
    assert_eq!(frames.iter().map(|entry| entry.n).collect::<Vec<_>>(), [2, 3]);
    assert_eq!(changes::after(&mut tx, 0, 1).await.unwrap().len(), 1);
}

async fn a_change_that_was_not_committed_leaves_no_gap(db: Db) {
    append(&db, 1).await;
    let mut tx = db.begin().await.unwrap();
    assert_eq!(changes::append(&mut tx, &[for_all("lost")], T0).await.unwrap(), 2);
    drop(tx);
    assert_eq!(append(&db, 1).await, 2);
    assert_eq!(kept(&db).await, [1, 2]);
}

async fn writers_at_once_leave_no_gap(db: Db) {
    let (one, two, three) = (append(&db, 2), append(&db, 3), append(&db, 1));
    tokio::join!(one, two, three);
    assert_eq!(kept(&db).await, [1, 2, 3, 4, 5, 6]);
}

async fn the_oldest_number_tells_who_must_reload(db: Db) {
    let mut tx = db.begin().await.unwrap();
    assert_eq!(changes::bounds(&mut tx).await.unwrap(), (1, 0));
    changes::append(&mut tx, &[for_all("a"), for_all("b")], T0).await.unwrap();
    changes::append(&mut tx, &[for_all("c")], T0 + MINUTE).await.unwrap();
    assert_eq!(changes::bounds(&mut tx).await.unwrap(), (1, 3));
    assert_eq!(changes::prune(&mut tx, T0 + MINUTE).await.unwrap(), 2);
    assert_eq!(changes::bounds(&mut tx).await.unwrap(), (3, 3));
    assert_eq!(changes::prune(&mut tx, T0 + 2 * MINUTE).await.unwrap(), 1);
    assert_eq!(changes::bounds(&mut tx).await.unwrap(), (4, 3));
}

async fn a_change_keeps_who_may_hear_it(db: Db) {
    let mut tx = begin(&db).await;
    let (status, owner, assignee) = (Status::Open, OwnerKind::Ours, Some(PersonId(id(7))));
    let is = Facts { status, owner, assignee, team: Some(TeamId(id(8))), unread: true };
    let audience =
        Audience { conversation: ConversationId(id(1)), was: None, is, of_runs: false, gone: false };
    let changes = [(change("a"), Some(audience.clone())), for_all("b")];
    changes::append(&mut tx, &changes, T0).await.unwrap();
    let entries = changes::after(&mut tx, 0, 10).await.unwrap();
    let kept: Vec<_> = entries.into_iter().map(|entry| entry.audience).collect();
    assert_eq!(kept, [Some(audience), None]);
}

#[tokio::test]
async fn another_node_is_woken() {
    let db = postgres().await;
    let mut listener = db.wake_listener().await.unwrap();
    changes::notify(&db, append(&db, 1).await).await.unwrap();
    listener.wake().await.unwrap();
}

#[tokio::test]
async fn the_embedded_database_has_nobody_to_wake() {
    let (db, _folder) = sqlite().await;
    let mut listener = db.wake_listener().await.unwrap();
    changes::notify(&db, append(&db, 1).await).await.unwrap();
    let polled = pin!(listener.wake()).poll(&mut Context::from_waker(Waker::noop()));
    assert!(matches!(polled, Poll::Pending));
}
