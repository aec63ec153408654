use crate::world::{T0, add_page, begin, shop};
use domain::MINUTE;
use domain::page::{Health, Page};
use store::{Db, apps, pages};

on_both!(
    secrets_come_back_as_they_were_put,
    connecting_again_replaces_the_token_and_keeps_the_history,
    losing_a_page_is_news_once,
);

fn lost(minute: i64, reason: &str) -> Health {
    Health::Disconnected { since: T0 + minute * MINUTE, reason: reason.into() }
}

async fn secrets_come_back_as_they_were_put(db: Db) {
    let mut tx = begin(&db).await;
    apps::put(&mut tx, &"app-1".into(), "new secret", "new token").await.unwrap();
    let app = apps::find(&mut tx, &"app-1".into()).await.unwrap().unwrap();
    assert_eq!((app.app_secret.as_str(), app.verify_token.as_str()), ("new secret", "new token"));
    assert_eq!(apps::find(&mut tx, &"app-2".into()).await.unwrap(), None);
}

async fn connecting_again_replaces_the_token_and_keeps_the_history(db: Db) {
    let mut tx = begin(&db).await;
    add_page(&mut tx, &"page-2".into(), "Another").await;
    tx.heard(&shop(), T0 + MINUTE);
    tx.commit().await.unwrap();
    let mut tx = db.begin().await.unwrap();
    tx.heard(&shop(), T0);
    tx.commit().await.unwrap();
    let mut tx = db.begin().await.unwrap();
    pages::set_health(&mut tx, &shop(), &lost(1, "expired")).await.unwrap();
    let page = Page { id: shop(), name: "Socks".into(), app: "app-1".into(), health: Health::Connected };
    pages::put(&mut tx, &page, "another token", T0).await.unwrap();
    let found = pages::find(&mut tx, &shop()).await.unwrap().unwrap();
    assert_eq!((found.page, found.access_token.as_str()), (page, "another token"));
    assert_eq!(found.last_event_at, Some(T0 + MINUTE));
    let names: Vec<_> = pages::all(&mut tx).await.unwrap().into_iter().map(|page| page.page.name).collect();
    assert_eq!(names, ["Another", "Socks"]);
}

async fn losing_a_page_is_news_once(db: Db) {
    let mut tx = begin(&db).await;
    assert!(!pages::set_health(&mut tx, &shop(), &Health::Connected).await.unwrap());
    assert!(pages::set_health(&mut tx, &shop(), &lost(1, "expired")).await.unwrap());
    assert!(!pages::set_health(&mut tx, &shop(), &lost(2, "expired")).await.unwrap());
    assert!(pages::set_health(&mut tx, &shop(), &lost(3, "restricted")).await.unwrap());
    let found = pages::find(&mut tx, &shop()).await.unwrap().unwrap();
    assert_eq!(found.page.health, lost(1, "restricted"));
    assert!(pages::set_health(&mut tx, &shop(), &Health::Connected).await.unwrap());
    assert_eq!(pages::find(&mut tx, &shop()).await.unwrap().unwrap().page.health, Health::Connected);
}
