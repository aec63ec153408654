//! What is kept about a page besides the page: tasks, sign-ins, checkups, what waits for consent.

use crate::world::{T0, add_person, answered, begin, id, open, shop};
use domain::conversation::message::DeliveryState;
use domain::page::rhythm::{Rhythm, Silence};
use domain::page::{
    AppCheck, Checkup, Mode, PermissionCheck, Quiet, QuietAnswer, SelfTest, SubscriptionCheck, TokenCheck,
};
use domain::{MINUTE, MessageId};
use store::logins::{self, Login};
use store::outbox::{self, NewJob, WaitingCount};
use store::page_tasks::{self, PageTask};
use store::{Db, Tx, conversations, messages, pages};

on_both!(
    a_task_is_taken_by_one_node,
    a_sign_in_counts_for_its_person_and_not_for_ever,
    what_meta_said_and_what_was_learned_come_back,
    what_is_kept_back_leaves_only_with_consent,
    the_last_words_of_a_customer_are_found,
);

async fn a_task_is_taken_by_one_node(db: Db) {
    let mut tx = begin(&db).await;
    page_tasks::set(&mut tx, &shop(), "check", T0 + MINUTE).await.unwrap();
    page_tasks::set(&mut tx, &shop(), "check", T0).await.unwrap();
    page_tasks::set(&mut tx, &shop(), "fill", T0 + MINUTE).await.unwrap();
    assert_eq!(page_tasks::next_due(&mut tx).await.unwrap(), Some(T0));
    let due = page_tasks::due(&mut tx, T0, 10).await.unwrap();
    assert_eq!(due, [PageTask { page: shop(), kind: "check".into(), due_at: T0 }]);
    assert!(page_tasks::take(&mut tx, &due[0], T0 + 2 * MINUTE).await.unwrap());
    assert!(!page_tasks::take(&mut tx, &due[0], T0 + 2 * MINUTE).await.unwrap());
}

async fn a_sign_in_counts_for_its_person_and_not_for_ever(db: Db) {
    let mut tx = begin(&db).await;
    let (ann, mia) = (add_person(&mut tx, 1, "Ann").await.id, add_person(&mut tx, 2, "Mia").await.id);
    let login =
        Login { id: id(5), person: ann, app: "app-1".into(), sealed: "s".into(), expires_at: T0 + MINUTE };
    logins::put(&mut tx, &login).await.unwrap();
    assert_eq!(logins::find(&mut tx, id(5), ann, T0).await.unwrap(), Some(login));
    assert_eq!(logins::find(&mut tx, id(5), mia, T0).await.unwrap(), None);
    assert_eq!(logins::find(&mut tx, id(5), ann, T0 + MINUTE).await.unwrap(), None);
    assert_eq!(logins::prune(&mut tx, T0 + MINUTE).await.unwrap(), 1);
    logins::delete(&mut tx, id(5)).await.unwrap();
}

async fn what_meta_said_and_what_was_learned_come_back(db: Db) {
    let mut tx = begin(&db).await;
    let checkup = Checkup {
        at: T0,
        app: AppCheck::Right { name: "Baton".into() },
        token: TokenCheck::Valid { expires_at: None, confirm_by: Some(T0) },
        permissions: PermissionCheck::Unreachable,
        subscription: SubscriptionCheck::Known { missing: vec!["standby".into()] },
        mode: Mode::Routing,
    };
    pages::set_checkup(&mut tx, &shop(), &checkup).await.unwrap();
    let silence = Silence { since: T0, expected: 7.5, chance: 0.0004 };
    let quiet = Quiet { silence, rang_at: T0 + MINUTE, answer: QuietAnswer::Missed { messages: 2 } };
    pages::set_quiet(&mut tx, &shop(), Some(&quiet)).await.unwrap();
    let found = pages::find(&mut tx, &shop()).await.unwrap().unwrap();
    assert_eq!((found.checkup, found.quiet), (Some(checkup), Some(quiet)));
    pages::set_quiet(&mut tx, &shop(), None).await.unwrap();
    assert_eq!(pages::all(&mut tx).await.unwrap()[0].quiet, None);
    let mut rhythm = Rhythm::new(5);
    rhythm.learn(5, 3);
    assert_eq!(pages::rhythm(&mut tx, &shop()).await.unwrap(), None);
    pages::set_rhythm(&mut tx, &shop(), &rhythm).await.unwrap();
    assert_eq!(pages::rhythm(&mut tx, &shop()).await.unwrap(), Some(rhythm));
    let conversation = open(&mut tx, 1).await.id;
    let test = SelfTest { conversation, message: MessageId(id(3)), started_at: T0, by: "Ann".into() };
    pages::set_self_test(&mut tx, &shop(), Some(&test)).await.unwrap();
    assert_eq!(pages::self_test(&mut tx, &shop()).await.unwrap(), Some(test));
    pages::set_self_test(&mut tx, &shop(), None).await.unwrap();
    assert_eq!(pages::self_test(&mut tx, &shop()).await.unwrap(), None);
    assert_eq!(pages::filled_until(&mut tx, &shop()).await.unwrap(), None);
    pages::set_filled(&mut tx, &shop(), T0).await.unwrap();
    assert_eq!(pages::filled_until(&mut tx, &shop()).await.unwrap(), Some(T0));
    assert!(pages::rename(&mut tx, &shop(), "Socks").await.unwrap());
    assert!(!pages::rename(&mut tx, &shop(), "Socks").await.unwrap());
    pages::forget_token(&mut tx, &shop()).await.unwrap();
    assert_eq!(pages::find(&mut tx, &shop()).await.unwrap().unwrap().access_token, "");
}

async fn waiting_reply(tx: &mut Tx, n: u128, conversation: u128) {
    let conversation = conversations::last_of(tx, &shop(), &format!("psid-{conversation}").into())
        .await
        .unwrap()
        .map(|(id, _)| id);
    let conversation = conversation.unwrap();
    messages::insert(tx, &answered(n, conversation, T0, DeliveryState::Queued), &shop()).await.unwrap();
    let job = NewJob {
        id: id(n),
        conversation: Some(conversation),
        page: shop(),
        kind: "send".into(),
        payload: "{}".into(),
        run_at: T0,
    };
    outbox::put(tx, &job, None).await.unwrap();
}

async fn what_is_kept_back_leaves_only_with_consent(db: Db) {
    let mut tx = begin(&db).await;
    for n in 1..=3 {
        open(&mut tx, n).await;
        waiting_reply(&mut tx, 10 + n, n).await;
    }
    assert_eq!(outbox::hold(&mut tx, &shop(), T0).await.unwrap(), 3);
    assert!(outbox::claim(&mut tx, T0, T0 + MINUTE, 10, 10).await.unwrap().is_empty());
    assert_eq!(outbox::next_due(&mut tx).await.unwrap(), None);
    let waiting = outbox::waiting(&mut tx, &shop(), 10).await.unwrap();
    assert_eq!((waiting.len(), waiting[0].held_since), (3, Some(T0)));
    assert_eq!(waiting[0].author.as_deref(), Some("Mia"));
    assert!(outbox::let_go(&mut tx, &shop(), MessageId(id(12)), T0).await.unwrap());
    assert!(!outbox::let_go(&mut tx, &shop(), MessageId(id(12)), T0).await.unwrap());
    assert!(outbox::discard(&mut tx, &shop(), MessageId(id(13))).await.unwrap());
    assert!(!outbox::discard(&mut tx, &shop(), MessageId(id(12))).await.unwrap());
    assert_eq!(outbox::waiting_count(&mut tx, &shop()).await.unwrap(), WaitingCount { all: 2, held: 1 });
    assert_eq!(outbox::let_all_go(&mut tx, &shop(), T0).await.unwrap(), 1);
    let left: Vec<_> = outbox::claim(&mut tx, T0, T0 + MINUTE, 10, 10)
        .await
        .unwrap()
        .into_iter()
        .map(|job| job.id)
        .collect();
    assert_eq!(left, [id(11), id(12)]);
    // What is on its way already cannot be kept back.
    assert_eq!(outbox::hold(&mut tx, &shop(), T0).await.unwrap(), 0);
}

async fn the_last_words_of_a_customer_are_found(db: Db) {
    let mut tx = begin(&db).await;
    let record = open(&mut tx, 1).await;
    let found = conversations::last_of(&mut tx, &shop(), &"psid-1".into()).await.unwrap();
    assert_eq!(found, Some((record.id, None)));
    assert_eq!(conversations::last_of(&mut tx, &shop(), &"psid-2".into()).await.unwrap(), None);
}
