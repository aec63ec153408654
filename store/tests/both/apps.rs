//! The apps beside us.

use crate::world::{T0, add_page, begin, open, shop};
use domain::apps::{Colour, KnownApp, Mark, NamedBy, Sighting};
use domain::conversation::control::{Control, Owner};
use domain::{AppId, MINUTE};
use store::{Db, apps, conversations};

on_both!(
    an_app_is_learned_once_and_keeps_what_is_known_of_it,
    facebooks_name_replaces_a_stand_in_and_never_the_teams,
    how_an_app_is_shown_survives,
    an_app_is_seen_per_page_from_its_first_to_its_last_event,
);

fn bot() -> AppId {
    "bot-1".into()
}

async fn an_app_is_learned_once_and_keeps_what_is_known_of_it(db: Db) {
    let mut tx = begin(&db).await;
    assert!(apps::learn(&mut tx, &KnownApp::unnamed(bot())).await.unwrap());
    assert!(!apps::learn(&mut tx, &KnownApp::unnamed(bot())).await.unwrap());
    apps::name_app(&mut tx, &bot(), "Order bot").await.unwrap();
    assert!(!apps::learn(&mut tx, &KnownApp::unnamed(bot())).await.unwrap());
    let known = KnownApp { name: "Order bot".into(), named_by: NamedBy::Team, ..KnownApp::unnamed(bot()) };
    assert_eq!(apps::known(&mut tx, &bot()).await.unwrap(), Some(known.clone()));
    assert_eq!(apps::all(&mut tx).await.unwrap(), [known]);
    assert_eq!(apps::known(&mut tx, &"bot-2".into()).await.unwrap(), None);
}

async fn facebooks_name_replaces_a_stand_in_and_never_the_teams(db: Db) {
    let mut tx = begin(&db).await;
    apps::learn(&mut tx, &KnownApp::unnamed(bot())).await.unwrap();
    assert!(apps::named_by_meta(&mut tx, &bot(), "OrderBot Inc").await.unwrap());
    assert!(!apps::named_by_meta(&mut tx, &bot(), "OrderBot Inc").await.unwrap());
    assert!(apps::named_by_meta(&mut tx, &bot(), "OrderBot Ltd").await.unwrap());
    apps::name_app(&mut tx, &bot(), "Order bot").await.unwrap();
    assert!(!apps::named_by_meta(&mut tx, &bot(), "OrderBot Inc").await.unwrap());
    assert_eq!(apps::known(&mut tx, &bot()).await.unwrap().unwrap().name, "Order bot");
}

async fn how_an_app_is_shown_survives(db: Db) {
    let mut tx = begin(&db).await;
    let shown = KnownApp {
        app: bot(),
        name: "Order bot".into(),
        colour: Colour::Teal,
        icon: Mark::Package,
        named_by: NamedBy::Team,
    };
    assert!(!apps::show(&mut tx, &shown).await.unwrap());
    apps::learn(&mut tx, &KnownApp::unnamed(bot())).await.unwrap();
    assert!(apps::show(&mut tx, &shown).await.unwrap());
    apps::name_app(&mut tx, &bot(), "Orders").await.unwrap();
    let known = apps::known(&mut tx, &bot()).await.unwrap().unwrap();
    assert_eq!(known, KnownApp { name: "Orders".into(), ..shown });
}

async fn an_app_is_seen_per_page_from_its_first_to_its_last_event(db: Db) {
    let mut tx = begin(&db).await;
    add_page(&mut tx, &"page-2".into(), "Another").await;
    apps::learn(&mut tx, &KnownApp::unnamed(bot())).await.unwrap();
    for (at, messages) in [(T0 + MINUTE, 1), (T0, 1), (T0 + 3 * MINUTE, 0)] {
        apps::seen(&mut tx, &shop(), &bot(), at, messages).await.unwrap();
    }
    apps::seen(&mut tx, &"page-2".into(), &bot(), T0 + MINUTE, 1).await.unwrap();
    let mut record = open(&mut tx, 1).await;
    record.standing.control = Control { owner: Owner::Bot(bot()), ..Control::default() };
    conversations::save(&mut tx, &mut record).await.unwrap();
    let seen = apps::sightings(&mut tx).await.unwrap();
    let here = Sighting {
        page_id: shop(),
        page_name: "Sock Shop".into(),
        app: bot(),
        first_at: T0,
        last_at: T0 + 3 * MINUTE,
        messages: 2,
        holds: 1,
    };
    assert_eq!(seen[0], here);
    assert_eq!((seen[1].page_name.as_str(), seen[1].messages, seen[1].holds), ("Another", 1, 0));
}
