//! Connected pages, their sealed tokens and their health.

use crate::{Error, Result, Tx, text};
use domain::page::rhythm::Rhythm;
use domain::page::{self, Alarm, Checkup, Health, Page, PolicyWarning, Quiet, SelfTest};
use domain::routing::check::Mode;
use domain::routing::sign::Signs;
use domain::view::PageView;
use domain::{PageId, Timestamp};

/// A page with what is needed to work for it.
#[derive(Clone, Debug, PartialEq)]
pub struct PageRecord {
    pub page: Page,
    /// Sealed; only the server can read it.
    pub access_token: String,
    /// When Meta last sent anything about this page.
    pub last_event_at: Option<Timestamp>,
    /// When Meta last took a message of ours.
    pub last_sent_at: Option<Timestamp>,
    /// What Meta said when it was last asked about our access.
    pub checkup: Option<Checkup>,
    /// The silence that somebody should look at.
    pub quiet: Option<Quiet>,
    /// What Meta last warned about, until somebody has dealt with it.
    pub warning: Option<PolicyWarning>,
}

impl PageRecord {
    /// How the page decides who gets a conversation: what its signs show, or else what Meta said when it was checked.
    pub fn mode(&self, signs: &Signs) -> Mode {
        let said = self.checkup.as_ref().map_or(page::Mode::Unknown, |checkup| checkup.mode);
        Mode::of_page(signs, said)
    }

    /// What is to be put right at this moment, the most pressing first.
    pub fn alarms(&self, now: Timestamp) -> Vec<Alarm> {
        Alarm::all(self.checkup.as_ref(), self.quiet.as_ref(), self.warning.as_ref(), now)
    }

    /// The page as everybody of the team sees it.
    pub fn view(&self, now: Timestamp) -> PageView {
        let Page { id, name, health, .. } = self.page.clone();
        PageView { id, name, health, alarms: self.alarms(now) }
    }
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
        select id, name, app_id, access_token, health_state, health_reason, health_since, heard_at, sent_at,
            checkup, quiet, warning
        from page left join page_pulse on page_id = id where id = $1";
    ALL = "
        select id, name, app_id, access_token, health_state, health_reason, health_since, heard_at, sent_at,
            checkup, quiet, warning
        from page left join page_pulse on page_id = id order by name, id";
    /// A page that stays disconnected keeps the moment it was lost.
    SET_HEALTH = "
        update page set
            health_since = case when health_state = $2 then health_since else $4 end,
            health_state = $2, health_reason = $3
        where id = $1 and (health_state <> $2 or coalesce(health_reason, '') <> coalesce($3, ''))";
    RENAME = "update page set name = $2 where id = $1 and name <> $2";
    SET_CHECKUP = "update page set checkup = $2 where id = $1";
    SET_QUIET = "update page set quiet = $2 where id = $1";
    SET_WARNING = "update page set warning = $2 where id = $1";
    SELF_TEST = "select self_test from page where id = $1";
    SET_SELF_TEST = "update page set self_test = $2 where id = $1";
    FORGET_TOKEN = "update page set access_token = '' where id = $1";
    FILLED_UNTIL = "select filled_until from page_pulse where page_id = $1";
    SET_FILLED = "
        insert into page_pulse (page_id, filled_until) values ($1, $2)
        on conflict (page_id) do update set filled_until = excluded.filled_until";
    RHYTHM = "select rhythm from page_rhythm where page_id = $1";
    SET_RHYTHM = "
        insert into page_rhythm (page_id, rhythm) values ($1, $2)
        on conflict (page_id) do update set rhythm = excluded.rhythm";
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
    heard_at: Option<i64>,
    sent_at: Option<i64>,
    checkup: Option<String>,
    quiet: Option<String>,
    warning: Option<String>,
}

impl TryFrom<Row> for PageRecord {
    type Error = Error;
    fn try_from(row: Row) -> Result<Self> {
        let health = match (row.health_state.as_str(), row.health_since, row.health_reason) {
            ("connected", None, None) => Health::Connected,
            ("paused", Some(since), Some(by)) => Health::Paused { since: Timestamp(since), by },
            ("disconnected", Some(since), Some(reason)) => {
                Health::Disconnected { since: Timestamp(since), reason }
            }
            ("removed", Some(since), Some(by)) => Health::Removed { since: Timestamp(since), by },
            (state, ..) => {
                return Err(Error::Inconsistent { table: "page", what: format!("health {state}") });
            }
        };
        let page = Page { id: row.id.into(), name: row.name, app: row.app_id.into(), health };
        // What an older version wrote and this one cannot read is asked for again.
        let checkup = row.checkup.and_then(|text| text::read("page", &text).ok());
        let quiet = row.quiet.and_then(|text| text::read("page", &text).ok());
        let warning = row.warning.and_then(|text| text::read("page", &text).ok());
        Ok(Self {
            page,
            access_token: row.access_token,
            last_event_at: row.heard_at.map(Timestamp),
            last_sent_at: row.sent_at.map(Timestamp),
            checkup,
            quiet,
            warning,
        })
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

/// Notes what a page is called. `false` when it is called so already.
pub async fn rename(tx: &mut Tx, id: &PageId, name: &str) -> Result<bool> {
    Ok(execute!(tx, RENAME, id.as_str(), name) == 1)
}

/// Keeps what Meta said about our access.
pub async fn set_checkup(tx: &mut Tx, id: &PageId, checkup: &Checkup) -> Result<()> {
    execute!(tx, SET_CHECKUP, id.as_str(), &text::write("page", checkup)?);
    Ok(())
}

/// Keeps a silence that somebody should look at, or ends it.
pub async fn set_quiet(tx: &mut Tx, id: &PageId, quiet: Option<&Quiet>) -> Result<()> {
    let quiet = quiet.map(|quiet| text::write("page", quiet)).transpose()?;
    execute!(tx, SET_QUIET, id.as_str(), quiet.as_deref());
    Ok(())
}

/// Keeps what Meta warned a page about, or forgets it.
pub async fn set_warning(tx: &mut Tx, id: &PageId, warning: Option<&PolicyWarning>) -> Result<()> {
    let warning = warning.map(|warning| text::write("page", warning)).transpose()?;
    execute!(tx, SET_WARNING, id.as_str(), warning.as_deref());
    Ok(())
}

/// Forgets a page's token.
pub async fn forget_token(tx: &mut Tx, id: &PageId) -> Result<()> {
    execute!(tx, FORGET_TOKEN, id.as_str());
    Ok(())
}

/// Until when Meta's history was compared with ours; nothing before the first time.
pub async fn filled_until(tx: &mut Tx, id: &PageId) -> Result<Option<Timestamp>> {
    let row: Option<(Option<i64>,)> = fetch_optional!(tx, FILLED_UNTIL, id.as_str());
    Ok(row.and_then(|(at,)| at).map(Timestamp))
}

/// Notes that Meta's history was compared with ours up to a moment.
pub async fn set_filled(tx: &mut Tx, id: &PageId, until: Timestamp) -> Result<()> {
    execute!(tx, SET_FILLED, id.as_str(), until.ms());
    Ok(())
}

/// The newest test of a page by hand.
pub async fn self_test(tx: &mut Tx, id: &PageId) -> Result<Option<SelfTest>> {
    let row: Option<(Option<String>,)> = fetch_optional!(tx, SELF_TEST, id.as_str());
    row.and_then(|(text,)| text).map(|text| text::read("page", &text)).transpose()
}

/// Begins a test by hand, or forgets it.
pub async fn set_self_test(tx: &mut Tx, id: &PageId, test: Option<&SelfTest>) -> Result<()> {
    let test = test.map(|test| text::write("page", test)).transpose()?;
    execute!(tx, SET_SELF_TEST, id.as_str(), test.as_deref());
    Ok(())
}

/// How lively a page usually is; nothing before the first hour was learned.
pub async fn rhythm(tx: &mut Tx, id: &PageId) -> Result<Option<Rhythm>> {
    let row: Option<(String,)> = fetch_optional!(tx, RHYTHM, id.as_str());
    row.map(|(text,)| text::read("page_rhythm", &text)).transpose()
}

/// Keeps what was learned about a page.
pub async fn set_rhythm(tx: &mut Tx, id: &PageId, rhythm: &Rhythm) -> Result<()> {
    execute!(tx, SET_RHYTHM, id.as_str(), &text::write("page_rhythm", rhythm)?);
    Ok(())
}

fn columns(health: &Health) -> (&'static str, Option<&str>, Option<i64>) {
    match health {
        Health::Connected => ("connected", None, None),
        Health::Paused { since, by } => ("paused", Some(by), Some(since.ms())),
        Health::Disconnected { since, reason } => ("disconnected", Some(reason), Some(since.ms())),
        Health::Removed { since, by } => ("removed", Some(by), Some(since.ms())),
    }
}
