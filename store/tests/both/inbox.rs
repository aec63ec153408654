use crate::world::{T0, add_page, add_person, asked, begin, id, open, shop};
use domain::conversation::control::{Control, Owner, OwnerKind, Proof};
use domain::conversation::standing::{Standing, Status};
use domain::view::{Counters, Facts, View};
use domain::{ContactId, ConversationId, MINUTE, PersonId};
use store::inbox::{self, Listed};
use store::{Db, Tx, contacts, conversations, messages};

on_both!(
    the_database_and_the_rules_agree_on_every_list,
    a_list_is_read_page_by_page_the_newest_first,
    filters_narrow_a_list,
    a_search_finds_names_and_texts_whatever_the_case,
    nothing_typed_into_the_search_is_a_wildcard,
);

const VIEWS: [View; 7] =
    [View::Mine, View::Unassigned, View::Open, View::WithBot, View::Closed, View::Snoozed, View::All];

fn owner(kind: OwnerKind) -> Owner {
    match kind {
        OwnerKind::Ours => Owner::Ours,
        OwnerKind::Bot => Owner::Bot("bot-1".into()),
        OwnerKind::PageInbox => Owner::PageInbox,
        OwnerKind::Idle => Owner::Idle,
        OwnerKind::Unknown => Owner::Unknown,
    }
}

fn standing(facts: &Facts) -> Standing {
    let owner = owner(facts.owner);
    let control = Control { owner, since: T0, expires_at: None, proof: Proof::Passed, proved_at: T0 };
    Standing { control, status: facts.status, unread: facts.unread, ..Standing::default() }
}

/// Every combination of what decides in which lists a conversation is.
fn every_combination(people: [PersonId; 2]) -> Vec<Facts> {
    let mut all = Vec::new();
    for status in Status::ALL {
        for owner in OwnerKind::ALL {
            for assignee in [None, Some(people[0]), Some(people[1])] {
                all.extend([true, false].map(|unread| Facts { status, owner, assignee, team: None, unread }));
            }
        }
    }
    all
}

async fn add(tx: &mut Tx, n: u128, facts: &Facts) -> ConversationId {
    let mut record = open(tx, n).await;
    record.standing = standing(facts);
    record.assignee = facts.assignee;
    record.updated_at = T0 + i64::try_from(n).unwrap() / 2 * MINUTE;
    conversations::save(tx, &mut record).await.unwrap();
    record.id
}

fn waiting() -> Facts {
    Facts { status: Status::Open, owner: OwnerKind::Ours, assignee: None, team: None, unread: true }
}

async fn listed(tx: &mut Tx, listed: &Listed, me: Option<PersonId>) -> Vec<u128> {
    let page = inbox::list(tx, listed, me, T0).await.unwrap();
    page.iter().map(|conversation| conversation.id.0.as_u128()).collect()
}

async fn found(tx: &mut Tx, text: &str) -> Vec<u128> {
    listed(tx, &Listed { text: Some(text.into()), ..Listed::of(View::All, 50) }, None).await
}

async fn the_database_and_the_rules_agree_on_every_list(db: Db) {
    let mut tx = begin(&db).await;
    let people = [add_person(&mut tx, 7, "Mia").await.id, add_person(&mut tx, 8, "Tom").await.id];
    let all = every_combination(people);
    for (n, facts) in (1..).zip(&all) {
        add(&mut tx, n, facts).await;
    }
    for me in [None, Some(people[0]), Some(people[1])] {
        let mut expected = Counters::default();
        all.iter().for_each(|facts| expected.apply(None, facts, me));
        assert_eq!(inbox::counters(&mut tx, me).await.unwrap(), expected);
        for view in VIEWS {
            let mut held: Vec<u128> =
                (1..).zip(&all).filter(|(_, facts)| view.holds(facts, me)).map(|(n, _)| n).collect();
            held.reverse();
            assert_eq!(listed(&mut tx, &Listed::of(view, 200), me).await, held, "{view:?} of {me:?}");
        }
    }
}

async fn a_list_is_read_page_by_page_the_newest_first(db: Db) {
    let mut tx = begin(&db).await;
    for n in 1..=5 {
        add(&mut tx, n, &waiting()).await;
    }
    let mut query = Listed::of(View::Open, 2);
    let first = inbox::list(&mut tx, &query, None, T0).await.unwrap();
    let last = first.last().unwrap();
    // Two conversations share this moment; the page ends between them.
    query.before = Some((last.updated_at, last.id));
    assert_eq!(first.iter().map(|conversation| conversation.id.0.as_u128()).collect::<Vec<_>>(), [5, 4]);
    assert_eq!(listed(&mut tx, &query, None).await, [3, 2]);
    query.before = Some((T0 + MINUTE, ConversationId(id(3))));
    assert_eq!(listed(&mut tx, &query, None).await, [2, 1]);
}

async fn filters_narrow_a_list(db: Db) {
    let mut tx = begin(&db).await;
    let mia = add_person(&mut tx, 7, "Mia").await.id;
    add(&mut tx, 1, &waiting()).await;
    add(&mut tx, 2, &Facts { unread: false, assignee: Some(mia), ..waiting() }).await;
    add(&mut tx, 3, &Facts { unread: false, owner: OwnerKind::Bot, ..waiting() }).await;
    add_page(&mut tx, &"page-2".into(), "Another").await;
    let ids = (ConversationId(id(4)), ContactId(id(40)));
    conversations::open(&mut tx, ids.0, ids.1, &"page-2".into(), &"psid-1".into(), T0).await.unwrap();
    let all = Listed::of(View::All, 50);
    assert_eq!(listed(&mut tx, &Listed { unread: Some(true), ..all.clone() }, None).await, [1]);
    assert_eq!(listed(&mut tx, &Listed { assignee: Some(mia), ..all.clone() }, None).await, [2]);
    assert_eq!(listed(&mut tx, &Listed { owner: Some(OwnerKind::Bot), ..all.clone() }, None).await, [3]);
    assert_eq!(listed(&mut tx, &Listed { page: Some("page-2".into()), ..all.clone() }, None).await, [4]);
    let none = Listed { page: Some("page-2".into()), unread: Some(true), ..all };
    assert!(listed(&mut tx, &none, None).await.is_empty());
}

async fn a_search_finds_names_and_texts_whatever_the_case(db: Db) {
    let mut tx = begin(&db).await;
    let (one, two) = (open(&mut tx, 1).await, open(&mut tx, 2).await);
    contacts::set_profile(&mut tx, one.contact, Some("Zoë Ångström"), None, T0).await.unwrap();
    let message = asked(5, two.id, T0, "Wo bleibt meine ÜBERWEISUNG?");
    messages::insert(&mut tx, &message, &shop()).await.unwrap();
    assert_eq!(found(&mut tx, "zoË å").await, [1]);
    assert_eq!(found(&mut tx, "Überweisung").await, [2]);
    assert_eq!(found(&mut tx, "  ").await, [2, 1]);
    messages::edit(&mut tx, message.id, "Danke!", 1).await.unwrap();
    assert!(found(&mut tx, "Überweisung").await.is_empty());
    assert_eq!(found(&mut tx, "DANKE").await, [2]);
    messages::mark_deleted(&mut tx, message.id).await.unwrap();
    assert!(found(&mut tx, "danke").await.is_empty());
}

async fn nothing_typed_into_the_search_is_a_wildcard(db: Db) {
    let mut tx = begin(&db).await;
    let record = open(&mut tx, 1).await;
    let message = asked(5, record.id, T0, "50% off c:\\socks_new");
    messages::insert(&mut tx, &message, &shop()).await.unwrap();
    for text in ["50%", "s_n", ":\\s"] {
        assert_eq!(found(&mut tx, text).await, [1], "{text}");
    }
    for text in ["5%f", "s_w", "' or 1=1 --", "o_f"] {
        assert!(found(&mut tx, text).await.is_empty(), "{text}");
    }
}
