use crate::world::{T0, begin, id, open, shop};
use domain::page::Health;
use domain::{ConversationId, MINUTE, MessageId, Timestamp};
use store::outbox::{Job, NewJob};
use store::{Db, Tx, outbox, pages};

on_both!(
    a_row_set_aside_no_longer_holds_up_its_conversation,
    a_renewed_lease_keeps_others_away_and_a_start_takes_all_back,
    a_row_is_put_once,
    one_conversation_leaves_in_order_and_blocks_nobody_else,
    two_workers_share_nothing,
    a_claim_that_never_reported_is_seen_by_the_next,
    messages_of_a_lost_page_wait_and_other_work_does_not,
    a_row_made_locked_is_its_makers_until_then,
    the_next_moment_worth_claiming_is_known,
    messages_go_first_and_leave_room_for_questions,
);

fn job(n: u128, conversation: Option<ConversationId>) -> NewJob {
    NewJob {
        id: id(n),
        conversation,
        page: shop(),
        kind: "send".into(),
        payload: format!("{{\"n\":{n}}}"),
        run_at: T0,
    }
}

async fn put(tx: &mut Tx, job: &NewJob) {
    assert!(outbox::put(tx, job, None).await.unwrap());
}

async fn claim(tx: &mut Tx, now: Timestamp) -> Vec<Job> {
    outbox::claim(tx, now, now + MINUTE, 100, 100).await.unwrap()
}

fn numbers(jobs: &[Job]) -> Vec<u128> {
    jobs.iter().map(|job| job.id.as_u128()).collect()
}

async fn messages_go_first_and_leave_room_for_questions(db: Db) {
    let mut tx = begin(&db).await;
    for n in 1..=3 {
        put(&mut tx, &NewJob { kind: "ask".into(), ..job(n, None) }).await;
    }
    for n in 4..=6 {
        put(&mut tx, &job(n, None)).await;
    }
    let first = outbox::claim(&mut tx, T0, T0 + MINUTE, 2, 3).await.unwrap();
    assert_eq!(numbers(&first), [1, 4, 5], "two messages, and the question that waits longest");
    let none = outbox::claim(&mut tx, T0, T0 + MINUTE, 0, 1).await.unwrap();
    assert_eq!(numbers(&none), [2], "where no more messages may leave, questions do");
    assert_eq!(numbers(&claim(&mut tx, T0).await), [3, 6]);
}

async fn a_row_is_put_once(db: Db) {
    let mut tx = begin(&db).await;
    let conversation = open(&mut tx, 1).await.id;
    put(&mut tx, &job(5, Some(conversation))).await;
    assert!(!outbox::put(&mut tx, &job(5, Some(conversation)), None).await.unwrap());
    assert_eq!(outbox::depth(&mut tx).await.unwrap(), 1);
    assert_eq!(outbox::pending_of(&mut tx, conversation).await.unwrap(), 1);
    let found = outbox::find(&mut tx, id(5)).await.unwrap().unwrap();
    assert_eq!((found.payload.as_str(), found.attempts, found.started_at), ("{\"n\":5}", 0, None));
    assert!(outbox::delete_of_message(&mut tx, MessageId(id(5))).await.unwrap());
    assert!(!outbox::delete_of_message(&mut tx, MessageId(id(5))).await.unwrap());
    assert_eq!(outbox::find(&mut tx, id(5)).await.unwrap(), None);
}

async fn one_conversation_leaves_in_order_and_blocks_nobody_else(db: Db) {
    let mut tx = begin(&db).await;
    let (one, two) = (open(&mut tx, 1).await.id, open(&mut tx, 2).await.id);
    // Ids are made in browsers: their order says nothing.
    for (n, conversation) in [(9, Some(one)), (3, Some(one)), (8, Some(two)), (2, None), (1, None)] {
        put(&mut tx, &job(n, conversation)).await;
    }
    assert_eq!(numbers(&claim(&mut tx, T0).await), [9, 8, 2, 1]);
    outbox::retry(&mut tx, id(9), T0 + MINUTE, false).await.unwrap();
    outbox::done(&mut tx, id(8)).await.unwrap();
    assert!(claim(&mut tx, T0).await.is_empty());
    outbox::done(&mut tx, id(9)).await.unwrap();
    assert_eq!(numbers(&claim(&mut tx, T0).await), [3]);
}

async fn two_workers_share_nothing(db: Db) {
    let mut tx = begin(&db).await;
    for n in 1..=20 {
        let conversation = open(&mut tx, n).await.id;
        put(&mut tx, &job(n, Some(conversation))).await;
    }
    tx.commit().await.unwrap();
    let worker = || async {
        let mut tx = db.begin().await.unwrap();
        let jobs = outbox::claim(&mut tx, T0, T0 + MINUTE, 12, 12).await.unwrap();
        tx.commit().await.unwrap();
        numbers(&jobs)
    };
    let (one, two) = tokio::join!(worker(), worker());
    let mut all = [one, two, worker().await].concat();
    all.sort_unstable();
    assert_eq!(all, (1..=20).collect::<Vec<_>>());
}

async fn a_claim_that_never_reported_is_seen_by_the_next(db: Db) {
    let mut tx = begin(&db).await;
    put(&mut tx, &job(5, None)).await;
    let first = claim(&mut tx, T0).await;
    assert_eq!((first[0].attempts, first[0].started_at), (1, None));
    assert!(claim(&mut tx, T0 + MINUTE - 1).await.is_empty());
    let second = claim(&mut tx, T0 + MINUTE).await;
    assert_eq!((second[0].attempts, second[0].started_at), (2, Some(T0)));
    outbox::retry(&mut tx, id(5), T0, false).await.unwrap();
    assert_eq!(claim(&mut tx, T0 + 2 * MINUTE).await[0].started_at, Some(T0));
    outbox::retry(&mut tx, id(5), T0, true).await.unwrap();
    assert_eq!(outbox::find(&mut tx, id(5)).await.unwrap().unwrap().started_at, None);
    assert_eq!(claim(&mut tx, T0 + 3 * MINUTE).await[0].started_at, None);
}

async fn messages_of_a_lost_page_wait_and_other_work_does_not(db: Db) {
    let mut tx = begin(&db).await;
    let lost = Health::Disconnected { since: T0, reason: "expired".into() };
    pages::set_health(&mut tx, &shop(), &lost).await.unwrap();
    put(&mut tx, &job(1, None)).await;
    put(&mut tx, &NewJob { kind: "profile".into(), ..job(2, None) }).await;
    assert_eq!(numbers(&claim(&mut tx, T0).await), [2]);
    outbox::done(&mut tx, id(2)).await.unwrap();
    assert_eq!(outbox::next_due(&mut tx).await.unwrap(), None);
    pages::set_health(&mut tx, &shop(), &Health::Connected).await.unwrap();
    assert_eq!(numbers(&claim(&mut tx, T0).await), [1]);
}

async fn a_row_made_locked_is_its_makers_until_then(db: Db) {
    let mut tx = begin(&db).await;
    assert!(outbox::put(&mut tx, &job(1, None), Some(T0 + MINUTE)).await.unwrap());
    assert!(claim(&mut tx, T0).await.is_empty());
    assert_eq!(numbers(&claim(&mut tx, T0 + MINUTE).await), [1]);
}

async fn the_next_moment_worth_claiming_is_known(db: Db) {
    let mut tx = begin(&db).await;
    assert_eq!(outbox::next_due(&mut tx).await.unwrap(), None);
    let conversation = open(&mut tx, 1).await.id;
    put(&mut tx, &NewJob { run_at: T0 + 3 * MINUTE, ..job(1, Some(conversation)) }).await;
    // Due before the row in front of it, but it cannot leave before it.
    put(&mut tx, &job(2, Some(conversation))).await;
    assert_eq!(outbox::next_due(&mut tx).await.unwrap(), Some(T0 + 3 * MINUTE));
    assert!(!outbox::is_due(&mut tx, T0).await.unwrap());
    put(&mut tx, &job(3, None)).await;
    assert_eq!(outbox::next_due(&mut tx).await.unwrap(), Some(T0));
    assert!(outbox::is_due(&mut tx, T0).await.unwrap());
    claim(&mut tx, T0).await;
    assert!(!outbox::is_due(&mut tx, T0).await.unwrap(), "it is somebody's already");
    assert!(outbox::is_due(&mut tx, T0 + MINUTE).await.unwrap(), "whoever had it has died");
    assert_eq!(outbox::next_due(&mut tx).await.unwrap(), Some(T0 + MINUTE));
}

async fn a_renewed_lease_keeps_others_away_and_a_start_takes_all_back(db: Db) {
    let mut tx = begin(&db).await;
    put(&mut tx, &job(1, None)).await;
    let held = claim(&mut tx, T0).await;
    outbox::renew(&mut tx, &[held[0].id], T0 + 3 * MINUTE).await.unwrap();
    assert_eq!(claim(&mut tx, T0 + 2 * MINUTE).await, []);
    assert_eq!(outbox::at_work(&mut tx, T0).await.unwrap(), 1);
    assert_eq!(outbox::take_back(&mut tx).await.unwrap(), 1);
    let again = claim(&mut tx, T0 + 2 * MINUTE).await;
    assert_eq!(again[0].started_at, Some(T0));
}

async fn a_row_set_aside_no_longer_holds_up_its_conversation(db: Db) {
    let mut tx = begin(&db).await;
    let conversation = open(&mut tx, 1).await.id;
    put(&mut tx, &job(1, Some(conversation))).await;
    put(&mut tx, &job(2, Some(conversation))).await;
    assert_eq!(numbers(&claim(&mut tx, T0).await), [1]);
    outbox::set_aside(&mut tx, id(1), "settle", "{}", T0 + MINUTE).await.unwrap();
    assert_eq!(numbers(&claim(&mut tx, T0).await), [2]);
    let later = claim(&mut tx, T0 + MINUTE).await;
    assert_eq!((later[0].kind.as_str(), later[0].attempts, later[0].started_at), ("settle", 1, None));
}
