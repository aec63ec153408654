use crate::world::{T0, answered, asked, begin, id, open, shop};
use domain::conversation::message::{
    Attachment, Author, AuthorKind, Delivery, DeliveryError, DeliveryState, Origin,
};
use domain::media::Media;
use domain::view::Message;
use domain::{ConversationId, MINUTE, MediaId, MessageId, Mid};
use store::{Db, Tx, apps, messages};

on_both!(
    a_receipt_counts_by_metas_time_where_it_is_known,
    everything_about_a_message_is_read_back,
    a_repeated_event_or_reply_adds_nothing,
    a_mid_belongs_to_one_message,
    a_thread_is_read_page_by_page_newest_first,
    the_newest_words_of_each_side_are_known,
    a_receipt_moves_only_what_meta_has_and_never_back,
    a_receipt_that_came_before_the_answer_counts_afterwards,
    edits_and_reactions_come_in_any_order,
    only_messages_in_flight_wait_for_an_echo,
    a_bot_shows_under_the_name_the_team_gave_it,
);

async fn add(tx: &mut Tx, message: &Message) {
    assert!(messages::insert(tx, message, &shop()).await.unwrap());
}

async fn state(tx: &mut Tx, id: MessageId) -> DeliveryState {
    messages::find(tx, id).await.unwrap().unwrap().delivery.state
}

fn bound(n: u128, conversation: ConversationId, minute: i64, state: DeliveryState) -> Message {
    let message = answered(n, conversation, T0 + minute * MINUTE, state);
    Message { mid: Some(format!("m_{n}").into()), ..message }
}

async fn everything_about_a_message_is_read_back(db: Db) {
    let mut tx = begin(&db).await;
    let conversation = open(&mut tx, 1).await.id;
    let picture = Attachment {
        kind: "image".into(),
        title: None,
        url: Some("https://cdn/picture".into()),
        payload: Some(serde_json::json!({ "sticker_id": 3 })),
        media: vec![Media::waiting(MediaId(id(8)), String::new(), None)],
    };
    let error = DeliveryError { code: 10, subcode: Some(2_018_278), message: "The window is closed.".into() };
    let message = Message {
        attachments: vec![picture],
        delivery: Delivery { state: DeliveryState::Failed, error: Some(error) },
        tapped: Some("Yes".into()),
        reply_to: Some("m_0".into()),
        edited: true,
        reaction: Some("❤".into()),
        ..bound(5, conversation, 1, DeliveryState::Sent)
    };
    add(&mut tx, &message).await;
    assert_eq!(messages::find(&mut tx, message.id).await.unwrap().as_ref(), Some(&message));
    let found = messages::by_mid(&mut tx, &shop(), &"m_5".into()).await.unwrap();
    assert_eq!(found.as_ref(), Some(&message));
    assert_eq!(messages::newest(&mut tx, conversation).await.unwrap(), Some(message));
    assert_eq!(messages::by_mid(&mut tx, &"page-9".into(), &"m_5".into()).await.unwrap(), None);
}

async fn the_newest_words_of_each_side_are_known(db: Db) {
    let mut tx = begin(&db).await;
    let conversation = open(&mut tx, 1).await.id;
    let other = open(&mut tx, 2).await.id;
    let nobody = messages::newest_of_each(&mut tx, conversation).await.unwrap();
    assert_eq!((nobody.incoming, nobody.outgoing), (None, None));
    add(&mut tx, &asked(1, conversation, T0, "Hello?")).await;
    add(&mut tx, &asked(2, conversation, T0 + MINUTE, "Anybody?")).await;
    add(&mut tx, &asked(3, other, T0 + 2 * MINUTE, "Somebody else")).await;
    for n in 10..50 {
        let at = T0 + i64::try_from(n).unwrap() * MINUTE;
        add(&mut tx, &answered(n, conversation, at, DeliveryState::Sent)).await;
    }
    let newest = messages::newest_of_each(&mut tx, conversation).await.unwrap();
    let (theirs, ours) = (newest.incoming.unwrap(), newest.outgoing.unwrap());
    assert_eq!((theirs.text.as_str(), theirs.at), ("Anybody?", T0 + MINUTE), "however much was answered");
    assert_eq!((ours.at, ours.origin), (T0 + 49 * MINUTE, Origin::Inbox));
}

async fn a_repeated_event_or_reply_adds_nothing(db: Db) {
    let mut tx = begin(&db).await;
    let conversation = open(&mut tx, 1).await.id;
    let message = asked(5, conversation, T0, "Where is it?");
    add(&mut tx, &message).await;
    let same_mid = Message { id: MessageId(id(6)), text: Some("changed".into()), ..message.clone() };
    assert!(!messages::insert(&mut tx, &same_mid, &shop()).await.unwrap());
    let same_id = Message { mid: None, ..message.clone() };
    assert!(!messages::insert(&mut tx, &same_id, &shop()).await.unwrap());
    assert_eq!(messages::page(&mut tx, conversation, None, 10).await.unwrap(), [message]);
}

async fn a_mid_belongs_to_one_message(db: Db) {
    let mut tx = begin(&db).await;
    let conversation = open(&mut tx, 1).await.id;
    for n in [5, 6] {
        add(&mut tx, &answered(n, conversation, T0, DeliveryState::Sending)).await;
    }
    let mid = Mid::from("m_echo");
    assert!(messages::bind_mid(&mut tx, MessageId(id(5)), &mid).await.unwrap());
    assert!(!messages::bind_mid(&mut tx, MessageId(id(5)), &"m_other".into()).await.unwrap());
    assert!(!messages::bind_mid(&mut tx, MessageId(id(6)), &mid).await.unwrap());
    assert_eq!(messages::find(&mut tx, MessageId(id(6))).await.unwrap().unwrap().mid, None);
}

async fn a_thread_is_read_page_by_page_newest_first(db: Db) {
    let mut tx = begin(&db).await;
    let conversation = open(&mut tx, 1).await.id;
    for n in 1..=5 {
        // The third and fourth came at one instant.
        let minute = if n == 4 { 3 } else { n };
        add(&mut tx, &asked(n, conversation, T0 + i64::try_from(minute).unwrap() * MINUTE, "text")).await;
    }
    let numbers = |page: &[Message]| page.iter().map(|message| message.id.0.as_u128()).collect::<Vec<_>>();
    let first = messages::page(&mut tx, conversation, None, 2).await.unwrap();
    assert_eq!(numbers(&first), [5, 4]);
    let before = Some((first[1].at, first[1].id));
    assert_eq!(numbers(&messages::page(&mut tx, conversation, before, 10).await.unwrap()), [3, 2, 1]);
}

async fn a_receipt_moves_only_what_meta_has_and_never_back(db: Db) {
    let mut tx = begin(&db).await;
    let conversation = open(&mut tx, 1).await.id;
    add(&mut tx, &bound(1, conversation, 1, DeliveryState::Sent)).await;
    add(&mut tx, &bound(2, conversation, 2, DeliveryState::Read)).await;
    add(&mut tx, &bound(3, conversation, 3, DeliveryState::Failed)).await;
    add(&mut tx, &answered(4, conversation, T0 + 4 * MINUTE, DeliveryState::Queued)).await;
    add(&mut tx, &asked(5, conversation, T0 + 5 * MINUTE, "Thanks")).await;
    add(&mut tx, &bound(6, conversation, 60, DeliveryState::Sent)).await;
    let watermark = T0 + 10 * MINUTE;
    let delivered =
        messages::receipt(&mut tx, conversation, watermark, DeliveryState::Delivered).await.unwrap();
    assert_eq!(delivered, [MessageId(id(1))]);
    let read = messages::receipt(&mut tx, conversation, watermark, DeliveryState::Read).await.unwrap();
    assert_eq!(read, [MessageId(id(1))]);
    let again = messages::receipt(&mut tx, conversation, watermark, DeliveryState::Delivered).await.unwrap();
    assert!(again.is_empty());
    assert!(
        messages::receipt(&mut tx, conversation, watermark, DeliveryState::Sent).await.unwrap().is_empty()
    );
    let expected = [
        (1, DeliveryState::Read),
        (2, DeliveryState::Read),
        (3, DeliveryState::Failed),
        (4, DeliveryState::Queued),
        (5, DeliveryState::Received),
        (6, DeliveryState::Sent),
    ];
    for (n, expected) in expected {
        assert_eq!(state(&mut tx, MessageId(id(n))).await, expected, "message {n}");
    }
}

async fn a_receipt_that_came_before_the_answer_counts_afterwards(db: Db) {
    let mut tx = begin(&db).await;
    let conversation = open(&mut tx, 1).await.id;
    let message = answered(1, conversation, T0, DeliveryState::Sending);
    add(&mut tx, &message).await;
    for state in [DeliveryState::Delivered, DeliveryState::Read] {
        let none = messages::receipt(&mut tx, conversation, T0 + MINUTE, state).await.unwrap();
        assert!(none.is_empty());
    }
    messages::receipt(&mut tx, conversation, T0, DeliveryState::Read).await.unwrap();
    messages::bind_mid(&mut tx, message.id, &"m_1".into()).await.unwrap();
    let sent = Delivery { state: DeliveryState::Sent, error: None };
    messages::set_delivery(&mut tx, &message, &shop(), &sent).await.unwrap();
    assert_eq!(messages::receipts_again(&mut tx, conversation).await.unwrap(), [message.id]);
    assert_eq!(state(&mut tx, message.id).await, DeliveryState::Read);
    assert!(messages::receipts_again(&mut tx, conversation).await.unwrap().is_empty());
}

async fn edits_and_reactions_come_in_any_order(db: Db) {
    let mut tx = begin(&db).await;
    let conversation = open(&mut tx, 1).await.id;
    let message = asked(1, conversation, T0, "frist");
    add(&mut tx, &message).await;
    assert!(messages::edit(&mut tx, message.id, "second", 2).await.unwrap());
    assert!(!messages::edit(&mut tx, message.id, "first", 1).await.unwrap());
    assert!(messages::react(&mut tx, message.id, Some("❤"), T0 + 1).await.unwrap());
    assert!(messages::react(&mut tx, message.id, None, T0 + 3).await.unwrap());
    assert!(!messages::react(&mut tx, message.id, Some("👍"), T0 + 2).await.unwrap());
    assert!(messages::mark_deleted(&mut tx, message.id).await.unwrap());
    assert!(!messages::mark_deleted(&mut tx, message.id).await.unwrap());
    let found = messages::find(&mut tx, message.id).await.unwrap().unwrap();
    assert_eq!(
        (found.text.as_deref(), found.edited, found.reaction, found.deleted),
        (None, true, None, true)
    );
}

async fn only_messages_in_flight_wait_for_an_echo(db: Db) {
    let mut tx = begin(&db).await;
    let conversation = open(&mut tx, 1).await.id;
    let at = T0 + MINUTE;
    add(&mut tx, &answered(1, conversation, T0, DeliveryState::Sending)).await;
    add(&mut tx, &answered(2, conversation, at, DeliveryState::Sending)).await;
    add(&mut tx, &answered(3, conversation, at, DeliveryState::Unknown)).await;
    add(&mut tx, &answered(4, conversation, at, DeliveryState::Queued)).await;
    add(&mut tx, &bound(5, conversation, 1, DeliveryState::Unknown)).await;
    let waiting = messages::unbound_outgoing(&mut tx, conversation, at).await.unwrap();
    assert_eq!(
        waiting.iter().map(|message| message.id).collect::<Vec<_>>(),
        [MessageId(id(2)), MessageId(id(3))]
    );
}

async fn a_bot_shows_under_the_name_the_team_gave_it(db: Db) {
    let mut tx = begin(&db).await;
    let conversation = open(&mut tx, 1).await.id;
    let author = Author { kind: AuthorKind::Bot, id: Some("bot-1".into()), name: Some("App bot-1".into()) };
    let message = Message { author, ..bound(1, conversation, 1, DeliveryState::Sent) };
    add(&mut tx, &message).await;
    let name =
        async |tx: &mut Tx| messages::find(tx, message.id).await.unwrap().unwrap().author.name.unwrap();
    assert_eq!(name(&mut tx).await, "App bot-1");
    apps::name_app(&mut tx, &"bot-1".into(), "Order bot").await.unwrap();
    assert_eq!(name(&mut tx).await, "Order bot");
}

async fn a_receipt_counts_by_metas_time_where_it_is_known(db: Db) {
    let mut tx = begin(&db).await;
    let conversation = open(&mut tx, 1).await.id;
    // Our clock runs a minute ahead of Meta's.
    let ours = bound(1, conversation, 1, DeliveryState::Sent);
    add(&mut tx, &ours).await;
    assert_eq!(messages::receipt(&mut tx, conversation, T0, DeliveryState::Read).await.unwrap(), []);
    assert!(messages::sent_at(&mut tx, ours.id, T0).await.unwrap());
    assert!(!messages::sent_at(&mut tx, ours.id, T0 + 1).await.unwrap());
    assert_eq!(messages::receipts_again(&mut tx, conversation).await.unwrap(), [ours.id]);
}
