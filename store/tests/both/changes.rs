use crate::world::{T0, begin, postgres, sqlite};
use domain::MINUTE;
use domain::live::{Change, Numbered};
use domain::page::Health;
use domain::view::PageView;
use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use store::{Db, changes};

on_both!(
    numbers_rise_by_one_and_frames_are_ready_to_send,
    a_change_that_was_not_committed_leaves_no_gap,
    writers_at_once_leave_no_gap,
    the_oldest_number_tells_who_must_reload,
);

fn change(name: &str) -> Change {
    Change::Page { page: PageView { id: "page-1".into(), name: name.into(), health: Health::Connected } }
}

async fn append(db: &Db, count: usize) -> i64 {
    let mut tx = db.begin().await.unwrap();
    let last = changes::append(&mut tx, &vec![change("Socks"); count], T0).await.unwrap();
    tx.commit().await.unwrap();
    last
}

async fn kept(db: &Db) -> Vec<i64> {
    let mut snapshot = db.snapshot().await.unwrap();
    changes::after(&mut snapshot, 0, 1_000).await.unwrap().into_iter().map(|(n, _)| n).collect()
}

async fn numbers_rise_by_one_and_frames_are_ready_to_send(db: Db) {
    let mut tx = begin(&db).await;
    assert_eq!(changes::last(&mut tx).await.unwrap(), 0);
    assert_eq!(changes::append(&mut tx, &[change("a"), change("b")], T0).await.unwrap(), 2);
    assert_eq!(changes::append(&mut tx, &[], T0).await.unwrap(), 2);
    assert_eq!(changes::append(&mut tx, &[change("c")], T0).await.unwrap(), 3);
    let frames = changes::after(&mut tx, 1, 10).await.unwrap();
    let read: Vec<Numbered> = frames.iter().map(|(_, frame)| serde_json::from_str(frame).unwrap()).collect();
    let expected = [Numbered { n: 2, change: change("b") }, Numbered { n: 3, change: change("c") }];
    assert_eq!(read, expected);
    assert_eq!(frames.iter().map(|(n, _)| *n).collect::<Vec<_>>(), [2, 3]);
    assert_eq!(changes::after(&mut tx, 0, 1).await.unwrap().len(), 1);
}

async fn a_change_that_was_not_committed_leaves_no_gap(db: Db) {
    append(&db, 1).await;
    let mut tx = db.begin().await.unwrap();
    assert_eq!(changes::append(&mut tx, &[change("lost")], T0).await.unwrap(), 2);
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
    changes::append(&mut tx, &[change("a"), change("b")], T0).await.unwrap();
    changes::append(&mut tx, &[change("c")], T0 + MINUTE).await.unwrap();
    assert_eq!(changes::bounds(&mut tx).await.unwrap(), (1, 3));
    assert_eq!(changes::prune(&mut tx, T0 + MINUTE).await.unwrap(), 2);
    assert_eq!(changes::bounds(&mut tx).await.unwrap(), (3, 3));
    assert_eq!(changes::prune(&mut tx, T0 + 2 * MINUTE).await.unwrap(), 1);
    assert_eq!(changes::bounds(&mut tx).await.unwrap(), (4, 3));
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
