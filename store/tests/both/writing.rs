//! Drafts, notes, notifications and uploads.

use crate::world::{T0, add_person, begin, id, open, shop};
use domain::conversation::file::{FileKind, Upload};
use domain::writing::{Mention, Named, Note, NoteAuthor, Reason, Sheet};
use domain::{HOUR, MINUTE, MessageId, NoteId, NotificationId, UploadId};
use store::notifications::NewNotification;
use store::{Db, drafts, notes, notifications, uploads};

on_both!(
    a_draft_belongs_to_one_person_in_one_conversation,
    a_browser_that_knew_an_older_draft_does_not_overwrite_it,
    a_blank_sheet_may_be_written_over_and_is_forgotten_in_time,
    a_note_is_added_once_and_read_back_whole,
    somebody_named_twice_is_told_once,
    a_file_is_kept_once_it_was_sent,
);

fn sheet(reply: &str) -> Sheet {
    Sheet { reply: reply.into(), ..Sheet::default() }
}

fn upload(n: u128) -> Upload {
    Upload {
        id: UploadId(id(n)),
        name: "socks.png".into(),
        kind: FileKind::Image,
        mime: "image/png".into(),
        size: 70_000,
    }
}

async fn a_draft_belongs_to_one_person_in_one_conversation(db: Db) {
    let mut tx = begin(&db).await;
    let (one, two) = (open(&mut tx, 1).await.id, open(&mut tx, 2).await.id);
    let (mia, tom) = (add_person(&mut tx, 7, "Mia").await.id, add_person(&mut tx, 8, "Tom").await.id);
    let whole = Sheet { reply: "Hello".into(), note: "VIP".into(), files: vec![upload(50)] };
    assert_eq!(drafts::save(&mut tx, one, mia, &whole, 0, T0).await.unwrap(), Some(1));
    assert_eq!(drafts::save(&mut tx, two, mia, &sheet("Later"), 0, T0 + MINUTE).await.unwrap(), Some(1));
    let draft = drafts::of(&mut tx, one, mia).await.unwrap().unwrap();
    assert_eq!((draft.sheet, draft.version, draft.updated_at), (whole, 1, T0));
    assert_eq!(drafts::of(&mut tx, one, tom).await.unwrap(), None);
    let all = drafts::all(&mut tx, mia, 10).await.unwrap();
    assert_eq!(all.iter().map(|draft| draft.conversation_id).collect::<Vec<_>>(), [two, one]);
    assert_eq!(drafts::all(&mut tx, tom, 10).await.unwrap(), []);
}

async fn a_browser_that_knew_an_older_draft_does_not_overwrite_it(db: Db) {
    let mut tx = begin(&db).await;
    let (one, mia) = (open(&mut tx, 1).await.id, add_person(&mut tx, 7, "Mia").await.id);
    assert_eq!(drafts::save(&mut tx, one, mia, &sheet("Hello"), 0, T0).await.unwrap(), Some(1));
    assert_eq!(drafts::save(&mut tx, one, mia, &sheet("Hello Maya"), 1, T0).await.unwrap(), Some(2));
    assert_eq!(drafts::save(&mut tx, one, mia, &sheet("Good day"), 1, T0).await.unwrap(), None);
    assert_eq!(drafts::of(&mut tx, one, mia).await.unwrap().unwrap().sheet, sheet("Hello Maya"));
}

async fn a_blank_sheet_may_be_written_over_and_is_forgotten_in_time(db: Db) {
    let mut tx = begin(&db).await;
    let (one, mia) = (open(&mut tx, 1).await.id, add_person(&mut tx, 7, "Mia").await.id);
    drafts::save(&mut tx, one, mia, &sheet("Hello"), 0, T0).await.unwrap();
    drafts::save(&mut tx, one, mia, &sheet(""), 1, T0).await.unwrap();
    assert_eq!(drafts::save(&mut tx, one, mia, &sheet("Again"), 1, T0).await.unwrap(), Some(3));
    assert_eq!(drafts::prune(&mut tx, T0 + HOUR).await.unwrap(), 0);
    drafts::save(&mut tx, one, mia, &sheet(""), 3, T0).await.unwrap();
    assert_eq!(drafts::prune(&mut tx, T0 + HOUR).await.unwrap(), 1);
}

fn note(n: u128, conversation: domain::ConversationId, mentions: Vec<Mention>) -> Note {
    Note {
        id: NoteId(id(n)),
        conversation_id: conversation,
        at: T0 + MINUTE * i64::try_from(n).unwrap(),
        author: NoteAuthor { id: Some(domain::PersonId(id(7))), name: "Mia".into() },
        text: format!("Note {n} for @Tom"),
        mentions,
    }
}

async fn a_note_is_added_once_and_read_back_whole(db: Db) {
    let mut tx = begin(&db).await;
    let one = open(&mut tx, 1).await.id;
    add_person(&mut tx, 7, "Mia").await;
    let tom = add_person(&mut tx, 8, "Tom").await;
    let first = note(1, one, vec![Mention { who: Named::Person(tom.id), name: "Tom".into() }]);
    let by_program = Note { author: NoteAuthor { id: None, name: "shop".into() }, ..note(2, one, vec![]) };
    assert!(notes::insert(&mut tx, &first).await.unwrap());
    assert!(!notes::insert(&mut tx, &first).await.unwrap());
    assert!(notes::insert(&mut tx, &by_program).await.unwrap());
    assert_eq!(notes::find(&mut tx, first.id).await.unwrap(), Some(first.clone()));
    assert_eq!(notes::of(&mut tx, one, 10).await.unwrap(), [first, by_program.clone()]);
    assert_eq!(notes::of(&mut tx, one, 1).await.unwrap(), [by_program]);
}

async fn somebody_named_twice_is_told_once(db: Db) {
    let mut tx = begin(&db).await;
    let (one, two) = (open(&mut tx, 1).await.id, open(&mut tx, 2).await.id);
    add_person(&mut tx, 7, "Mia").await;
    let tom = add_person(&mut tx, 8, "Tom").await.id;
    let (first, second) = (note(1, one, vec![]), note(2, two, vec![]));
    for note in [&first, &second] {
        notes::insert(&mut tx, note).await.unwrap();
    }
    let new = |n: u128, note: &Note, reason| NewNotification {
        id: NotificationId(id(n)),
        person: tom,
        conversation: note.conversation_id,
        note: note.id,
        reason,
        at: note.at,
    };
    assert!(notifications::put(&mut tx, new(1, &first, Reason::Mentioned)).await.unwrap());
    assert!(!notifications::put(&mut tx, new(2, &first, Reason::TeamMentioned)).await.unwrap());
    assert!(notifications::put(&mut tx, new(3, &second, Reason::TeamMentioned)).await.unwrap());
    let told = notifications::newest(&mut tx, tom, 10).await.unwrap();
    let seen: Vec<_> = told.iter().map(|one| (one.notification.note_id, one.notification.reason)).collect();
    assert_eq!(seen, [(second.id, Reason::TeamMentioned), (first.id, Reason::Mentioned)]);
    assert_eq!((told[0].notification.by.as_str(), told[0].notification.seen_at), ("Mia", None));
    assert_eq!(notifications::seen_in(&mut tx, tom, one, T0 + HOUR).await.unwrap(), 1);
    assert_eq!(notifications::seen(&mut tx, tom, T0 + HOUR, T0 + HOUR).await.unwrap(), 1);
    let told = notifications::newest(&mut tx, tom, 1).await.unwrap();
    assert_eq!(told[0].notification.seen_at, Some(T0 + HOUR));
    assert_eq!(notifications::prune(&mut tx, T0 + HOUR).await.unwrap(), 2);
}

async fn a_file_is_kept_once_it_was_sent(db: Db) {
    let mut tx = begin(&db).await;
    let mia = add_person(&mut tx, 7, "Mia").await.id;
    let tom = add_person(&mut tx, 8, "Tom").await.id;
    assert!(uploads::put(&mut tx, &upload(1), mia, T0).await.unwrap());
    assert!(!uploads::put(&mut tx, &upload(1), tom, T0).await.unwrap());
    uploads::put(&mut tx, &upload(2), mia, T0).await.unwrap();
    uploads::put(&mut tx, &upload(3), mia, T0).await.unwrap();
    let message = MessageId(id(90));
    assert!(uploads::sent(&mut tx, upload(1).id, message).await.unwrap());
    assert!(!uploads::sent(&mut tx, upload(1).id, MessageId(id(91))).await.unwrap());
    uploads::known_at_meta(&mut tx, upload(1).id, &shop(), "1857777774821032", T0).await.unwrap();
    let stored = uploads::find(&mut tx, upload(1).id).await.unwrap().unwrap();
    assert_eq!((stored.upload, stored.person, stored.sent_in), (upload(1), mia, Some(message)));
    assert_eq!(stored.at_meta, Some((shop(), "1857777774821032".into(), T0)));
    uploads::forget_at_meta(&mut tx, upload(1).id).await.unwrap();
    assert_eq!(uploads::find(&mut tx, upload(1).id).await.unwrap().unwrap().at_meta, None);
    assert!(!uploads::remove(&mut tx, upload(2).id, tom).await.unwrap());
    assert!(uploads::remove(&mut tx, upload(2).id, mia).await.unwrap());
    assert!(!uploads::remove(&mut tx, upload(1).id, mia).await.unwrap());
    assert_eq!(uploads::unsent(&mut tx, T0 + HOUR, 10).await.unwrap(), [upload(3).id]);
    assert!(!uploads::forget(&mut tx, upload(1).id).await.unwrap());
    assert!(uploads::forget(&mut tx, upload(3).id).await.unwrap());
    assert_eq!(uploads::find(&mut tx, upload(3).id).await.unwrap(), None);
}
