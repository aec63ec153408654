//! Timers, marks, audit entries, settings and backups.

use crate::world::{T0, add_person, begin, id, open, postgres, shop, sqlite};
use domain::{HOUR, MINUTE, Mid};
use store::audit::Entry;
use store::{Db, Error, amendments, audit, backup, conversations, marks, preferences, settings, timers};

on_both!(
    a_timer_rings_once_at_its_newest_time,
    looking_moves_the_mark_forward_only,
    the_newest_audit_entry_comes_first,
    a_setting_is_what_it_was_last_set_to,
    an_amendment_waits_once_and_is_taken_once,
    preferences_are_kept_by_the_one_who_read_them,
);

async fn an_amendment_waits_once_and_is_taken_once(db: Db) {
    let mut tx = begin(&db).await;
    let (page, mid) = (shop(), Mid::from("m_1"));
    for (key, at) in [("edit:1", T0 + MINUTE), ("edit:1", T0 + HOUR), ("reaction:1", T0)] {
        amendments::put(&mut tx, &page, &mid, key, at, key).await.unwrap();
    }
    let waiting = amendments::take(&mut tx, &page, &mid).await.unwrap();
    assert_eq!(waiting, [(T0, "reaction:1".to_owned()), (T0 + MINUTE, "edit:1".to_owned())]);
    assert_eq!(amendments::take(&mut tx, &page, &mid).await.unwrap(), []);
}

async fn a_timer_rings_once_at_its_newest_time(db: Db) {
    let mut tx = begin(&db).await;
    let (one, two) = (open(&mut tx, 1).await.id, open(&mut tx, 2).await.id);
    assert_eq!(timers::next_due(&mut tx).await.unwrap(), None);
    timers::set(&mut tx, one, "reset", T0).await.unwrap();
    timers::set(&mut tx, one, "reset", T0 + HOUR).await.unwrap();
    timers::set(&mut tx, two, "reset", T0 + MINUTE).await.unwrap();
    timers::set(&mut tx, two, "expiry", T0).await.unwrap();
    timers::clear(&mut tx, two, "expiry").await.unwrap();
    assert_eq!(timers::next_due(&mut tx).await.unwrap(), Some(T0 + MINUTE));
    let due = timers::due(&mut tx, T0 + HOUR, 10).await.unwrap();
    assert_eq!(due.iter().map(|timer| timer.conversation).collect::<Vec<_>>(), [two, one]);
    assert_eq!((due[1].kind.as_str(), due[1].due_at), ("reset", T0 + HOUR));
    assert_eq!(timers::due(&mut tx, T0 + HOUR, 1).await.unwrap().len(), 1);
    assert!(!timers::remove(&mut tx, one, "reset", T0).await.unwrap());
    assert!(timers::remove(&mut tx, one, "reset", T0 + HOUR).await.unwrap());
    assert!(!timers::remove(&mut tx, one, "reset", T0 + HOUR).await.unwrap());
}

async fn looking_moves_the_mark_forward_only(db: Db) {
    let mut tx = begin(&db).await;
    let (conversation, mia) = (open(&mut tx, 1).await.id, add_person(&mut tx, 7, "Mia").await.id);
    assert_eq!(marks::get(&mut tx, conversation, mia).await.unwrap(), None);
    marks::set(&mut tx, conversation, mia, T0 + MINUTE).await.unwrap();
    marks::set(&mut tx, conversation, mia, T0).await.unwrap();
    assert_eq!(marks::get(&mut tx, conversation, mia).await.unwrap(), Some(T0 + MINUTE));
}

async fn the_newest_audit_entry_comes_first(db: Db) {
    let mut tx = begin(&db).await;
    let conversation = open(&mut tx, 1).await.id;
    let entry = |n: u128, act: &str| Entry {
        id: id(n),
        at: T0,
        actor: "Mia".into(),
        person: None,
        act: act.into(),
        conversation: Some(conversation),
        detail: serde_json::json!({ "to": "bot-1" }),
    };
    let (first, second) = (entry(1, "take_over"), entry(2, "reset_control"));
    let elsewhere = Entry { conversation: None, ..entry(3, "page_add") };
    for entry in [&first, &second, &elsewhere] {
        audit::put(&mut tx, entry).await.unwrap();
    }
    assert_eq!(audit::of(&mut tx, conversation, 10).await.unwrap(), [second, first]);
}

async fn a_setting_is_what_it_was_last_set_to(db: Db) {
    let mut tx = begin(&db).await;
    assert_eq!(settings::get(&mut tx, "workspace").await.unwrap(), None);
    settings::put(&mut tx, "workspace", "Socks").await.unwrap();
    settings::put(&mut tx, "workspace", "Sock Shop").await.unwrap();
    assert_eq!(settings::get(&mut tx, "workspace").await.unwrap().as_deref(), Some("Sock Shop"));
}

#[tokio::test]
async fn a_backup_is_a_whole_database() {
    let (db, folder) = sqlite().await;
    let mut tx = begin(&db).await;
    let record = open(&mut tx, 1).await;
    tx.commit().await.unwrap();
    let copy = folder.path().join("it's a copy.db");
    backup::backup(&db, &copy).await.unwrap();
    assert!(backup::backup(&db, &copy).await.is_err());
    let copy = store::Db::connect(&format!("sqlite:{}", copy.display())).await.unwrap();
    let mut snapshot = copy.snapshot().await.unwrap();
    assert_eq!(conversations::find(&mut snapshot, record.id).await.unwrap(), Some(record));
}

#[tokio::test]
async fn postgres_is_backed_up_by_its_own_tool() {
    let db = postgres().await;
    let refused = backup::backup(&db, std::path::Path::new("/nowhere/copy.db")).await;
    let Err(Error::Unsupported(words)) = refused else { panic!("{refused:?}") };
    assert!(words.contains("pg_dump"));
    assert!(!db.is_sqlite());
    db.close().await;
}

#[tokio::test]
async fn a_snapshot_cannot_write() {
    let (db, _folder) = sqlite().await;
    assert!(db.is_sqlite());
    for db in [db, postgres().await] {
        let mut snapshot = db.snapshot().await.unwrap();
        assert!(settings::put(&mut snapshot, "workspace", "Socks").await.is_err());
    }
}

async fn preferences_are_kept_by_the_one_who_read_them(db: Db) {
    let mut tx = begin(&db).await;
    let (mia, tom) = (add_person(&mut tx, 7, "Mia").await.id, add_person(&mut tx, 8, "Tom").await.id);
    assert_eq!(preferences::get(&mut tx, mia).await.unwrap(), None);
    assert_eq!(preferences::put(&mut tx, mia, "{}", 0).await.unwrap(), 1);
    assert!(matches!(preferences::put(&mut tx, mia, "{late}", 0).await, Err(Error::Conflict)));
    assert_eq!(preferences::put(&mut tx, mia, "{newer}", 1).await.unwrap(), 2);
    assert!(matches!(preferences::put(&mut tx, mia, "{late}", 1).await, Err(Error::Conflict)));
    assert_eq!(preferences::get(&mut tx, mia).await.unwrap(), Some(("{newer}".to_owned(), 2)));
    assert_eq!(preferences::get(&mut tx, tom).await.unwrap(), None);
}
