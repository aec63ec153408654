//! Meta apps: ours with their secrets, and the names the team gives to all of them.

use crate::{Result, Tx};
use domain::AppId;
use domain::page::KnownApp;

/// A Meta app of ours. Both secrets come and go sealed; only the server can read them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MetaApp {
    pub id: AppId,
    pub app_secret: String,
    pub verify_token: String,
    /// What Meta calls it, once it was asked.
    pub name: Option<String>,
}

statements! {
    PUT = "
        insert into meta_app (id, app_secret, verify_token) values ($1, $2, $3)
        on conflict (id) do update set app_secret = excluded.app_secret, verify_token = excluded.verify_token";
    FIND = "select id, app_secret, verify_token, name from meta_app where id = $1";
    OURS = "select id, app_secret, verify_token, name from meta_app order by id";
    NAME_OURS = "update meta_app set name = $2 where id = $1";
    NAME = "
        insert into known_app (id, name) values ($1, $2)
        on conflict (id) do update set name = excluded.name";
    NAME_UNLESS_KNOWN = "insert into known_app (id, name) values ($1, $2) on conflict (id) do nothing";
    NAMES = "select id, name from known_app order by name, id";
}

/// Keeps an app's sealed secrets, replacing the ones before.
pub async fn put(tx: &mut Tx, id: &AppId, app_secret: &str, verify_token: &str) -> Result<()> {
    execute!(tx, PUT, id.as_str(), app_secret, verify_token);
    Ok(())
}

/// One of our apps.
pub async fn find(tx: &mut Tx, id: &AppId) -> Result<Option<MetaApp>> {
    let row: Option<Row> = fetch_optional!(tx, FIND, id.as_str());
    Ok(row.map(meta_app))
}

/// Every app of ours.
pub async fn ours(tx: &mut Tx) -> Result<Vec<MetaApp>> {
    let rows: Vec<Row> = fetch_all!(tx, OURS);
    Ok(rows.into_iter().map(meta_app).collect())
}

/// Notes what Meta calls an app of ours.
pub async fn name_ours(tx: &mut Tx, id: &AppId, name: &str) -> Result<()> {
    execute!(tx, NAME_OURS, id.as_str(), name);
    Ok(())
}

type Row = (String, String, String, Option<String>);

fn meta_app((id, app_secret, verify_token, name): Row) -> MetaApp {
    MetaApp { id: id.into(), app_secret, verify_token, name }
}

/// Gives an app the name screens show.
pub async fn name_app(tx: &mut Tx, id: &AppId, name: &str) -> Result<()> {
    execute!(tx, NAME, id.as_str(), name);
    Ok(())
}

/// Names an app unless it has a name.
pub async fn name_unless_known(tx: &mut Tx, id: &AppId, name: &str) -> Result<()> {
    execute!(tx, NAME_UNLESS_KNOWN, id.as_str(), name);
    Ok(())
}

/// Every app with a name, by name.
pub async fn names(tx: &mut Tx) -> Result<Vec<KnownApp>> {
    let rows: Vec<(String, String)> = fetch_all!(tx, NAMES);
    Ok(rows.into_iter().map(|(app, name)| KnownApp { app: app.into(), name }).collect())
}
