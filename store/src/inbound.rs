//! What Meta sent, byte for byte: durable before Meta is answered, read afterwards.
//!
//! What cannot be read is parked with the reason, out of the way of its neighbours.

use crate::sql::in_sizes;
use crate::{Result, Tx, db::Inner};
use bytes::Bytes;
use domain::page::ledger::Kind;
use domain::{AppId, PageId, Timestamp};
use sqlx::{Database, Encode, QueryBuilder, Type};
use uuid::Uuid;

/// A body whose signature was right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewBody {
    /// Made when it came; bodies that came at one instant are read in the order of their ids.
    pub id: Uuid,
    pub app: AppId,
    pub body: Bytes,
}

/// A body to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Body {
    pub id: Uuid,
    pub app: AppId,
    pub body: Vec<u8>,
    pub received_at: Timestamp,
}

/// Something Meta sent that could not be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parked {
    pub id: Uuid,
    /// The body it was part of, as long as that is kept.
    pub inbound: Option<Uuid>,
    pub page: Option<PageId>,
    /// The item as it came.
    pub item: String,
    pub reason: String,
    pub at: Timestamp,
}

/// Rows of one insert; PostgreSQL takes at most 65 535 values in a statement.
const ROWS: usize = 1_000;

statements! {
    BODY = "select body from inbound where id = $1";
    /// One node reads at a time, so that the items of a conversation keep their order. The lock ends with the
    /// transaction.
    MAY_READ = {
        sqlite: "select true",
        postgres: "select pg_try_advisory_xact_lock(4701886105)",
    };
    NEXT = "
        select id, app_id, body, received_at from inbound
        where state = 'new' order by received_at, id limit $1";
    PRUNE = "delete from inbound where state = 'done' and received_at < $1";
    WAITING = "select count(*) from inbound where state = 'new'";
    PARK = "
        insert into parked (id, inbound_id, page_id, item, reason, at) values ($1, $2, $3, $4, $5, $6)";
    PARKED = "
        select id, inbound_id, page_id, item, reason, at from parked order by at desc, id desc limit $1";
}

#[derive(sqlx::FromRow)]
struct ParkedRow {
    id: Uuid,
    inbound_id: Option<Uuid>,
    page_id: Option<String>,
    item: String,
    reason: String,
    at: i64,
}

impl From<ParkedRow> for Parked {
    fn from(row: ParkedRow) -> Self {
        Self {
            id: row.id,
            inbound: row.inbound_id,
            page: row.page_id.map(PageId),
            item: row.item,
            reason: row.reason,
            at: Timestamp(row.at),
        }
    }
}

/// Keeps bodies. They are safe once the transaction has committed, not before.
pub async fn put(tx: &mut Tx, bodies: &[NewBody], now: Timestamp) -> Result<()> {
    for body in bodies {
        tx.count_of(body.app.as_str(), now, Kind::Bodies, 1);
    }
    for some in bodies.chunks(ROWS) {
        match &mut tx.inner {
            Inner::Sqlite(tx) => insert(some, now).build().execute(&mut **tx).await.map(drop)?,
            Inner::Postgres(tx) => insert(some, now).build().execute(&mut **tx).await.map(drop)?,
        }
    }
    Ok(())
}

/// The bodies that came first and are not read yet. Nothing while another node reads.
pub async fn next(tx: &mut Tx, limit: i64) -> Result<Vec<Body>> {
    let (may_read,): (bool,) = fetch_one!(tx, MAY_READ);
    if !may_read {
        return Ok(Vec::new());
    }
    let rows: Vec<(Uuid, String, Vec<u8>, i64)> = fetch_all!(tx, NEXT, limit);
    let body = |(id, app, body, at): (_, String, _, _)| Body {
        id,
        app: app.into(),
        body,
        received_at: Timestamp(at),
    };
    Ok(rows.into_iter().map(body).collect())
}

/// Notes that bodies were read. They are kept until [`prune`].
pub async fn done(tx: &mut Tx, bodies: &[Body]) -> Result<()> {
    for some in in_sizes(bodies) {
        let read: Vec<(Uuid,)> = match &mut tx.inner {
            Inner::Sqlite(tx) => settle(some).build_query_as().fetch_all(&mut **tx).await?,
            Inner::Postgres(tx) => settle(some).build_query_as().fetch_all(&mut **tx).await?,
        };
        for body in some.iter().filter(|body| read.contains(&(body.id,))) {
            tx.count_of(body.app.as_str(), body.received_at, Kind::BodiesRead, 1);
        }
    }
    Ok(())
}

/// Forgets bodies that were read and came before a moment. Answers how many.
pub async fn prune(tx: &mut Tx, before: Timestamp) -> Result<u64> {
    Ok(execute!(tx, PRUNE, before.ms()))
}

/// A body as it came, for as long as it is kept.
pub async fn body(tx: &mut Tx, id: Uuid) -> Result<Option<Vec<u8>>> {
    let row: Option<(Vec<u8>,)> = fetch_optional!(tx, BODY, id);
    Ok(row.map(|(body,)| body))
}

/// How many bodies wait to be read.
pub async fn waiting(tx: &mut Tx) -> Result<i64> {
    let (waiting,): (i64,) = fetch_one!(tx, WAITING);
    Ok(waiting)
}

/// Puts something aside that could not be used.
pub async fn park(tx: &mut Tx, parked: &Parked) -> Result<()> {
    let page = parked.page.as_ref().map(PageId::as_str);
    let (item, reason) = (parked.item.as_str(), parked.reason.as_str());
    execute!(tx, PARK, parked.id, parked.inbound, page, item, reason, parked.at.ms());
    Ok(())
}

/// What was put aside, newest first.
pub async fn parked(tx: &mut Tx, limit: i64) -> Result<Vec<Parked>> {
    let rows: Vec<ParkedRow> = fetch_all!(tx, PARKED, limit);
    Ok(rows.into_iter().map(Parked::from).collect())
}

fn settle<DB: Database>(bodies: &[Body]) -> QueryBuilder<DB>
where
    Uuid: for<'q> Encode<'q, DB> + Type<DB>,
{
    let mut query = QueryBuilder::new("update inbound set state = 'done' where state = 'new' and id in (");
    let mut ids = query.separated(", ");
    for body in bodies {
        ids.push_bind(body.id);
    }
    query.push(") returning id");
    query
}

fn insert<DB: Database>(bodies: &[NewBody], now: Timestamp) -> QueryBuilder<DB>
where
    Uuid: for<'q> Encode<'q, DB> + Type<DB>,
    String: for<'q> Encode<'q, DB> + Type<DB>,
    Vec<u8>: for<'q> Encode<'q, DB> + Type<DB>,
    i64: for<'q> Encode<'q, DB> + Type<DB>,
{
    let mut query = QueryBuilder::new("insert into inbound (id, app_id, body, received_at, state) ");
    query.push_values(bodies, |mut row, body| {
        row.push_bind(body.id)
            .push_bind(body.app.0.clone())
            .push_bind(body.body.to_vec())
            .push_bind(now.ms());
        row.push("'new'");
    });
    query
}
