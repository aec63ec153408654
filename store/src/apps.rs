//! Meta apps: ours with their secrets, and those beside us with how the team shows them and where they were seen.

use crate::{Error, Result, Tx, text};
use domain::apps::{KnownApp, Sighting};
use domain::{AppId, PageId, Timestamp};

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
    /// What is already known of an app stays: a name from nobody is worth less than any other.
    LEARN = "
        insert into known_app (id, name, colour, icon, named_by) values ($1, $2, $3, $4, $5)
        on conflict (id) do nothing";
    /// Facebook may rename an app, unless the team calls it something else.
    NAMED_BY_META = "
        update known_app set name = $2, named_by = 'meta'
        where id = $1 and named_by <> 'team' and (name <> $2 or named_by <> 'meta')";
    NAMED_BY_TEAM = "
        insert into known_app (id, name, colour, icon, named_by) values ($1, $2, $3, $4, 'team')
        on conflict (id) do update set name = excluded.name, named_by = 'team'";
    SHOW = "
        update known_app set name = $2, colour = $3, icon = $4, named_by = $5 where id = $1";
    KNOWN = "select id, name, colour, icon, named_by from known_app where id = $1";
    ALL = "select id, name, colour, icon, named_by from known_app order by name, id";
    SEEN = "
        insert into app_seen (page_id, app_id, first_at, last_at, messages) values ($1, $2, $3, $3, $4)
        on conflict (page_id, app_id) do update set
            first_at = case when excluded.first_at < app_seen.first_at then excluded.first_at else app_seen.first_at end,
            last_at = case when excluded.last_at > app_seen.last_at then excluded.last_at else app_seen.last_at end,
            messages = app_seen.messages + excluded.messages";
    SIGHTINGS = "
        select s.page_id, p.name as page_name, s.app_id, s.first_at, s.last_at, s.messages,
            (select count(*) from conversation c
             where c.page_id = s.page_id and c.owner = 'bot' and c.owner_app = s.app_id) as holds
        from app_seen s
        join page p on p.id = s.page_id
        order by s.last_at desc, s.app_id, s.page_id";
}

#[derive(sqlx::FromRow)]
struct KnownRow {
    id: String,
    name: String,
    colour: String,
    icon: String,
    named_by: String,
}

impl TryFrom<KnownRow> for KnownApp {
    type Error = Error;
    fn try_from(row: KnownRow) -> Result<Self> {
        Ok(Self {
            app: row.id.into(),
            name: row.name,
            colour: text::word("known_app", &row.colour)?,
            icon: text::word("known_app", &row.icon)?,
            named_by: text::word("known_app", &row.named_by)?,
        })
    }
}

#[derive(sqlx::FromRow)]
struct SightingRow {
    page_id: String,
    page_name: String,
    app_id: String,
    first_at: i64,
    last_at: i64,
    messages: i64,
    holds: i64,
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

/// Keeps an app nobody knew. `false` when it is known, which changes nothing.
pub async fn learn(tx: &mut Tx, app: &KnownApp) -> Result<bool> {
    let (id, name) = (app.app.as_str(), app.name.as_str());
    let (colour, icon, by) = (app.colour.as_str(), app.icon.as_str(), app.named_by.as_str());
    Ok(execute!(tx, LEARN, id, name, colour, icon, by) == 1)
}

/// Gives a known app the name Facebook has for it, unless the team named it. Answers whether that is news.
pub async fn named_by_meta(tx: &mut Tx, id: &AppId, name: &str) -> Result<bool> {
    Ok(execute!(tx, NAMED_BY_META, id.as_str(), name) == 1)
}

/// Gives an app the name the team calls it by; how it is drawn stays.
pub async fn name_app(tx: &mut Tx, id: &AppId, name: &str) -> Result<()> {
    let new = KnownApp::unnamed(id.clone());
    execute!(tx, NAMED_BY_TEAM, id.as_str(), name, new.colour.as_str(), new.icon.as_str());
    Ok(())
}

/// Keeps how a known app is shown. `false` when there is no such app.
pub async fn show(tx: &mut Tx, app: &KnownApp) -> Result<bool> {
    let (id, name) = (app.app.as_str(), app.name.as_str());
    let (colour, icon, by) = (app.colour.as_str(), app.icon.as_str(), app.named_by.as_str());
    Ok(execute!(tx, SHOW, id, name, colour, icon, by) == 1)
}

/// One known app.
pub async fn known(tx: &mut Tx, id: &AppId) -> Result<Option<KnownApp>> {
    let row: Option<KnownRow> = fetch_optional!(tx, KNOWN, id.as_str());
    row.map(KnownApp::try_from).transpose()
}

/// Every known app, by name.
pub async fn all(tx: &mut Tx) -> Result<Vec<KnownApp>> {
    let rows: Vec<KnownRow> = fetch_all!(tx, ALL);
    rows.into_iter().map(KnownApp::try_from).collect()
}

/// Notes that a known app did something on a page, and how many messages it wrote by that.
pub async fn seen(tx: &mut Tx, page: &PageId, id: &AppId, at: Timestamp, messages: i64) -> Result<()> {
    execute!(tx, SEEN, page.as_str(), id.as_str(), at.ms(), messages);
    Ok(())
}

/// What each app did on each page, the most recent first.
pub async fn sightings(tx: &mut Tx) -> Result<Vec<Sighting>> {
    let rows: Vec<SightingRow> = fetch_all!(tx, SIGHTINGS);
    let sighting = |row: SightingRow| Sighting {
        page_id: row.page_id.into(),
        page_name: row.page_name,
        app: row.app_id.into(),
        first_at: Timestamp(row.first_at),
        last_at: Timestamp(row.last_at),
        messages: row.messages,
        holds: row.holds,
    };
    Ok(rows.into_iter().map(sighting).collect())
}
