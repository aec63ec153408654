//! Databases to test on, and the things most tests need in them.

use domain::conversation::message::{Author, AuthorKind, Delivery, DeliveryState, Direction, Origin};
use domain::page::{Health, Page};
use domain::person::{Person, Restrictions, Role};
use domain::view::Message;
use domain::{ContactId, ConversationId, MessageId, PageId, PersonId, Timestamp};
use store::conversations::Record;
use store::{Db, Tx, apps, conversations, pages, people};
use tempfile::TempDir;
use uuid::Uuid;

pub const T0: Timestamp = Timestamp(1_795_219_200_000);

/// Makes two tests of each case, one per database.
macro_rules! on_both {
    ($($name:ident),* $(,)?) => { $(
        mod $name {
            #[tokio::test]
            async fn on_sqlite() {
                let (db, _folder) = $crate::world::sqlite().await;
                super::$name(db).await;
            }
            #[tokio::test]
            async fn on_postgres() {
                super::$name($crate::world::postgres().await).await;
            }
        }
    )* };
}

pub async fn sqlite() -> (Db, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let db = Db::connect(&format!("sqlite:{}", folder.path().join("baton.db").display())).await.unwrap();
    (db, folder)
}

pub async fn postgres() -> Db {
    Db::connect(&testkit::postgres().await).await.unwrap()
}

/// The nth id; ids sort as their numbers do.
pub fn id(n: u128) -> Uuid {
    Uuid::from_u128(n)
}

pub fn shop() -> PageId {
    "page-1".into()
}

/// A transaction in a workspace with one connected page.
pub async fn begin(db: &Db) -> Tx {
    let mut tx = db.begin().await.unwrap();
    apps::put(&mut tx, &"app-1".into(), "sealed secret", "sealed token").await.unwrap();
    add_page(&mut tx, &shop(), "Sock Shop").await;
    tx
}

pub async fn add_page(tx: &mut Tx, id: &PageId, name: &str) {
    let page = Page { id: id.clone(), name: name.into(), app: "app-1".into(), health: Health::Connected };
    pages::put(tx, &page, "sealed page token", T0).await.unwrap();
}

pub async fn add_person(tx: &mut Tx, n: u128, name: &str) -> Person {
    let email = format!("{}@example.com", name.to_lowercase());
    let person = Person {
        id: PersonId(id(n)),
        email,
        name: name.into(),
        role: Role::Agent,
        restrictions: Restrictions::default(),
        teams: Vec::new(),
    };
    people::add(tx, &person, None, T0).await.unwrap();
    person
}

/// The nth customer's conversation, new.
pub async fn open(tx: &mut Tx, n: u128) -> Record {
    let psid = format!("psid-{n}").into();
    let ids = (ConversationId(id(n)), ContactId(id(1_000 + n)));
    let (record, is_new) = conversations::open(tx, ids.0, ids.1, &shop(), &psid, T0).await.unwrap();
    assert!(is_new);
    record
}

/// A text from the customer.
pub fn asked(n: u128, conversation: ConversationId, at: Timestamp, text: &str) -> Message {
    Message {
        id: MessageId(id(n)),
        mid: Some(format!("m_{n}").into()),
        conversation_id: conversation,
        at,
        direction: Direction::In,
        author: Author { kind: AuthorKind::Customer, id: None, name: None },
        text: Some(text.into()),
        attachments: Vec::new(),
        origin: Origin::External,
        delivery: Delivery { state: DeliveryState::Received, error: None },
        tapped: None,
        reply_to: None,
        edited: false,
        deleted: false,
        late: false,
        reaction: None,
    }
}

/// A text from an agent, on its way.
pub fn answered(n: u128, conversation: ConversationId, at: Timestamp, state: DeliveryState) -> Message {
    Message {
        mid: None,
        direction: Direction::Out,
        author: Author { kind: AuthorKind::Agent, id: Some(id(7).to_string()), name: Some("Mia".into()) },
        origin: Origin::Inbox,
        delivery: Delivery { state, error: None },
        ..asked(n, conversation, at, "They are on their way.")
    }
}
