//! What has been seen of a page's routing, and what checks of it found.

use crate::world::{T0, add_page, begin, id, open, shop};
use domain::conversation::control::{Control, Owner};
use domain::routing::rehearsal::Entry;
use domain::routing::sign::{Seen, Sign, Signs};
use domain::{HOUR, MINUTE, PageId, Timestamp};
use store::checks::{self, KEPT, Kept, Run};
use store::{Db, conversations, signs};

on_both!(
    the_newest_event_of_a_kind_stays_and_all_are_counted,
    the_newest_runs_of_each_page_are_kept,
    what_we_have_is_compared_with_what_facebook_remembers,
);

async fn the_newest_event_of_a_kind_stays_and_all_are_counted(db: Db) {
    let mut tx = begin(&db).await;
    let (one, two) = (open(&mut tx, 1).await.id, open(&mut tx, 2).await.id);
    assert_eq!(signs::of(&mut tx, &shop()).await.unwrap(), Signs::default());
    for (conversation, at) in [(one, T0 + MINUTE), (two, T0 + HOUR), (one, T0)] {
        signs::see(&mut tx, &shop(), Sign::Overheard, at, Some(conversation));
        if at == T0 + HOUR {
            tx.commit().await.unwrap();
            tx = db.begin().await.unwrap();
        }
    }
    signs::see(&mut tx, &shop(), Sign::Entered(Entry::Link, false), T0, None);
    tx.commit().await.unwrap();
    let mut tx = db.begin().await.unwrap();
    let seen = signs::of(&mut tx, &shop()).await.unwrap();
    let overheard =
        Seen { sign: Sign::Overheard, first_at: T0, at: T0 + HOUR, times: 3, conversation: Some(two) };
    assert_eq!(seen.of(Sign::Overheard), Some(&overheard));
    assert_eq!(seen.of(Sign::Entered(Entry::Link, false)).map(|seen| seen.times), Some(1));
    assert_eq!(seen.of(Sign::RoutingOff), None);
}

async fn the_newest_runs_of_each_page_are_kept(db: Db) {
    let mut tx = begin(&db).await;
    let other = PageId::from("page-2");
    add_page(&mut tx, &other, "Another").await;
    let run = |n: i64| Run { at: T0 + n * MINUTE, by: "Ann".into(), report: vec![n] };
    checks::put(&mut tx, id(9_999), &other, &run(0)).await.unwrap();
    for n in 1..=KEPT + 3 {
        checks::put(&mut tx, id(u128::try_from(n).unwrap()), &shop(), &run(n)).await.unwrap();
    }
    let newest: Vec<Run<Vec<i64>>> = checks::newest(&mut tx, &shop(), 100).await.unwrap();
    assert_eq!(i64::try_from(newest.len()).unwrap(), KEPT);
    assert_eq!(newest[0], run(KEPT + 3));
    assert_eq!(checks::newest::<Vec<i64>>(&mut tx, &other, 100).await.unwrap(), [run(0)]);
}

async fn what_we_have_is_compared_with_what_facebook_remembers(db: Db) {
    let mut tx = begin(&db).await;
    let mut record = open(&mut tx, 1).await;
    assert_eq!(checks::held(&mut tx, &shop(), 5).await.unwrap(), []);
    record.standing.control = Control { owner: Owner::Bot("bot-1".into()), ..Control::default() };
    conversations::save(&mut tx, &mut record).await.unwrap();
    assert_eq!(checks::held(&mut tx, &shop(), 5).await.unwrap(), [record.id]);
    let kept = Kept { conversation: record.id, last_at: None::<Timestamp> };
    assert_eq!(checks::kept(&mut tx, &shop(), &"psid-1".into()).await.unwrap(), Some(kept));
    assert_eq!(checks::kept(&mut tx, &shop(), &"psid-2".into()).await.unwrap(), None);
}
