use crate::world::{T0, add_person, begin, id, open, shop};
use domain::conversation::control::{Control, Owner, Proof};
use domain::conversation::message::{Author, AuthorKind};
use domain::conversation::standing::{Standing, Status};
use domain::person::Team;
use domain::view::{LastMessage, Named, PendingKind, WindowWord};
use domain::workflow::field::{FieldKey, NAME};
use domain::workflow::value::Value;
use domain::{ContactId, ConversationId, HOUR, MINUTE, MessageId, TeamId};
use store::conversations::{PendingRecord, Record};
use store::{Db, Error, apps, contacts, conversations, fields, people};

on_both!(
    a_customer_has_one_conversation_on_a_page,
    two_first_messages_at_once_open_one_conversation,
    everything_saved_is_read_back,
    the_second_writer_is_told,
    a_conversation_shows_the_names_around_it,
    a_request_to_meta_is_shown_until_its_answer_is_no_longer_expected,
    a_stranger_is_told_apart_by_a_stand_in,
    what_the_team_wrote_is_the_best_name_and_what_meta_tells_the_next,
    what_is_not_committed_leaves_no_trace,
);

fn bot() -> Owner {
    Owner::Bot("bot-1".into())
}

fn held_by_a_bot() -> Standing {
    let control = Control { owner: bot(), since: T0, expires_at: None, proof: Proof::Passed, proved_at: T0 };
    let mut standing = Standing { control, status: Status::Open, ..Standing::default() };
    standing.window.customer_wrote(T0);
    standing
}

/// Every field says something.
fn filled(record: &Record, by: &domain::person::Person, team: &Team) -> Record {
    let author = Author { kind: AuthorKind::Bot, id: Some("bot-1".into()), name: None };
    Record {
        standing: held_by_a_bot(),
        latest: Some((T0, 2, "pass:1".into())),
        assignee: Some(by.id),
        team: Some(team.id),
        pending: Some(PendingRecord {
            kind: PendingKind::TakingOver,
            by: Some(by.id),
            by_name: by.name.clone(),
            until: T0 + MINUTE,
        }),
        last: Some(LastMessage { id: MessageId(id(60)), author, preview: "Where is it?".into(), at: T0 }),
        failed: 2,
        updated_at: T0 + 5,
        ..record.clone()
    }
}

async fn team(tx: &mut store::Tx) -> Team {
    let team = Team { id: TeamId(id(50)), name: "Returns".into() };
    people::add_team(tx, &team).await.unwrap();
    team
}

async fn a_customer_has_one_conversation_on_a_page(db: Db) {
    let mut tx = begin(&db).await;
    let first = open(&mut tx, 1).await;
    assert_eq!((first.version, first.updated_at, first.standing.clone()), (1, T0, Standing::default()));
    let ids = (ConversationId(id(2)), ContactId(id(3)));
    let (second, is_new) =
        conversations::open(&mut tx, ids.0, ids.1, &shop(), &"psid-1".into(), T0 + HOUR).await.unwrap();
    assert!(!is_new);
    assert_eq!(second, first);
}

async fn two_first_messages_at_once_open_one_conversation(db: Db) {
    begin(&db).await.commit().await.unwrap();
    let open = |n: u128| {
        let db = db.clone();
        async move {
            let mut tx = db.begin().await.unwrap();
            let ids = (ConversationId(id(n)), ContactId(id(100 + n)));
            let opened =
                conversations::open(&mut tx, ids.0, ids.1, &shop(), &"psid-1".into(), T0).await.unwrap();
            tx.commit().await.unwrap();
            opened
        }
    };
    let ((one, one_new), (two, two_new)) = tokio::join!(open(1), open(2));
    assert_eq!(one, two);
    assert!(one_new ^ two_new);
}

async fn everything_saved_is_read_back(db: Db) {
    let mut tx = begin(&db).await;
    let (mia, team) = (add_person(&mut tx, 7, "Mia").await, team(&mut tx).await);
    let mut record = open(&mut tx, 1).await;
    record = filled(&record, &mia, &team);
    conversations::save(&mut tx, &mut record).await.unwrap();
    assert_eq!(record.version, 2);
    assert_eq!(conversations::find(&mut tx, record.id).await.unwrap().as_ref(), Some(&record));
    assert_eq!(conversations::lock(&mut tx, record.id).await.unwrap().as_ref(), Some(&record));
    let view = conversations::view(&mut tx, record.id, T0).await.unwrap().unwrap();
    assert_eq!(record.facts(), view.facts());
    assert_eq!(conversations::find(&mut tx, ConversationId(id(9))).await.unwrap(), None);
}

async fn the_second_writer_is_told(db: Db) {
    let mut tx = begin(&db).await;
    let mut mine = open(&mut tx, 1).await;
    let mut theirs = mine.clone();
    theirs.failed = 1;
    conversations::save(&mut tx, &mut theirs).await.unwrap();
    assert!(matches!(conversations::save(&mut tx, &mut mine).await, Err(Error::Conflict)));
    assert_eq!(mine.version, 1);
    assert_eq!(conversations::find(&mut tx, mine.id).await.unwrap(), Some(theirs));
}

async fn a_conversation_shows_the_names_around_it(db: Db) {
    let mut tx = begin(&db).await;
    let (mia, team) = (add_person(&mut tx, 7, "Mia").await, team(&mut tx).await);
    let record = open(&mut tx, 1).await;
    let mut record = filled(&record, &mia, &team);
    conversations::save(&mut tx, &mut record).await.unwrap();
    apps::name_app(&mut tx, &"bot-1".into(), "Order bot").await.unwrap();
    contacts::set_name(&mut tx, record.contact, Some("Maya")).await.unwrap();
    let view = conversations::view(&mut tx, record.id, T0 + HOUR).await.unwrap().unwrap();
    assert_eq!(view.page_name, "Sock Shop");
    assert_eq!((view.contact.name.as_str(), view.contact.picture_url.as_deref()), ("Maya", None));
    assert_eq!(view.control.app_name.as_deref(), Some("Order bot"));
    assert_eq!((view.control.app_id, view.control.proof.as_str()), (Some("bot-1".into()), "passed"));
    assert_eq!(view.assignee, Some(Named { id: mia.id, name: "Mia".into() }));
    assert_eq!(view.team, Some(Named { id: team.id, name: "Returns".into() }));
    assert_eq!(view.last_message.unwrap().author.name.as_deref(), Some("Order bot"));
    assert_eq!((view.window.state, view.window.expires_at), (WindowWord::Open, Some(T0 + 24 * HOUR)));
    assert!(view.failed);
}

async fn a_request_to_meta_is_shown_until_its_answer_is_no_longer_expected(db: Db) {
    let mut tx = begin(&db).await;
    let (mia, team) = (add_person(&mut tx, 7, "Mia").await, team(&mut tx).await);
    let mut record = filled(&open(&mut tx, 1).await, &mia, &team);
    conversations::save(&mut tx, &mut record).await.unwrap();
    let pending =
        conversations::view(&mut tx, record.id, T0).await.unwrap().unwrap().control.pending.unwrap();
    assert_eq!((pending.what, pending.by.as_str()), (PendingKind::TakingOver, "Mia"));
    let later = conversations::view(&mut tx, record.id, T0 + MINUTE).await.unwrap().unwrap();
    assert_eq!(later.control.pending, None);
}

async fn a_stranger_is_told_apart_by_a_stand_in(db: Db) {
    let mut tx = begin(&db).await;
    let record = open(&mut tx, 1).await;
    let view = conversations::view(&mut tx, record.id, T0).await.unwrap().unwrap();
    assert_eq!(view.contact.name, "Messenger user id-1");
    assert_eq!(contacts::profile_at(&mut tx, record.contact).await.unwrap(), None);
    contacts::set_profile(&mut tx, record.contact, None, None, T0).await.unwrap();
    assert_eq!(contacts::profile_at(&mut tx, record.contact).await.unwrap(), Some(T0));
    let contact = contacts::find(&mut tx, record.contact).await.unwrap().unwrap();
    assert_eq!((contact.page, contact.psid, contact.name), (record.page, record.psid, None));
}

async fn what_the_team_wrote_is_the_best_name_and_what_meta_tells_the_next(db: Db) {
    let mut tx = begin(&db).await;
    let id = open(&mut tx, 1).await.contact;
    contacts::set_profile_refused(&mut tx, id, "No permission.", T0).await.unwrap();
    let known = contacts::known(&mut tx, id).await.unwrap().unwrap();
    assert_eq!((known.best_name(), known.contact.profile_refused.as_deref()), (None, Some("No permission.")));
    contacts::set_profile(&mut tx, id, Some("Maya L."), None, T0).await.unwrap();
    let key = FieldKey::new(NAME).unwrap();
    fields::set(&mut tx, id, &key, &"Maya Lindqvist".into(), T0).await.unwrap();
    let known = contacts::known(&mut tx, id).await.unwrap().unwrap();
    assert_eq!((known.best_name().as_deref(), known.contact.profile_refused), (Some("Maya Lindqvist"), None));
    fields::set(&mut tx, id, &key, &Value::Null, T0).await.unwrap();
    let known = contacts::known(&mut tx, id).await.unwrap().unwrap();
    assert_eq!(known.best_name().as_deref(), Some("Maya L."));
}

async fn what_is_not_committed_leaves_no_trace(db: Db) {
    begin(&db).await.commit().await.unwrap();
    let mut tx = db.begin().await.unwrap();
    let record = open(&mut tx, 1).await;
    drop(tx);
    let mut snapshot = db.snapshot().await.unwrap();
    assert_eq!(conversations::find(&mut snapshot, record.id).await.unwrap(), None);
}
