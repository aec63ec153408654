use crate::world::{T0, begin, id, postgres};
use domain::MINUTE;
use store::inbound::{self, NewBody, Parked};
use store::{Db, Tx};

on_both!(
    bodies_come_back_byte_for_byte_oldest_first,
    more_bodies_than_one_statement_takes_are_kept,
    what_was_read_is_forgotten_after_a_while_and_nothing_else,
    what_cannot_be_read_is_put_aside_with_the_reason,
);

fn body(n: u128, bytes: &[u8]) -> NewBody {
    NewBody { id: id(n), app: "app-1".into(), body: bytes.to_vec().into() }
}

async fn numbers(tx: &mut Tx, limit: i64) -> Vec<u128> {
    inbound::next(tx, limit).await.unwrap().iter().map(|body| body.id.as_u128()).collect()
}

async fn bodies_come_back_byte_for_byte_oldest_first(db: Db) {
    let mut tx = begin(&db).await;
    inbound::put(&mut tx, &[body(3, b"later")], T0 + 1).await.unwrap();
    inbound::put(&mut tx, &[body(2, b"{\"\xff\0"), body(1, b"{}")], T0).await.unwrap();
    inbound::put(&mut tx, &[], T0).await.unwrap();
    assert_eq!(inbound::waiting(&mut tx).await.unwrap(), 3);
    let bodies = inbound::next(&mut tx, 2).await.unwrap();
    assert_eq!(
        bodies.iter().map(|body| body.body.as_slice()).collect::<Vec<_>>(),
        [&b"{}"[..], b"{\"\xff\0"]
    );
    assert_eq!((bodies[0].app.as_str(), bodies[0].received_at), ("app-1", T0));
    inbound::done(&mut tx, &bodies).await.unwrap();
    assert_eq!(numbers(&mut tx, 10).await, [3]);
}

async fn more_bodies_than_one_statement_takes_are_kept(db: Db) {
    let mut tx = begin(&db).await;
    let bodies: Vec<_> = (0..2_500).map(|n| body(n, b"{}")).collect();
    inbound::put(&mut tx, &bodies, T0).await.unwrap();
    assert_eq!(inbound::waiting(&mut tx).await.unwrap(), 2_500);
}

async fn what_was_read_is_forgotten_after_a_while_and_nothing_else(db: Db) {
    let mut tx = begin(&db).await;
    inbound::put(&mut tx, &[body(1, b"{}"), body(2, b"{}")], T0).await.unwrap();
    inbound::put(&mut tx, &[body(3, b"{}")], T0 + MINUTE).await.unwrap();
    let bodies = inbound::next(&mut tx, 3).await.unwrap();
    let some: Vec<_> = bodies.into_iter().filter(|body| body.id != id(2)).collect();
    inbound::done(&mut tx, &some).await.unwrap();
    assert_eq!(inbound::prune(&mut tx, T0 + MINUTE).await.unwrap(), 1);
    assert_eq!(inbound::prune(&mut tx, T0 + MINUTE + 1).await.unwrap(), 1);
    assert_eq!(numbers(&mut tx, 10).await, [2]);
}

async fn what_cannot_be_read_is_put_aside_with_the_reason(db: Db) {
    let mut tx = begin(&db).await;
    let one = Parked {
        id: id(1),
        inbound: Some(id(9)),
        page: Some("page-9".into()),
        item: "{\"new\":true}".into(),
        reason: "The page is not connected.".into(),
        at: T0,
    };
    let two = Parked { id: id(2), inbound: None, page: None, at: T0 + 1, ..one.clone() };
    inbound::park(&mut tx, &one).await.unwrap();
    inbound::park(&mut tx, &two).await.unwrap();
    assert_eq!(inbound::parked(&mut tx, 10).await.unwrap(), [two.clone(), one]);
    assert_eq!(inbound::parked(&mut tx, 1).await.unwrap(), [two]);
}

#[tokio::test]
async fn one_node_reads_at_a_time() {
    let db = postgres().await;
    let mut tx = begin(&db).await;
    inbound::put(&mut tx, &[body(1, b"{}")], T0).await.unwrap();
    tx.commit().await.unwrap();
    let (mut here, mut there) = (db.begin().await.unwrap(), db.begin().await.unwrap());
    assert_eq!(numbers(&mut here, 10).await, [1]);
    assert!(numbers(&mut there, 10).await.is_empty());
    here.commit().await.unwrap();
    assert_eq!(numbers(&mut there, 10).await, [1]);
}
