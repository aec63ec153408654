use crate::world::{T0, add_person, begin, open};
use domain::conversation::control::{Control, Owner, OwnerKind, Proof};
use domain::conversation::evidence::{Channel, Evidence, What};
use domain::conversation::standing::Standing;
use domain::{MINUTE, Timestamp};
use store::chain::{self, Chain};
use store::{Db, apps, evidence};

on_both!(
    an_event_told_twice_is_one,
    the_story_is_told_in_its_own_order,
    keys_sort_as_the_rules_sort_them,
    late_evidence_rewrites_what_followed,
    the_timeline_names_who_and_which_app,
    each_piece_is_linked_to_the_one_learned_before_it,
);

fn at(minute: i64) -> Timestamp {
    T0 + minute * MINUTE
}

fn wrote(minute: i64, key: &str) -> Evidence {
    Evidence { at: at(minute), key: key.into(), what: What::CustomerWrote { channel: Channel::Direct } }
}

fn owned(owner: Owner, proof: Proof) -> Standing {
    let control = Control { owner, since: T0, expires_at: None, proof, proved_at: T0 };
    Standing { control, ..Standing::default() }
}

async fn an_event_told_twice_is_one(db: Db) {
    let mut tx = begin(&db).await;
    let conversation = open(&mut tx, 1).await.id;
    assert!(!evidence::exists(&mut tx, conversation, "m_1").await.unwrap());
    assert!(
        evidence::put(&mut tx, conversation, &wrote(1, "m_1"), &Standing::default(), false).await.unwrap()
    );
    assert!(
        !evidence::put(&mut tx, conversation, &wrote(2, "m_1"), &Standing::default(), true).await.unwrap()
    );
    assert!(evidence::exists(&mut tx, conversation, "m_1").await.unwrap());
    let story = evidence::from(&mut tx, conversation, (T0, 0, "")).await.unwrap();
    assert_eq!(story, [wrote(1, "m_1")]);
    let other = open(&mut tx, 2).await.id;
    assert!(evidence::put(&mut tx, other, &wrote(1, "m_1"), &Standing::default(), false).await.unwrap());
}

async fn the_story_is_told_in_its_own_order(db: Db) {
    let mut tx = begin(&db).await;
    let conversation = open(&mut tx, 1).await.id;
    let passed = Evidence {
        at: at(2),
        key: "z".into(),
        what: What::Passed { from: None, to: None, metadata: Some("a refund".into()) },
    };
    let story = [wrote(1, "m_1"), passed, wrote(2, "m_2"), wrote(3, "m_0")];
    for n in [3, 1, 0, 2] {
        let after = Standing { handed_over: Some(story[n].key.clone()), ..Standing::default() };
        evidence::put(&mut tx, conversation, &story[n], &after, false).await.unwrap();
    }
    assert_eq!(evidence::from(&mut tx, conversation, (T0, 0, "")).await.unwrap(), story);
    for n in 0..4 {
        let place = story[n].place();
        assert_eq!(evidence::from(&mut tx, conversation, place).await.unwrap(), story[n..]);
        let before = evidence::standing_before(&mut tx, conversation, place).await.unwrap();
        let expected = n.checked_sub(1).map(|n| story[n].key.clone());
        assert_eq!(before.and_then(|standing| standing.handed_over), expected);
    }
}

/// A database that sorts text for human eyes would put these in another order.
async fn keys_sort_as_the_rules_sort_them(db: Db) {
    let mut tx = begin(&db).await;
    let conversation = open(&mut tx, 1).await.id;
    for key in ["m_b", "m_B", "m-a", "é", "M:a", "m_a"] {
        evidence::put(&mut tx, conversation, &wrote(1, key), &Standing::default(), false).await.unwrap();
    }
    let story = evidence::from(&mut tx, conversation, (T0, 0, "")).await.unwrap();
    let mut sorted = story.clone();
    sorted.sort_by(|one, other| one.place().cmp(&other.place()));
    assert_eq!(story.len(), 6);
    assert_eq!(story, sorted);
}

async fn late_evidence_rewrites_what_followed(db: Db) {
    let mut tx = begin(&db).await;
    let conversation = open(&mut tx, 1).await.id;
    let ours = owned(Owner::Ours, Proof::Passed);
    evidence::put(&mut tx, conversation, &wrote(1, "m_1"), &ours, true).await.unwrap();
    assert_eq!(evidence::timeline(&mut tx, conversation, 10).await.unwrap().len(), 1);
    let bots = owned(Owner::Bot("bot-1".into()), Proof::Taken);
    evidence::rewrite(&mut tx, conversation, "m_1", &bots, false).await.unwrap();
    assert!(evidence::timeline(&mut tx, conversation, 10).await.unwrap().is_empty());
    assert_eq!(evidence::change(&mut tx, conversation, "m_1").await.unwrap(), None);
    let before = evidence::standing_before(&mut tx, conversation, (at(2), 0, "")).await.unwrap();
    assert_eq!(before, Some(bots));
}

async fn the_timeline_names_who_and_which_app(db: Db) {
    let mut tx = begin(&db).await;
    let mia = add_person(&mut tx, 7, "Mia").await;
    apps::name_app(&mut tx, &"bot-1".into(), "Order bot").await.unwrap();
    let conversation = open(&mut tx, 1).await.id;
    let pass = What::Passed { from: None, to: Some("bot-1".into()), metadata: Some("new order".into()) };
    let pass = Evidence { at: at(1), key: "pass".into(), what: pass };
    let take = Evidence { at: at(2), key: "take".into(), what: What::TookOver { by: Some(mia.id) } };
    let bots = owned(Owner::Bot("bot-1".into()), Proof::Passed);
    evidence::put(&mut tx, conversation, &pass, &bots, true).await.unwrap();
    let ours = owned(Owner::Ours, Proof::TakenByUs);
    evidence::put(&mut tx, conversation, &take, &ours, true).await.unwrap();
    evidence::put(&mut tx, conversation, &wrote(3, "m_1"), &ours, false).await.unwrap();
    let timeline = evidence::timeline(&mut tx, conversation, 10).await.unwrap();
    let [taken, passed] = timeline.as_slice() else { panic!("two changes of owner: {timeline:?}") };
    assert_eq!(
        (taken.owner, taken.by.as_deref(), taken.app_id.as_ref()),
        (OwnerKind::Ours, Some("Mia"), None)
    );
    assert_eq!((taken.proof.as_str(), taken.metadata.as_deref()), ("taken_by_us", None));
    assert_eq!((passed.owner, passed.app_name.as_deref()), (OwnerKind::Bot, Some("Order bot")));
    assert_eq!((passed.at, passed.metadata.as_deref()), (at(1), Some("new order")));
    assert_eq!(evidence::change(&mut tx, conversation, "take").await.unwrap().as_ref(), Some(taken));
    assert_eq!(evidence::timeline(&mut tx, conversation, 1).await.unwrap(), timeline[..1]);
}

async fn each_piece_is_linked_to_the_one_learned_before_it(db: Db) {
    let mut tx = begin(&db).await;
    let (one, other) = (open(&mut tx, 1).await.id, open(&mut tx, 2).await.id);
    assert_eq!(chain::check(&mut tx, one).await.unwrap(), Chain::Whole { links: 0 });
    // The second one is late, and the third is told twice.
    for (minute, key) in [(3, "m_3"), (1, "m_1"), (4, "m_4"), (4, "m_4")] {
        evidence::put(&mut tx, one, &wrote(minute, key), &Standing::default(), false).await.unwrap();
    }
    evidence::put(&mut tx, other, &wrote(1, "m_1"), &Standing::default(), false).await.unwrap();
    evidence::rewrite(&mut tx, one, "m_3", &owned(Owner::Ours, Proof::Taken), true).await.unwrap();
    assert_eq!(chain::check(&mut tx, one).await.unwrap(), Chain::Whole { links: 3 });
    assert_eq!(chain::conversations(&mut tx, None, 10).await.unwrap(), [one, other]);
    assert_eq!(chain::conversations(&mut tx, Some(one), 10).await.unwrap(), [other]);
}
