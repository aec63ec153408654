use crate::world::{T0, answered, asked, begin, id, open, shop};
use bytes::Bytes;
use domain::conversation::message::{Delivery, DeliveryState};
use domain::page::ledger::{Kind, Ledger};
use domain::page::rhythm::{STRETCH, hour_of};
use domain::{HOUR, MINUTE, MessageId};
use store::inbound::{self, NewBody};
use store::{Db, ledger, messages, pages};

on_both!(
    what_is_counted_is_written_with_what_it_counts_or_not_at_all,
    a_message_stands_in_one_place_of_the_ledger_however_it_moves,
    bodies_are_stored_read_or_waiting,
    a_stretch_in_which_something_came_counts_once,
    old_counts_are_forgotten,
);

async fn now(db: &Db) -> Ledger {
    let mut tx = db.snapshot().await.unwrap();
    ledger::since(&mut tx, &shop(), &"app-1".into(), T0 - HOUR).await.unwrap()
}

async fn what_is_counted_is_written_with_what_it_counts_or_not_at_all(db: Db) {
    let mut tx = begin(&db).await;
    tx.count(&shop(), T0, Kind::Received, 2);
    tx.count(&shop(), T0, Kind::Applied, 1);
    tx.count(&shop(), T0 + MINUTE, Kind::Applied, 1);
    tx.commit().await.unwrap();
    let mut dropped = db.begin().await.unwrap();
    dropped.count(&shop(), T0, Kind::Received, 5);
    drop(dropped);
    let ledger = now(&db).await;
    assert_eq!((ledger.received, ledger.applied), (2, 2));
    assert!(ledger.incoming_balances());
}

async fn a_message_stands_in_one_place_of_the_ledger_however_it_moves(db: Db) {
    let mut tx = begin(&db).await;
    let conversation = open(&mut tx, 1).await.id;
    for n in 1..=4 {
        messages::insert(&mut tx, &answered(n, conversation, T0, DeliveryState::Queued), &shop())
            .await
            .unwrap();
    }
    messages::insert(&mut tx, &asked(9, conversation, T0, "Hello?"), &shop()).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!((now(&db).await.asked, now(&db).await.waiting), (4, 4));
    let mut tx = db.begin().await.unwrap();
    for (n, state) in [(1, DeliveryState::Sent), (2, DeliveryState::Failed), (3, DeliveryState::Unknown)] {
        let message = messages::find(&mut tx, MessageId(id(n))).await.unwrap().unwrap();
        let delivery = Delivery { state, error: None };
        messages::set_delivery(&mut tx, &message, &shop(), &delivery).await.unwrap();
    }
    messages::bind_mid(&mut tx, MessageId(id(1)), &"m_sent".into()).await.unwrap();
    tx.commit().await.unwrap();
    let mut tx = db.begin().await.unwrap();
    messages::receipt(&mut tx, conversation, T0 + MINUTE, DeliveryState::Read).await.unwrap();
    tx.commit().await.unwrap();
    let ledger = now(&db).await;
    assert_eq!((ledger.accepted, ledger.failed, ledger.unknown, ledger.waiting), (1, 1, 1, 1));
    assert_eq!((ledger.delivered, ledger.read), (1, 1));
    assert!(ledger.outgoing_balances());
}

async fn bodies_are_stored_read_or_waiting(db: Db) {
    let mut tx = begin(&db).await;
    let bodies: Vec<_> = (1..=3)
        .map(|n| NewBody { id: id(n), app: "app-1".into(), body: Bytes::from_static(b"{}") })
        .collect();
    inbound::put(&mut tx, &bodies, T0).await.unwrap();
    tx.commit().await.unwrap();
    let mut tx = db.begin().await.unwrap();
    let next = inbound::next(&mut tx, 2).await.unwrap();
    inbound::done(&mut tx, &next).await.unwrap();
    // Read twice is read once.
    inbound::done(&mut tx, &next).await.unwrap();
    tx.commit().await.unwrap();
    let ledger = now(&db).await;
    assert_eq!((ledger.bodies, ledger.bodies_read, ledger.bodies_waiting), (3, 2, 1));
    assert!(ledger.incoming_balances());
}

async fn a_stretch_in_which_something_came_counts_once(db: Db) {
    begin(&db).await.commit().await.unwrap();
    for at in [T0, T0 + MINUTE, T0 + STRETCH, T0 - STRETCH] {
        let mut tx = db.begin().await.unwrap();
        tx.heard(&shop(), at);
        tx.sent(&shop(), at);
        tx.commit().await.unwrap();
    }
    let mut tx = db.snapshot().await.unwrap();
    let hour = hour_of(T0);
    let active = ledger::hours(&mut tx, &shop(), Kind::Active, hour - 1, hour + 1).await.unwrap();
    assert_eq!(active, [(hour, 2)]);
    let page = pages::find(&mut tx, &shop()).await.unwrap().unwrap();
    assert_eq!((page.last_event_at, page.last_sent_at), (Some(T0 + STRETCH), Some(T0 + STRETCH)));
}

async fn old_counts_are_forgotten(db: Db) {
    let mut tx = begin(&db).await;
    tx.count(&shop(), T0, Kind::Received, 1);
    tx.count(&shop(), T0 + HOUR, Kind::Received, 1);
    tx.commit().await.unwrap();
    let mut tx = db.begin().await.unwrap();
    assert_eq!(ledger::prune(&mut tx, T0 + HOUR).await.unwrap(), 1);
    tx.commit().await.unwrap();
    assert_eq!(now(&db).await.received, 1);
}
