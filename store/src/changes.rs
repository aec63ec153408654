//! The numbered live log. Numbers rise by one in the order of commits, so that whoever has read up to a number has
//! missed nothing before it.

use crate::db::Pools;
use crate::{Db, Result, Tx, text};
use domain::Timestamp;
use domain::live::{Audience, Change};
use sqlx::postgres::PgListener;

/// Where nodes on PostgreSQL tell each other that there is something to read.
const CHANNEL: &str = "baton_changes";

statements! {
    /// The row stays locked until commit: the next writer gets the next number only when ours are visible.
    TAKE_NUMBERS = "update counter set n = n + $1 where name = 'change' returning n";
    AFTER = "select n, body, audience from change where n > $1 order by n limit $2";
    LAST = "select n from counter where name = 'change'";
    OLDEST = "select min(n) from change";
    PRUNE = "delete from change where at < $1";
    FORGET_ALL = "delete from change";
    LEAP = "update counter set n = n + 1000000 where name = 'change'";
}

const APPEND: &str = "insert into change (n, at, body, audience) ";

/// A change as the log holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub n: i64,
    /// The frame browsers get.
    pub frame: String,
    /// Who may hear it; nothing means everybody.
    pub audience: Option<Audience>,
}

/// Appends changes, each with who may hear it, and answers the number of the last. Call it last before commit: every
/// other writer waits from here on.
pub async fn append(tx: &mut Tx, changes: &[(Change, Option<Audience>)], now: Timestamp) -> Result<i64> {
    let count = i64::try_from(changes.len()).expect("a list in memory is countable");
    let (last,): (i64,) = fetch_one!(tx, TAKE_NUMBERS, count);
    let row = |(n, (change, audience)): (i64, &(Change, Option<Audience>))| {
        let body = text::write("change", change)?;
        let audience = audience.as_ref().map(|audience| text::write("change", audience)).transpose()?;
        Ok((n, body, audience))
    };
    let rows = (last - count + 1..).zip(changes).map(row).collect::<Result<Vec<_>>>()?;
    insert_all!(tx, APPEND, &rows, |(n, body, audience)| *n, now.ms(), body.as_str(), audience.as_deref());
    Ok(last)
}

/// The changes after a number, oldest first.
pub async fn after(tx: &mut Tx, n: i64, limit: i64) -> Result<Vec<Entry>> {
    let rows: Vec<(i64, String, Option<String>)> = fetch_all!(tx, AFTER, n, limit);
    rows.into_iter()
        .map(|(n, body, audience)| {
            let audience = audience.map(|audience| text::read("change", &audience)).transpose()?;
            Ok(Entry { n, frame: format!(r#"{{"n":{n},"change":{body}}}"#), audience })
        })
        .collect()
}

/// The numbers of the oldest and the newest change kept. Whoever has read less than the oldest but one must read
/// everything anew. With nothing kept the oldest is the next to come.
pub async fn bounds(tx: &mut Tx) -> Result<(i64, i64)> {
    let newest = last(tx).await?;
    let (oldest,): (Option<i64>,) = fetch_one!(tx, OLDEST);
    Ok((oldest.unwrap_or(newest + 1), newest))
}

/// The number of the last change; 0 before the first.
pub async fn last(tx: &mut Tx) -> Result<i64> {
    let (n,): (i64,) = fetch_one!(tx, LAST);
    Ok(n)
}

/// Forgets the changes before a moment. Answers how many.
pub async fn prune(tx: &mut Tx, before: Timestamp) -> Result<u64> {
    Ok(execute!(tx, PRUNE, before.ms()))
}

/// Starts the log anew, far beyond every number that was ever seen: whoever followed the old one loads again.
pub async fn start_anew(tx: &mut Tx) -> Result<()> {
    execute!(tx, FORGET_ALL);
    execute!(tx, LEAP);
    Ok(())
}

/// Tells other nodes that there are changes up to a number. Call it after commit; with the embedded database there
/// is nobody to tell.
pub async fn notify(db: &Db, n: i64) -> Result<()> {
    if let Pools::Postgres(pool) = &db.pools {
        sqlx::query("select pg_notify($1, $2)").bind(CHANNEL).bind(n.to_string()).execute(pool).await?;
    }
    Ok(())
}

/// Hears of changes other nodes have appended.
#[derive(Debug)]
pub struct Listener {
    /// Nothing with the embedded database, which has no other nodes.
    notices: Option<PgListener>,
}

impl Listener {
    /// Begins to listen; keeps one connection.
    pub(crate) async fn start(db: &Db) -> Result<Self> {
        let Pools::Postgres(pool) = &db.pools else {
            return Ok(Self { notices: None });
        };
        let mut notices = PgListener::connect_with(pool).await?;
        notices.listen(CHANNEL).await?;
        Ok(Self { notices: Some(notices) })
    }

    /// Waits until there may be changes to read. Also wakes when the connection was lost and is there again, because
    /// notices may have been missed. Never wakes with the embedded database.
    pub async fn wake(&mut self) -> Result<()> {
        match &mut self.notices {
            Some(notices) => notices.try_recv().await.map(drop)?,
            None => std::future::pending().await,
        }
        Ok(())
    }
}
