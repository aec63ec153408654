use crate::world::{T0, add_person, begin, id};
use domain::person::{Person, Reach, Restrictions, Role, Scope, Team};
use domain::{HOUR, PersonId, TeamId};
use store::tokens::NewToken;
use store::{Db, Error, people, sessions, tokens};

on_both!(
    an_address_is_taken_whatever_its_case,
    somebody_invited_has_no_password_until_they_choose_one,
    a_workspace_knows_whether_it_has_an_owner,
    joining_a_team_twice_is_once,
    restrictions_and_teams_come_with_the_person,
    a_session_ends_when_its_time_has_come,
    the_id_of_a_session_is_used_once,
    signing_out_everywhere_ends_every_session_of_one_person,
    a_token_is_found_by_its_hash_only,
);

async fn an_address_is_taken_whatever_its_case(db: Db) {
    let mut tx = begin(&db).await;
    let mia = Person { email: "Mia@Example.com".into(), ..add_person(&mut tx, 1, "Tom").await };
    let mia = Person { id: PersonId(id(2)), name: "Mia".into(), ..mia };
    people::add(&mut tx, &mia, Some("hash"), T0).await.unwrap();
    let again = Person { id: PersonId(id(3)), email: "mia@EXAMPLE.com".into(), ..mia.clone() };
    assert!(matches!(people::add(&mut tx, &again, None, T0).await, Err(Error::Conflict)));
    let (found, hash) = people::by_email(&mut tx, " MIA@example.com").await.unwrap().unwrap();
    assert_eq!((found.id, hash.as_deref()), (mia.id, Some("hash")));
    let names: Vec<_> = people::all(&mut tx).await.unwrap().into_iter().map(|person| person.name).collect();
    assert_eq!(names, ["Mia", "Tom"]);
}

async fn somebody_invited_has_no_password_until_they_choose_one(db: Db) {
    let mut tx = begin(&db).await;
    let mia = add_person(&mut tx, 1, "Mia").await;
    assert_eq!(people::by_email(&mut tx, &mia.email).await.unwrap(), Some((mia.clone(), None)));
    people::set_password(&mut tx, mia.id, "hash").await.unwrap();
    assert_eq!(
        people::by_email(&mut tx, &mia.email).await.unwrap(),
        Some((mia.clone(), Some("hash".into())))
    );
    assert_eq!(people::find(&mut tx, mia.id).await.unwrap(), Some(mia));
    assert_eq!(people::find(&mut tx, PersonId(id(9))).await.unwrap(), None);
}

async fn a_workspace_knows_whether_it_has_an_owner(db: Db) {
    let mut tx = begin(&db).await;
    let agent = add_person(&mut tx, 1, "Mia").await;
    assert!(!people::owner_exists(&mut tx).await.unwrap());
    let owner = Person { id: PersonId(id(2)), email: "ann@example.com".into(), role: Role::Owner, ..agent };
    people::add(&mut tx, &owner, Some("hash"), T0).await.unwrap();
    assert!(people::owner_exists(&mut tx).await.unwrap());
}

async fn joining_a_team_twice_is_once(db: Db) {
    let mut tx = begin(&db).await;
    let mia = add_person(&mut tx, 1, "Mia").await;
    let team = Team { id: TeamId(id(50)), name: "Returns".into() };
    people::add_team(&mut tx, &team).await.unwrap();
    people::join(&mut tx, team.id, mia.id).await.unwrap();
    people::join(&mut tx, team.id, mia.id).await.unwrap();
    assert_eq!(people::find_team(&mut tx, team.id).await.unwrap(), Some(team.clone()));
    assert_eq!(people::teams(&mut tx).await.unwrap(), [team]);
}

async fn a_session_ends_when_its_time_has_come(db: Db) {
    let mut tx = begin(&db).await;
    sessions::save(&mut tx, "hash", None, "{}", T0 + HOUR).await.unwrap();
    sessions::save(&mut tx, "hash", None, "{\"step\":2}", T0 + 2 * HOUR).await.unwrap();
    let data = sessions::load(&mut tx, "hash", T0 + HOUR).await.unwrap();
    assert_eq!(data.as_deref(), Some("{\"step\":2}"));
    assert_eq!(sessions::load(&mut tx, "hash", T0 + 2 * HOUR).await.unwrap(), None);
    sessions::prune(&mut tx, T0 + 2 * HOUR).await.unwrap();
    assert_eq!(sessions::load(&mut tx, "hash", T0).await.unwrap(), None);
}

async fn the_id_of_a_session_is_used_once(db: Db) {
    let mut tx = begin(&db).await;
    sessions::create(&mut tx, "hash", None, "first", T0 + HOUR).await.unwrap();
    let second = sessions::create(&mut tx, "hash", None, "second", T0 + HOUR).await;
    assert!(matches!(second, Err(Error::Conflict)));
    assert_eq!(sessions::load(&mut tx, "hash", T0).await.unwrap().as_deref(), Some("first"));
    sessions::delete(&mut tx, "hash").await.unwrap();
    assert_eq!(sessions::load(&mut tx, "hash", T0).await.unwrap(), None);
}

async fn signing_out_everywhere_ends_every_session_of_one_person(db: Db) {
    let mut tx = begin(&db).await;
    let (mia, tom) = (add_person(&mut tx, 1, "Mia").await, add_person(&mut tx, 2, "Tom").await);
    for (session, person) in [("laptop", &mia), ("phone", &mia), ("desk", &tom)] {
        sessions::save(&mut tx, session, Some(person.id), "{}", T0 + HOUR).await.unwrap();
    }
    assert_eq!(sessions::delete_of(&mut tx, mia.id).await.unwrap(), 2);
    assert_eq!(sessions::load(&mut tx, "phone", T0).await.unwrap(), None);
    assert!(sessions::load(&mut tx, "desk", T0).await.unwrap().is_some());
}

async fn a_token_is_found_by_its_hash_only(db: Db) {
    for (n, scope) in [(1, Scope::Read), (2, Scope::Write), (3, Scope::Admin)] {
        let mut tx = begin(&db).await;
        let token = NewToken { id: id(n), name: format!("shop {n}"), scope, hash: format!("hash {n}") };
        tokens::add(&mut tx, &token, T0).await.unwrap();
        tokens::used(&mut tx, &token.hash, T0 + HOUR).await.unwrap();
        tx.commit().await.unwrap();
        let found = tokens::by_hash(&db, &token.hash).await.unwrap();
        assert_eq!(found, Some((token.name, scope)));
    }
    assert_eq!(tokens::by_hash(&db, "hash 4").await.unwrap(), None);
}

async fn restrictions_and_teams_come_with_the_person(db: Db) {
    let mut tx = begin(&db).await;
    let tom = add_person(&mut tx, 1, "Tom").await;
    let team = Team { id: TeamId(id(9)), name: "Returns".into() };
    people::add_team(&mut tx, &team).await.unwrap();
    people::join(&mut tx, team.id, tom.id).await.unwrap();
    let bounds = Restrictions { reach: Reach::Team, no_take_over: true, ..Restrictions::default() };
    people::set_restrictions(&mut tx, tom.id, &bounds).await.unwrap();
    let known = Person { restrictions: bounds, teams: vec![team.id], ..tom.clone() };
    assert_eq!(people::find(&mut tx, tom.id).await.unwrap(), Some(known.clone()));
    assert_eq!(people::all(&mut tx).await.unwrap(), vec![known.clone()]);
    assert_eq!(people::by_email(&mut tx, &tom.email).await.unwrap(), Some((known, None)));
}
