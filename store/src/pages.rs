//! Connected pages, their sealed tokens and their health.

use crate::{Error, Result, Tx};
use domain::page::{Health, Page};
use domain::{PageId, Timestamp};

/// A page with what is needed to work for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageRecord {
    pub page: Page,
    /// Sealed; only the server can read it.
    pub access_token: String,
    /// When Meta last sent anything about this page.
    pub last_event_at: Option<Timestamp>,
}

statements! {
    /// Connecting a page again keeps everything that happened on it.
    PUT = "
        insert into page (id, name, app_id, access_token, health_state, health_reason, health_since, created_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8)
        on conflict (id) do update set
            name = excluded.name, app_id = excluded.app_id, access_token = excluded.access_token,
            health_state = excluded.health_state, health_reason = excluded.health_reason,
            health_since = excluded.health_since";
    FIND = "
        select id, name, app_id, access_token, health_state, health_reason, health_since, last_event_at
        from page where id = $1";
    ALL = "
        select id, name, app_id, access_token, health_state, health_reason, health_since, last_event_at
        from page order by name, id";
    /// A page that stays disconnected keeps the moment it was lost.
    SET_HEALTH = "
        update page set
            health_since = case when health_state = $2 then health_since else $4 end,
            health_state = $2, health_reason = $3
        where id = $1 and (health_state <> $2 or coalesce(health_reason, '') <> coalesce($3, ''))";
    HEARD = "
        update page set last_event_at = $2
        where id = $1 and (last_event_at is null or last_event_at < $2)";
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    name: String,
    app_id: String,
    access_token: String,
    health_state: String,
    health_reason: Option<String>,
    health_since: Option<i64>,
    last_event_at: Option<i64>,
}

impl TryFrom<Row> for PageRecord {
    type Error = Error;
    fn try_from(row: Row) -> Result<Self> {
        let health = match (row.health_state.as_str(), row.health_since, row.health_reason) {
            ("connected", None, None) => Health::Connected,
            ("disconnected", Some(since), Some(reason)) => {
                Health::Disconnected { since: Timestamp(since), reason }
            }
            (state, ..) => {
                return Err(Error::Inconsistent { table: "page", what: format!("health {state}") });
            }
        };
        let page = Page { id: row.id.into(), name: row.name, app: row.app_id.into(), health };
        Ok(Self { page, access_token: row.access_token, last_event_at: row.last_event_at.map(Timestamp) })
    }
}

/// Connects a page, or connects it again with another token. Its app must be stored first.
pub async fn put(tx: &mut Tx, page: &Page, access_token: &str, now: Timestamp) -> Result<()> {
    let (state, reason, since) = columns(&page.health);
    let (id, app) = (page.id.as_str(), page.app.as_str());
    execute!(tx, PUT, id, page.name.as_str(), app, access_token, state, reason, since, now.ms());
    Ok(())
}

/// One page.
pub async fn find(tx: &mut Tx, id: &PageId) -> Result<Option<PageRecord>> {
    let row: Option<Row> = fetch_optional!(tx, FIND, id.as_str());
    row.map(PageRecord::try_from).transpose()
}

/// Every page, by name.
pub async fn all(tx: &mut Tx) -> Result<Vec<PageRecord>> {
    let rows: Vec<Row> = fetch_all!(tx, ALL);
    rows.into_iter().map(PageRecord::try_from).collect()
}

/// Notes whether messages of a page can leave. Answers whether that is news.
pub async fn set_health(tx: &mut Tx, id: &PageId, health: &Health) -> Result<bool> {
    let (state, reason, since) = columns(health);
    Ok(execute!(tx, SET_HEALTH, id.as_str(), state, reason, since) == 1)
}

/// Notes that Meta sent something about a page.
pub async fn heard(tx: &mut Tx, id: &PageId, at: Timestamp) -> Result<()> {
    execute!(tx, HEARD, id.as_str(), at.ms());
    Ok(())
}

fn columns(health: &Health) -> (&'static str, Option<&str>, Option<i64>) {
    match health {
        Health::Connected => ("connected", None, None),
        Health::Disconnected { since, reason } => ("disconnected", Some(reason), Some(since.ms())),
    }
}
