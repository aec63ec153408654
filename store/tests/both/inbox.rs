use crate::world::{T0, add_page, add_person, asked, begin, id, open, shop};
use domain::conversation::control::{Control, Owner, OwnerKind, Proof};
use domain::conversation::standing::{Standing, Status};
use domain::live::Change;
use domain::person::{Sight, Team};
use domain::search::Search;
use domain::view::{Counters, Facts, View, WindowWord};
use domain::{ContactId, ConversationId, DAY, MINUTE, PersonId, TeamId};
use store::inbox::{self, Assignee, Listed};
use store::{Db, Tx, changes, contacts, conversations, messages};

on_both!(
    the_database_and_the_rules_agree_on_every_list,
    a_list_is_read_page_by_page_the_newest_first,
    a_page_that_stands_alone_knows_the_last_change,
    filters_narrow_a_list,
    a_search_finds_names_and_texts_whatever_the_case,
    nothing_typed_into_the_search_is_a_wildcard_or_an_operator,
    a_piece_of_metas_id_finds_the_customer,
    the_search_finds_what_the_words_say,
    nobody_lists_counts_or_finds_what_is_outside_of_their_sight,
    the_window_is_what_it_is_at_the_moment_of_asking,
    what_a_bot_said_is_found_by_its_words,
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

async fn listed(tx: &mut Tx, listed: &Listed) -> Vec<u128> {
    let page = inbox::list(tx, listed, T0).await.unwrap();
    page.iter().map(|conversation| conversation.id.0.as_u128()).collect()
}

async fn found(tx: &mut Tx, text: &str) -> Vec<u128> {
    listed(tx, &Listed { text: Some(text.into()), ..Listed::of(View::All, None, 50) }).await
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
        assert_eq!(inbox::counters(&mut tx, me, &Sight::Everything).await.unwrap(), expected);
        for view in VIEWS {
            let mut held: Vec<u128> =
                (1..).zip(&all).filter(|(_, facts)| view.holds(facts, me)).map(|(n, _)| n).collect();
            held.reverse();
            assert_eq!(listed(&mut tx, &Listed::of(view, me, 200)).await, held, "{view:?} of {me:?}");
        }
    }
}

async fn a_page_that_stands_alone_knows_the_last_change(db: Db) {
    let all = Listed::of(View::Open, None, 10);
    assert_eq!(inbox::page(&db, &all, T0).await.unwrap(), None);
    let mut tx = begin(&db).await;
    for n in 1..=3 {
        add(&mut tx, n, &waiting()).await;
    }
    let newest = changes::append(&mut tx, &[(Change::Team, None), (Change::Team, None)], T0).await.unwrap();
    tx.commit().await.unwrap();
    let (items, as_of) = inbox::page(&db, &all, T0).await.unwrap().unwrap();
    assert_eq!(as_of, newest);
    assert_eq!(items, inbox::list(&mut db.snapshot().await.unwrap(), &all, T0).await.unwrap());
    assert_eq!(items.len(), 3);
}

async fn a_list_is_read_page_by_page_the_newest_first(db: Db) {
    let mut tx = begin(&db).await;
    for n in 1..=5 {
        add(&mut tx, n, &waiting()).await;
    }
    let mut query = Listed::of(View::Open, None, 2);
    let first = inbox::list(&mut tx, &query, T0).await.unwrap();
    let last = first.last().unwrap();
    // Two conversations share this moment; the page ends between them.
    query.before = Some((last.updated_at, last.id));
    assert_eq!(first.iter().map(|conversation| conversation.id.0.as_u128()).collect::<Vec<_>>(), [5, 4]);
    assert_eq!(listed(&mut tx, &query).await, [3, 2]);
    query.before = Some((T0 + MINUTE, ConversationId(id(3))));
    assert_eq!(listed(&mut tx, &query).await, [2, 1]);
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
    let all = Listed::of(View::All, None, 50);
    assert_eq!(listed(&mut tx, &Listed { unread: Some(true), ..all.clone() }).await, [1]);
    assert_eq!(listed(&mut tx, &Listed { assignee: Some(Assignee::Person(mia)), ..all.clone() }).await, [2]);
    assert_eq!(listed(&mut tx, &Listed { owner: Some(OwnerKind::Bot), ..all.clone() }).await, [3]);
    assert_eq!(listed(&mut tx, &Listed { page: Some("page-2".into()), ..all.clone() }).await, [4]);
    assert_eq!(listed(&mut tx, &Listed { assignee: Some(Assignee::Nobody), ..all.clone() }).await, [3, 4, 1]);
    let none = Listed { page: Some("page-2".into()), unread: Some(true), ..all };
    assert!(listed(&mut tx, &none).await.is_empty());
}

async fn a_search_finds_names_and_texts_whatever_the_case(db: Db) {
    let mut tx = begin(&db).await;
    let (one, two) = (open(&mut tx, 1).await, open(&mut tx, 2).await);
    contacts::set_name(&mut tx, one.contact, Some("Zoë Ångström")).await.unwrap();
    let message = asked(5, two.id, T0, "Wo bleibt meine ÜBERWEISUNG?");
    messages::insert(&mut tx, &message, &shop()).await.unwrap();
    assert_eq!(found(&mut tx, "zoË ån").await, [1]);
    assert_eq!(found(&mut tx, "Überweisung").await, [2]);
    assert_eq!(found(&mut tx, "  ").await, [2, 1]);
    messages::edit(&mut tx, message.id, "Danke!", 1).await.unwrap();
    assert!(found(&mut tx, "Überweisung").await.is_empty());
    assert_eq!(found(&mut tx, "DANKE").await, [2]);
    messages::mark_deleted(&mut tx, message.id).await.unwrap();
    assert!(found(&mut tx, "danke").await.is_empty());
}

async fn nothing_typed_into_the_search_is_a_wildcard_or_an_operator(db: Db) {
    let mut tx = begin(&db).await;
    let record = open(&mut tx, 1).await;
    let message = asked(5, record.id, T0, "50% off c:\\socks_new");
    messages::insert(&mut tx, &message, &shop()).await.unwrap();
    for text in ["50%", "new socks", "OFF so", ":\\socks", "\"socks\""] {
        assert_eq!(found(&mut tx, text).await, [1], "{text}");
    }
    for text in
        ["5%f", "s_w", "' or 1=1 --", "socks OR boots", "name : socks", "sock*s", "NOT boots", "%", "("]
    {
        assert!(found(&mut tx, text).await.is_empty(), "{text}");
    }
}

async fn a_piece_of_metas_id_finds_the_customer(db: Db) {
    let mut tx = begin(&db).await;
    for (n, psid) in [(1, "7204415592310846"), (2, "6988120347715502")] {
        let ids = (ConversationId(id(n)), ContactId(id(40 + n)));
        conversations::open(&mut tx, ids.0, ids.1, &shop(), &psid.into(), T0).await.unwrap();
    }
    assert_eq!(found(&mut tx, "4155923").await, [1]);
    assert!(found(&mut tx, "415599").await.is_empty());
}

async fn the_search_finds_what_the_words_say(db: Db) {
    let mut tx = begin(&db).await;
    let texts =
        ["Where is my order 48190?", "Überweisung: 50,00 €", "привет мир", "a b c", "order", "wi-fi e-mail"];
    for (n, text) in (1..).zip(texts) {
        let record = open(&mut tx, n).await;
        messages::insert(&mut tx, &asked(100 + n, record.id, T0, text), &shop()).await.unwrap();
    }
    for typed in [
        "order", "ord", "order my", "481", "über", "50 00", "мир", "a", "a b", "c a b", "mail wi", "e m", "-",
    ] {
        let search = Search::of(typed).unwrap();
        let mut expected: Vec<u128> =
            (1..).zip(texts).filter(|(_, text)| search.finds(text)).map(|(n, _)| n).collect();
        expected.reverse();
        assert_eq!(found(&mut tx, typed).await, expected, "{typed}");
    }
}

async fn nobody_lists_counts_or_finds_what_is_outside_of_their_sight(db: Db) {
    let mut tx = begin(&db).await;
    let people = [add_person(&mut tx, 7, "Mia").await.id, add_person(&mut tx, 8, "Tom").await.id];
    let teams = [TeamId(id(70)), TeamId(id(71))];
    for (team, name) in teams.iter().zip(["Returns", "Sales"]) {
        store::people::add_team(&mut tx, &Team { id: *team, name: name.into() }).await.unwrap();
    }
    let mut all = Vec::new();
    for assignee in [None, Some(people[0]), Some(people[1])] {
        for team in [None, Some(teams[0]), Some(teams[1])] {
            all.extend(Status::ALL.map(|status| Facts { assignee, team, status, ..waiting() }));
        }
    }
    for (n, facts) in (1..).zip(&all) {
        let mut record = open(&mut tx, n).await;
        record.standing = standing(facts);
        (record.assignee, record.team) = (facts.assignee, facts.team);
        conversations::save(&mut tx, &mut record).await.unwrap();
        messages::insert(&mut tx, &asked(100 + n, record.id, T0, "secret"), &shop()).await.unwrap();
    }
    let (mia, both) = (people[0], teams.to_vec());
    let only = |teams: &[TeamId]| Sight::Only { person: mia, teams: teams.to_vec() };
    for sight in [Sight::Everything, only(&[]), only(&teams[..1]), only(&both)] {
        let seen = |facts: &&Facts| sight.sees(facts.assignee, facts.team);
        let mut counters = Counters::default();
        all.iter().filter(seen).for_each(|facts| counters.add(facts, 1, Some(mia)));
        assert_eq!(inbox::counters(&mut tx, Some(mia), &sight).await.unwrap(), counters);
        for view in VIEWS {
            for text in [None, Some("secret".to_owned())] {
                let query = Listed { sight: sight.clone(), text, ..Listed::of(view, Some(mia), 200) };
                let mut expected: Vec<u128> = (1..)
                    .zip(&all)
                    .filter(|(_, facts)| seen(facts) && view.holds(facts, Some(mia)))
                    .map(|(n, _)| n)
                    .collect();
                expected.reverse();
                assert_eq!(listed(&mut tx, &query).await, expected, "{query:?}");
                let page = Listed { limit: 2, ..query };
                expected.truncate(2);
                assert_eq!(listed(&mut tx, &page).await, expected, "{page:?}");
            }
        }
    }
}

async fn what_a_bot_said_is_found_by_its_words(db: Db) {
    let mut tx = begin(&db).await;
    let said =
        [r#"{"subject":"Returns","order_id":48190}"#, "wants to return 100% of it", "Größe der Schuhe"];
    for (n, said) in (1..).zip(said) {
        let mut record = open(&mut tx, n).await;
        record.standing.handed_over = Some(said.to_owned());
        conversations::save(&mut tx, &mut record).await.unwrap();
    }
    let mut silent = open(&mut tx, 4).await;
    conversations::save(&mut tx, &mut silent).await.unwrap();
    let expected: [(&str, &[u128]); 6] = [
        ("returns", &[1]),
        ("retur", &[2, 1]),
        ("48190 subject", &[1]),
        ("100%", &[2]),
        ("%", &[]),
        ("größe", &[3]),
    ];
    for (typed, expected) in expected {
        let query = Listed { handed_over: Some(typed.into()), ..Listed::of(View::All, None, 50) };
        let page = inbox::list(&mut tx, &query, T0).await.unwrap();
        let found: Vec<u128> = page.iter().map(|one| one.id.0.as_u128()).collect();
        assert_eq!(found, expected, "{typed}");
    }
    let mut taken_back =
        conversations::find(&mut tx, ConversationId(uuid::Uuid::from_u128(1))).await.unwrap().unwrap();
    taken_back.standing.handed_over = None;
    conversations::save(&mut tx, &mut taken_back).await.unwrap();
    let query = Listed { handed_over: Some("returns".into()), ..Listed::of(View::All, None, 50) };
    assert_eq!(inbox::list(&mut tx, &query, T0).await.unwrap(), []);
}

async fn the_window_is_what_it_is_at_the_moment_of_asking(db: Db) {
    let mut tx = begin(&db).await;
    for (n, wrote) in [(1, Some(T0)), (2, Some(T0 - 3 * DAY)), (3, Some(T0 - 9 * DAY)), (4, None)] {
        let mut record = open(&mut tx, n).await;
        if let Some(at) = wrote {
            record.standing.window.customer_wrote(at);
        }
        conversations::save(&mut tx, &mut record).await.unwrap();
    }
    let mut acted = open(&mut tx, 5).await;
    acted.standing.window.customer_acted(T0);
    conversations::save(&mut tx, &mut acted).await.unwrap();
    let windows = [WindowWord::Open, WindowWord::HumanAgent, WindowWord::Closed];
    for (now, expected) in [
        (T0, [vec![5, 1], vec![2], vec![4, 3]]),
        (T0 + DAY, [vec![], vec![2, 1], vec![5, 4, 3]]),
        (T0 + 8 * DAY, [vec![], vec![], vec![5, 4, 3, 2, 1]]),
    ] {
        for (window, expected) in windows.into_iter().zip(expected) {
            let query = Listed { window: Some(window), ..Listed::of(View::All, None, 50) };
            let page = inbox::list(&mut tx, &query, now).await.unwrap();
            let found: Vec<u128> = page.iter().map(|one| one.id.0.as_u128()).collect();
            assert_eq!(found, expected, "{window:?} at {now:?}");
            assert!(page.iter().all(|one| one.window.state == window));
        }
    }
}
