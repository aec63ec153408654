//! Invitations, leaving, pictures, the second step, sessions as their owner sees them, and the audit log.

use crate::world::{T0, add_person, begin, id, open};
use domain::person::{Person, Role, Team};
use domain::{DAY, HOUR, MINUTE, PersonId, TeamId};
use store::audit::{Entry, Search};
use store::hand_overs::HandOver;
use store::invitations::Invitation;
use store::pictures::Picture;
use store::{
    Db, Error, audit, conversations, hand_overs, invitations, people, pictures, sessions, tokens, two_factor,
};

on_both!(
    an_address_has_one_open_invitation,
    a_link_is_used_once_and_a_new_one_ends_the_old,
    what_somebody_sent_is_taken_back_with_them,
    who_left_is_remembered_and_comes_back,
    owners_are_counted_and_roles_and_names_change,
    a_team_is_renamed_and_ends,
    conversations_are_found_to_be_handed_over,
    a_picture_replaces_the_one_before,
    a_second_step_is_asked_for_once_it_was_proved,
    a_code_and_a_recovery_code_count_once,
    a_session_tells_where_and_when,
    the_audit_log_is_searched_by_person_act_and_time,
    tokens_are_listed_without_their_secret,
    a_theme_is_remembered,
);

fn invitation(n: u128, email: &str) -> Invitation {
    Invitation {
        id: id(n),
        email: email.into(),
        name: "Zoe".into(),
        role: Role::Manager,
        teams: vec![TeamId(id(50))],
        by: None,
        by_name: "Ann".into(),
        expires_at: T0 + DAY,
        accepted_at: None,
    }
}

async fn an_address_has_one_open_invitation(db: Db) {
    let mut tx = begin(&db).await;
    let first = invitation(1, "zoe@example.com");
    invitations::add(&mut tx, &first, "hash 1", T0).await.unwrap();
    let second = invitation(2, "ZOE@example.com");
    let twice = invitations::add(&mut tx, &second, "hash 2", T0).await;
    assert!(matches!(twice, Err(Error::Conflict)));
    assert_eq!(invitations::open(&mut tx).await.unwrap(), std::slice::from_ref(&first));
    assert!(invitations::accept(&mut tx, first.id, T0).await.unwrap());
    invitations::add(&mut tx, &second, "hash 2", T0).await.unwrap();
    assert_eq!(invitations::find(&mut tx, first.id).await.unwrap(), None);
    invitations::prune(&mut tx, T0 + 2 * DAY).await.unwrap();
    assert_eq!(invitations::open(&mut tx).await.unwrap(), []);
}

async fn a_link_is_used_once_and_a_new_one_ends_the_old(db: Db) {
    let mut tx = begin(&db).await;
    let one = invitation(1, "zoe@example.com");
    invitations::add(&mut tx, &one, "hash 1", T0).await.unwrap();
    assert!(invitations::renew(&mut tx, one.id, "hash 2", T0 + 2 * DAY).await.unwrap());
    assert_eq!(invitations::by_hash(&mut tx, "hash 1").await.unwrap(), None);
    let renewed = invitations::by_hash(&mut tx, "hash 2").await.unwrap().unwrap();
    assert_eq!(renewed, Invitation { expires_at: T0 + 2 * DAY, ..one.clone() });
    assert!(invitations::accept(&mut tx, one.id, T0 + HOUR).await.unwrap());
    assert!(!invitations::accept(&mut tx, one.id, T0 + HOUR).await.unwrap());
    assert!(!invitations::renew(&mut tx, one.id, "hash 3", T0).await.unwrap());
    assert!(!invitations::revoke(&mut tx, one.id).await.unwrap());
    let used = invitations::by_hash(&mut tx, "hash 2").await.unwrap().unwrap();
    assert_eq!(used.accepted_at, Some(T0 + HOUR));
}

async fn what_somebody_sent_is_taken_back_with_them(db: Db) {
    let mut tx = begin(&db).await;
    let mia = add_person(&mut tx, 7, "Mia").await;
    let hers = Invitation { by: Some(mia.id), ..invitation(1, "one@example.com") };
    let to_her = invitation(2, "Mia@example.com");
    let other = invitation(3, "three@example.com");
    for (n, one) in [&hers, &to_her, &other].into_iter().enumerate() {
        invitations::add(&mut tx, one, &format!("hash {n}"), T0).await.unwrap();
    }
    assert_eq!(invitations::revoke_of(&mut tx, mia.id, &mia.email).await.unwrap(), 2);
    assert_eq!(invitations::open(&mut tx).await.unwrap(), std::slice::from_ref(&other));
    assert!(invitations::revoke(&mut tx, other.id).await.unwrap());
}

async fn who_left_is_remembered_and_comes_back(db: Db) {
    let mut tx = begin(&db).await;
    let (mia, tom) = (add_person(&mut tx, 1, "Mia").await, add_person(&mut tx, 2, "Tom").await);
    people::seen(&mut tx, mia.id, T0 + HOUR).await.unwrap();
    assert!(people::deactivate(&mut tx, mia.id, T0).await.unwrap());
    assert!(!people::deactivate(&mut tx, mia.id, T0).await.unwrap());
    assert_eq!(people::find(&mut tx, mia.id).await.unwrap(), None);
    assert_eq!(people::by_email(&mut tx, &mia.email).await.unwrap(), None);
    let known = people::known(&mut tx, mia.id).await.unwrap().unwrap();
    assert_eq!((known.active, known.last_seen), (false, Some(T0 + HOUR)));
    assert_eq!(people::known_by_email(&mut tx, "MIA@example.com").await.unwrap(), Some(known.clone()));
    let everybody = people::everybody(&mut tx).await.unwrap();
    assert_eq!(everybody.iter().map(|one| one.person.id).collect::<Vec<_>>(), [tom.id, mia.id]);
    assert!(people::reactivate(&mut tx, mia.id).await.unwrap());
    assert!(!people::reactivate(&mut tx, mia.id).await.unwrap());
    assert_eq!(people::find(&mut tx, mia.id).await.unwrap(), Some(mia));
}

async fn owners_are_counted_and_roles_and_names_change(db: Db) {
    let mut tx = begin(&db).await;
    let (mia, tom) = (add_person(&mut tx, 1, "Mia").await, add_person(&mut tx, 2, "Tom").await);
    assert_eq!(people::lock_owners(&mut tx).await.unwrap(), []);
    people::set_role(&mut tx, mia.id, Role::Owner).await.unwrap();
    people::set_role(&mut tx, tom.id, Role::Owner).await.unwrap();
    assert_eq!(people::lock_owners(&mut tx).await.unwrap(), [mia.id, tom.id]);
    people::deactivate(&mut tx, tom.id, T0).await.unwrap();
    assert_eq!(people::lock_owners(&mut tx).await.unwrap(), [mia.id]);
    people::set_name(&mut tx, mia.id, "Mia Moss").await.unwrap();
    let known = people::find(&mut tx, mia.id).await.unwrap();
    assert_eq!(known, Some(Person { name: "Mia Moss".into(), role: Role::Owner, ..mia }));
}

async fn a_team_is_renamed_and_ends(db: Db) {
    let mut tx = begin(&db).await;
    let mia = add_person(&mut tx, 1, "Mia").await.id;
    let team = Team { id: TeamId(id(50)), name: "Returns".into() };
    people::add_team(&mut tx, &team).await.unwrap();
    assert!(people::rename_team(&mut tx, team.id, "Sales").await.unwrap());
    assert!(!people::rename_team(&mut tx, TeamId(id(51)), "Sales").await.unwrap());
    people::join(&mut tx, team.id, mia).await.unwrap();
    assert_eq!(people::members(&mut tx, team.id).await.unwrap(), [mia]);
    people::leave(&mut tx, team.id, mia).await.unwrap();
    assert_eq!(people::members(&mut tx, team.id).await.unwrap(), []);
    people::join(&mut tx, team.id, mia).await.unwrap();
    assert!(people::remove_team(&mut tx, team.id).await.unwrap());
    assert!(!people::remove_team(&mut tx, team.id).await.unwrap());
    assert_eq!(people::find(&mut tx, mia).await.unwrap().unwrap().teams, []);
}

async fn conversations_are_found_to_be_handed_over(db: Db) {
    let mut tx = begin(&db).await;
    let (mia, tom) = (add_person(&mut tx, 7, "Mia").await.id, add_person(&mut tx, 8, "Tom").await.id);
    let team = Team { id: TeamId(id(50)), name: "Returns".into() };
    people::add_team(&mut tx, &team).await.unwrap();
    for n in 1..=3 {
        let mut record = open(&mut tx, n).await;
        record.assignee = Some(mia);
        record.team = Some(team.id).filter(|_| n == 2);
        conversations::save(&mut tx, &mut record).await.unwrap();
    }
    assert_eq!(hand_overs::of_person(&mut tx, mia, 2).await.unwrap().len(), 2);
    assert_eq!(hand_overs::of_team(&mut tx, team.id, 9).await.unwrap(), [domain::ConversationId(id(2))]);
    assert_eq!(hand_overs::open_of(&mut tx).await.unwrap(), [(mia, 3)]);
    assert_eq!(hand_overs::open_of_teams(&mut tx).await.unwrap(), [(team.id, 1)]);
    let to = |to_person, to_team| HandOver { from: mia, to_person, to_team, by_name: "Ann".into() };
    hand_overs::begin(&mut tx, &to(Some(tom), None)).await.unwrap();
    hand_overs::begin(&mut tx, &to(None, Some(team.id))).await.unwrap();
    assert_eq!(hand_overs::waiting(&mut tx).await.unwrap(), [to(None, Some(team.id))]);
    hand_overs::done(&mut tx, mia).await.unwrap();
    assert_eq!(hand_overs::waiting(&mut tx).await.unwrap(), []);
}

async fn a_picture_replaces_the_one_before(db: Db) {
    let mut tx = begin(&db).await;
    let mia = add_person(&mut tx, 7, "Mia").await.id;
    let picture = |version: &str| Picture {
        version: version.into(),
        kind: "image/jpeg".into(),
        bytes: vec![0, 1, 254, 255],
    };
    assert_eq!(pictures::get(&mut tx, mia).await.unwrap(), None);
    pictures::put(&mut tx, mia, &picture("a")).await.unwrap();
    pictures::put(&mut tx, mia, &picture("b")).await.unwrap();
    assert_eq!(pictures::get(&mut tx, mia).await.unwrap(), Some(picture("b")));
    assert_eq!(pictures::versions(&mut tx).await.unwrap(), [(mia, "b".to_owned())]);
    pictures::remove(&mut tx, mia).await.unwrap();
    assert_eq!(pictures::versions(&mut tx).await.unwrap(), []);
}

async fn a_second_step_is_asked_for_once_it_was_proved(db: Db) {
    let mut tx = begin(&db).await;
    let mia = add_person(&mut tx, 7, "Mia").await.id;
    assert_eq!(two_factor::find(&mut tx, mia).await.unwrap(), None);
    assert!(two_factor::begin(&mut tx, mia, "sealed 1").await.unwrap());
    assert!(two_factor::begin(&mut tx, mia, "sealed 2").await.unwrap());
    assert_eq!(two_factor::all(&mut tx).await.unwrap(), []);
    assert!(two_factor::confirm(&mut tx, mia, T0).await.unwrap());
    assert!(!two_factor::confirm(&mut tx, mia, T0 + HOUR).await.unwrap());
    assert!(!two_factor::begin(&mut tx, mia, "sealed 3").await.unwrap());
    let kept = two_factor::find(&mut tx, mia).await.unwrap().unwrap();
    assert_eq!((kept.secret.as_str(), kept.confirmed_at), ("sealed 2", Some(T0)));
    assert_eq!(two_factor::all(&mut tx).await.unwrap(), [mia]);
    assert!(two_factor::forget(&mut tx, mia).await.unwrap());
    assert!(!two_factor::forget(&mut tx, mia).await.unwrap());
}

async fn a_code_and_a_recovery_code_count_once(db: Db) {
    let mut tx = begin(&db).await;
    let (mia, tom) = (add_person(&mut tx, 7, "Mia").await.id, add_person(&mut tx, 8, "Tom").await.id);
    two_factor::begin(&mut tx, mia, "sealed").await.unwrap();
    assert!(two_factor::use_step(&mut tx, mia, 100).await.unwrap());
    assert!(!two_factor::use_step(&mut tx, mia, 100).await.unwrap());
    assert!(!two_factor::use_step(&mut tx, mia, 99).await.unwrap());
    assert!(two_factor::use_step(&mut tx, mia, 101).await.unwrap());
    two_factor::set_codes(&mut tx, mia, &["old".into()]).await.unwrap();
    two_factor::set_codes(&mut tx, mia, &["one".into(), "two".into()]).await.unwrap();
    assert!(!two_factor::use_code(&mut tx, mia, "old", T0).await.unwrap());
    assert!(!two_factor::use_code(&mut tx, tom, "one", T0).await.unwrap());
    assert!(two_factor::use_code(&mut tx, mia, "one", T0).await.unwrap());
    assert!(!two_factor::use_code(&mut tx, mia, "one", T0).await.unwrap());
    assert_eq!(two_factor::codes_left(&mut tx, mia).await.unwrap(), 1);
    two_factor::forget(&mut tx, mia).await.unwrap();
    assert_eq!(two_factor::codes_left(&mut tx, mia).await.unwrap(), 0);
}

async fn a_session_tells_where_and_when(db: Db) {
    let mut tx = begin(&db).await;
    let mia = add_person(&mut tx, 7, "Mia").await.id;
    for session in ["laptop", "phone", "tablet"] {
        sessions::create(&mut tx, session, Some(mia), "{}", T0 + DAY).await.unwrap();
        sessions::begun(&mut tx, session, Some("Firefox"), "10.0.0.1", T0).await.unwrap();
    }
    sessions::seen(&mut tx, "phone", Some("10.0.0.2"), T0 + MINUTE).await.unwrap();
    sessions::seen(&mut tx, "laptop", None, T0 + 2 * MINUTE).await.unwrap();
    let shown = sessions::of(&mut tx, mia, T0).await.unwrap();
    assert_eq!(shown.iter().map(|one| one.id.as_str()).collect::<Vec<_>>(), ["laptop", "phone", "tablet"]);
    let phone = &shown[1];
    assert_eq!(phone.started_at, Some(T0.ms()));
    assert_eq!(phone.last_seen_at, Some((T0 + MINUTE).ms()));
    assert_eq!((phone.agent.as_deref(), phone.address.as_deref()), (Some("Firefox"), Some("10.0.0.2")));
    assert_eq!(shown[0].address.as_deref(), Some("10.0.0.1"));
    assert!(sessions::of(&mut tx, mia, T0 + DAY).await.unwrap().is_empty());
    let stranger = PersonId(id(9));
    assert!(!sessions::delete_one_of(&mut tx, stranger, "tablet").await.unwrap());
    assert!(sessions::delete_one_of(&mut tx, mia, "tablet").await.unwrap());
    assert_eq!(sessions::delete_others(&mut tx, mia, "phone").await.unwrap(), 1);
    assert_eq!(sessions::of(&mut tx, mia, T0).await.unwrap().len(), 1);
}

async fn the_audit_log_is_searched_by_person_act_and_time(db: Db) {
    let mut tx = begin(&db).await;
    let mia = add_person(&mut tx, 7, "Mia").await.id;
    for (n, act, person) in [
        (1, "team.created", Some(mia)),
        (2, "team_other", None),
        (3, "team.removed", None),
        (4, "mark.read", None),
    ] {
        let entry = Entry {
            id: id(n),
            at: T0 + i64::try_from(n / 2).unwrap() * HOUR,
            actor: "Mia".into(),
            person,
            act: act.into(),
            conversation: None,
            detail: serde_json::json!({ "n": n as u64 }),
        };
        audit::put(&mut tx, &entry).await.unwrap();
    }
    let all = Search { limit: 10, ..Search::default() };
    let acts = async |tx: &mut store::Tx, search: Search| {
        let found = audit::search(tx, &search).await.unwrap();
        found.into_iter().map(|entry| entry.act).collect::<Vec<_>>()
    };
    assert_eq!(acts(&mut tx, all.clone()).await, ["mark.read", "team.removed", "team_other", "team.created"]);
    let family = Search { act: Some("team.".into()), ..all.clone() };
    assert_eq!(acts(&mut tx, family).await, ["team.removed", "team.created"]);
    let one = Search { act: Some("team.removed".into()), ..all.clone() };
    assert_eq!(acts(&mut tx, one).await, ["team.removed"]);
    let hers = Search { person: Some(mia), ..all.clone() };
    assert_eq!(acts(&mut tx, hers).await, ["team.created"]);
    let then = Search { from: Some(T0 + HOUR), until: Some(T0 + 2 * HOUR), ..all.clone() };
    assert_eq!(acts(&mut tx, then).await, ["team.removed", "team_other"]);
    let next = Search { before: Some((T0 + HOUR, id(3))), ..all };
    assert_eq!(acts(&mut tx, next).await, ["team_other", "team.created"]);
    let known = audit::acts(&mut tx).await.unwrap();
    assert_eq!(known.len(), 4);
}

async fn tokens_are_listed_without_their_secret(db: Db) {
    let mut tx = begin(&db).await;
    let scope = domain::person::Scope::Write;
    let token = tokens::NewToken { id: id(1), name: "shop".into(), scope, hash: "hash".into() };
    tokens::add(&mut tx, &token, T0).await.unwrap();
    tokens::used(&mut tx, "hash", T0 + HOUR).await.unwrap();
    let listed = tokens::all(&mut tx).await.unwrap();
    assert_eq!((listed[0].name.as_str(), listed[0].last_used_at), ("shop", Some(T0 + HOUR)));
    assert!(tokens::revoke(&mut tx, id(1)).await.unwrap());
    assert!(!tokens::revoke(&mut tx, id(1)).await.unwrap());
    tx.commit().await.unwrap();
    assert_eq!(tokens::by_hash(&db, "hash").await.unwrap(), None);
}

async fn a_theme_is_remembered(db: Db) {
    let mut tx = begin(&db).await;
    let mia = add_person(&mut tx, 7, "Mia").await.id;
    assert_eq!(people::theme(&mut tx, mia).await.unwrap().as_deref(), Some(""));
    people::set_theme(&mut tx, mia, "dark").await.unwrap();
    assert_eq!(people::theme(&mut tx, mia).await.unwrap().as_deref(), Some("dark"));
    assert_eq!(people::theme(&mut tx, PersonId(id(9))).await.unwrap(), None);
}
