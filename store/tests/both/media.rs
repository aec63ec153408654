use crate::world::{T0, asked, begin, id, open, shop};
use domain::media::MediaState;
use domain::{MINUTE, MediaId, SECOND};
use store::media::{self, Belongs, Facts, NewMedia};
use store::{Db, Tx, contacts, messages};

on_both!(
    a_file_is_fetched_by_one_worker_at_a_time_until_it_is_there,
    a_file_that_was_given_up_can_be_asked_for_again,
    what_a_writer_takes_back_is_left_to_be_deleted,
    an_upload_becomes_part_of_one_message,
    a_customer_shows_our_copy_of_the_picture,
    a_message_keeps_how_far_its_files_are_and_the_webhook_it_came_with,
);

const FILE: MediaId = MediaId(id_of(70));

const fn id_of(n: u128) -> uuid::Uuid {
    uuid::Uuid::from_u128(n)
}

/// A message with one picture that is to be fetched.
async fn heard(tx: &mut Tx) -> domain::MessageId {
    let conversation = open(tx, 1).await.id;
    let message = asked(5, conversation, T0, "look");
    assert!(messages::insert_from(tx, &message, &shop(), Some(id(8))).await.unwrap());
    let new = NewMedia {
        id: FILE,
        conversation: Some(conversation),
        belongs: Belongs::Message { id: message.id, position: 0, part: String::new() },
        source: Some("https://cdn/picture".into()),
        name: None,
    };
    assert!(media::put(tx, &new, T0).await.unwrap());
    let twin = NewMedia { id: MediaId(id(71)), ..new };
    assert!(!media::put(tx, &twin, T0).await.unwrap(), "one part is one file");
    message.id
}

async fn a_file_is_fetched_by_one_worker_at_a_time_until_it_is_there(db: Db) {
    let mut tx = begin(&db).await;
    let message = heard(&mut tx).await;
    assert_eq!(media::next_due(&mut tx).await.unwrap(), Some(T0));
    let claimed = media::claim(&mut tx, T0, T0 + MINUTE, 4).await.unwrap();
    assert_eq!((claimed.len(), claimed[0].attempts), (1, 1));
    assert!(media::claim(&mut tx, T0, T0 + MINUTE, 4).await.unwrap().is_empty());
    assert_eq!(media::at_work(&mut tx, T0).await.unwrap(), 1);
    assert_eq!(media::take_back(&mut tx).await.unwrap(), 1);
    media::retry(&mut tx, FILE, T0 + SECOND, "slow", Some("https://cdn/other")).await.unwrap();
    assert!(media::claim(&mut tx, T0, T0 + MINUTE, 4).await.unwrap().is_empty());
    let again = media::claim(&mut tx, T0 + SECOND, T0 + MINUTE, 4).await.unwrap();
    assert_eq!(again[0].source.as_deref(), Some("https://cdn/other"));
    let facts = Facts { kind: Some("image/png".into()), bytes: 9, width: Some(3), height: Some(4) };
    media::stored(&mut tx, FILE, &facts).await.unwrap();
    let stored = media::of_message(&mut tx, message).await.unwrap().remove(0);
    assert_eq!((stored.view.state, stored.view.bytes, stored.source), (MediaState::Stored, Some(9), None));
    assert_eq!(media::next_due(&mut tx).await.unwrap(), None);
}

async fn a_file_that_was_given_up_can_be_asked_for_again(db: Db) {
    let mut tx = begin(&db).await;
    heard(&mut tx).await;
    assert!(!media::again(&mut tx, FILE, T0).await.unwrap(), "it is on its way");
    media::failed(&mut tx, FILE, "gone").await.unwrap();
    let failed = media::find(&mut tx, FILE).await.unwrap().unwrap();
    assert_eq!((failed.view.state, failed.view.problem.as_deref()), (MediaState::Failed, Some("gone")));
    assert!(media::again(&mut tx, FILE, T0 + MINUTE).await.unwrap());
    assert_eq!(media::next_due(&mut tx).await.unwrap(), Some(T0 + MINUTE));
}

async fn what_a_writer_takes_back_is_left_to_be_deleted(db: Db) {
    let mut tx = begin(&db).await;
    let message = heard(&mut tx).await;
    assert_eq!(media::leave_message(&mut tx, message, T0).await.unwrap(), 1);
    let leaving = media::claim(&mut tx, T0, T0 + MINUTE, 4).await.unwrap().remove(0);
    assert!(leaving.leaving && leaving.belongs == Belongs::Nothing);
    media::leave(&mut tx, FILE, T0 + MINUTE).await.unwrap();
    media::remove(&mut tx, FILE).await.unwrap();
    assert_eq!(media::find(&mut tx, FILE).await.unwrap(), None);
}

async fn an_upload_becomes_part_of_one_message(db: Db) {
    let mut tx = begin(&db).await;
    let message = heard(&mut tx).await;
    let upload = MediaId(id(72));
    let new = NewMedia {
        id: upload,
        conversation: None,
        belongs: Belongs::Nothing,
        source: None,
        name: Some("a.pdf".into()),
    };
    assert!(media::put(&mut tx, &new, T0).await.unwrap());
    assert!(!media::attach(&mut tx, upload, message, 1).await.unwrap(), "its bytes are not there");
    media::stored(&mut tx, upload, &Facts::default()).await.unwrap();
    assert!(media::attach(&mut tx, upload, message, 1).await.unwrap());
    assert!(!media::attach(&mut tx, upload, message, 2).await.unwrap());
    assert_eq!(media::of_message(&mut tx, message).await.unwrap().len(), 2);
}

async fn a_customer_shows_our_copy_of_the_picture(db: Db) {
    let mut tx = begin(&db).await;
    heard(&mut tx).await;
    let record = open(&mut tx, 2).await;
    contacts::set_picture(&mut tx, record.contact, FILE).await.unwrap();
    let contact = contacts::find(&mut tx, record.contact).await.unwrap().unwrap();
    assert_eq!(contact.picture, Some(FILE));
}

async fn a_message_keeps_how_far_its_files_are_and_the_webhook_it_came_with(db: Db) {
    let mut tx = begin(&db).await;
    let message = heard(&mut tx).await;
    let attachment = domain::conversation::message::Attachment {
        kind: "image".into(),
        title: None,
        url: None,
        payload: None,
        media: vec![media::find(&mut tx, FILE).await.unwrap().unwrap().view],
    };
    messages::set_attachments(&mut tx, message, std::slice::from_ref(&attachment)).await.unwrap();
    assert_eq!(messages::find(&mut tx, message).await.unwrap().unwrap().attachments, [attachment]);
    assert_eq!(messages::inbound_of(&mut tx, message).await.unwrap(), Some(id(8)));
    assert!(messages::mark_deleted(&mut tx, message).await.unwrap());
    assert!(
        !messages::edit(&mut tx, message, "back again", 1).await.unwrap(),
        "what was taken back stays gone"
    );
    let gone = messages::find(&mut tx, message).await.unwrap().unwrap();
    assert_eq!((gone.text, gone.attachments.len(), gone.deleted), (None, 0, true));
}
