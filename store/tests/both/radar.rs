//! How bots behave, counted in what was written.

use crate::world::{T0, asked, begin, open, shop};
use domain::conversation::message::{Author, AuthorKind, DeliveryState, Direction};
use domain::routing::check::Pace;
use domain::view::Message;
use domain::{ConversationId, DAY, MINUTE, SECOND, Timestamp};
use store::{Db, Tx, messages, radar};

on_both!(
    an_answer_within_a_second_is_found_with_its_conversation,
    only_the_first_answer_to_a_customer_is_timed,
    who_asks_for_a_person_and_stays_with_the_bot_is_found,
    the_same_words_three_times_within_an_hour_are_a_loop,
    where_conversations_stand_is_read_with_their_names,
);

fn by_bot(n: u128, conversation: ConversationId, at: Timestamp, text: &str) -> Message {
    Message {
        direction: Direction::Out,
        author: Author { kind: AuthorKind::Bot, id: Some("bot-1".into()), name: None },
        delivery: domain::conversation::message::Delivery { state: DeliveryState::Sent, error: None },
        ..asked(n, conversation, at, text)
    }
}

async fn say(tx: &mut Tx, message: Message) {
    assert!(messages::insert(tx, &message, &shop()).await.unwrap());
}

async fn an_answer_within_a_second_is_found_with_its_conversation(db: Db) {
    let mut tx = begin(&db).await;
    let (one, two) = (open(&mut tx, 1).await.id, open(&mut tx, 2).await.id);
    say(&mut tx, asked(1, one, T0, "Hi")).await;
    say(&mut tx, by_bot(2, one, T0 + 300, "Hello!")).await;
    say(&mut tx, asked(3, two, T0, "Hi")).await;
    say(&mut tx, by_bot(4, two, T0 + 1_400, "Hello!")).await;
    let (pace, fast) = radar::pace(&mut tx, &shop(), T0 - DAY).await.unwrap();
    assert_eq!(
        pace,
        Pace { answers: 2, fast: 1, fastest: 300, newest_fast: Some((T0 + 300, one)), waited: 1 }
    );
    assert_eq!((fast.len(), fast[0].conversation, fast[0].number), (1, one, Some(300)));
    let (later, none) = radar::pace(&mut tx, &shop(), T0 + MINUTE).await.unwrap();
    assert_eq!((later, none), (Pace::default(), Vec::new()));
}

async fn only_the_first_answer_to_a_customer_is_timed(db: Db) {
    let mut tx = begin(&db).await;
    let one = open(&mut tx, 1).await.id;
    say(&mut tx, asked(1, one, T0, "Hi")).await;
    say(&mut tx, by_bot(2, one, T0 + 2 * SECOND, "Hello!")).await;
    say(&mut tx, by_bot(3, one, T0 + 2 * SECOND + 50, "How can I help?")).await;
    let (pace, _) = radar::pace(&mut tx, &shop(), T0 - DAY).await.unwrap();
    assert_eq!((pace.answers, pace.fast, pace.fastest), (1, 0, 2 * SECOND));
}

async fn who_asks_for_a_person_and_stays_with_the_bot_is_found(db: Db) {
    let mut tx = begin(&db).await;
    let (one, two) = (open(&mut tx, 1).await.id, open(&mut tx, 2).await.id);
    for (n, conversation, text) in [(1, one, "I want a HUMAN"), (3, two, "Where is my parcel?")] {
        say(&mut tx, asked(n, conversation, T0, text)).await;
        say(&mut tx, by_bot(n + 1, conversation, T0 + 2 * SECOND, "I did not get that.")).await;
    }
    let found = radar::asked_for_person(&mut tx, &shop(), T0 - DAY).await.unwrap();
    assert_eq!(found.iter().map(|example| example.conversation).collect::<Vec<_>>(), [one]);
}

async fn the_same_words_three_times_within_an_hour_are_a_loop(db: Db) {
    let mut tx = begin(&db).await;
    let (one, two) = (open(&mut tx, 1).await.id, open(&mut tx, 2).await.id);
    for n in 0..3_u128 {
        let at = T0 + i64::try_from(n).unwrap() * MINUTE;
        say(&mut tx, by_bot(10 + n, one, at, "I did not get that.")).await;
        let at = T0 + i64::try_from(n).unwrap() * DAY;
        say(&mut tx, by_bot(20 + n, two, at, "Hello!")).await;
    }
    let found = radar::loops(&mut tx, &shop(), T0 - DAY).await.unwrap();
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].conversation, found[0].at, found[0].number), (one, T0 + 2 * MINUTE, Some(3)));
}

async fn where_conversations_stand_is_read_with_their_names(db: Db) {
    let mut tx = begin(&db).await;
    let record = open(&mut tx, 1).await;
    let found = radar::standings(&mut tx, &shop(), T0 - DAY).await.unwrap();
    assert_eq!((found[0].0, &found[0].2), (record.id, &record.standing));
    assert!(!found[0].1.is_empty());
}
