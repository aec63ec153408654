//! What is to be asked of Meta, kept until Meta has answered.
//!
//! The rows of one conversation leave one at a time, in the order they were put; a conversation whose row waits
//! blocks nobody else.

use crate::{Result, Tx};
use domain::{ConversationId, MessageId, PageId, Psid, Timestamp};
use uuid::Uuid;

/// Something to ask of Meta.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewJob {
    /// For a message, the message's id.
    pub id: Uuid,
    pub conversation: Option<ConversationId>,
    pub page: PageId,
    /// `send` waits while its page cannot or may not send; all other kinds do not.
    pub kind: String,
    pub payload: String,
    pub run_at: Timestamp,
}

/// A row that is somebody's turn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Job {
    pub id: Uuid,
    pub conversation: Option<ConversationId>,
    pub page: PageId,
    pub kind: String,
    pub payload: String,
    /// How often it was claimed, this time included.
    pub attempts: i64,
    /// When an earlier claim began that never reported: Meta may have been asked already.
    pub started_at: Option<Timestamp>,
}

/// Takes rows of some kinds. Only the oldest row of a conversation may leave, and no message of a page that cannot send.
/// SQLite has one writer, so it needs no row lock; PostgreSQL passes over what another node holds.
macro_rules! claim {
    ($kinds:literal) => {
        $crate::sql::Sql {
            sqlite: concat!(
                "
            update outbox set locked_until = $2, attempts = attempts + 1,
                started_before = started_at, started_at = coalesce(started_at, $1)
            where id in (
                select o.id from outbox o
                where ",
                $kinds,
                " and o.run_at <= $1 and (o.locked_until is null or o.locked_until <= $1)
                  and o.held_since is null
                  and not exists (
                    select 1 from outbox e where e.conversation_id = o.conversation_id and e.n < o.n)
                  and not (o.kind = 'send' and exists (
                    select 1 from page p where p.id = o.page_id and p.health_state <> 'connected'))
                order by o.n limit $3)
            returning n, id, conversation_id, page_id, kind, payload, attempts, started_before"
            ),
            postgres: concat!(
                "
            with turn as materialized (
                select o.id from outbox o
                where ",
                $kinds,
                " and o.run_at <= $1 and (o.locked_until is null or o.locked_until <= $1)
                  and o.held_since is null
                  and not exists (
                    select 1 from outbox e where e.conversation_id = o.conversation_id and e.n < o.n)
                  and not (o.kind = 'send' and exists (
                    select 1 from page p where p.id = o.page_id and p.health_state <> 'connected'))
                order by o.n limit $3
                for update of o skip locked)
            update outbox set locked_until = $2, attempts = attempts + 1,
                started_before = started_at, started_at = coalesce(started_at, $1)
            where id in (select id from turn)
            returning n, id, conversation_id, page_id, kind, payload, attempts, started_before"
            ),
        }
    };
}

statements! {
    PUT = "
        insert into outbox (id, conversation_id, page_id, kind, payload, run_at, locked_until, attempts)
        values ($1, $2, $3, $4, $5, $6, $7, 0)
        on conflict (id) do nothing";

    CLAIM_SENDS = { both: claim!("o.kind = 'send'") };
    CLAIM_OTHERS = { both: claim!("o.kind <> 'send'") };

    RETRY = "update outbox set run_at = $2, locked_until = null where id = $1";
    RETRY_UNSTARTED = "update outbox set run_at = $2, locked_until = null, started_at = null where id = $1";
    DONE = "delete from outbox where id = $1";
    DELETE_OF_MESSAGE = "delete from outbox where id = $1 and kind = 'send'";
    FIND = "
        select n, id, conversation_id, page_id, kind, payload, attempts, started_at as started_before
        from outbox where id = $1";
    PENDING_OF = "select count(*) from outbox where conversation_id = $1";
    NEXT_DUE = "
        select min(case when o.locked_until > o.run_at then o.locked_until else o.run_at end)
        from outbox o
        where o.held_since is null
          and not exists (select 1 from outbox e where e.conversation_id = o.conversation_id and e.n < o.n)
          and not (o.kind = 'send' and exists (
            select 1 from page p where p.id = o.page_id and p.health_state <> 'connected'))";
    IS_DUE = "
        select count(*) from (
            select 1 from outbox o
            where o.run_at <= $1 and (o.locked_until is null or o.locked_until <= $1) and o.held_since is null
              and not exists (
                select 1 from outbox e where e.conversation_id = o.conversation_id and e.n < o.n)
              and not (o.kind = 'send' and exists (
                select 1 from page p where p.id = o.page_id and p.health_state <> 'connected'))
            limit 1) as due";
    DEPTH = "select count(*) from outbox";
    SET_ASIDE = "
        update outbox set kind = $2, payload = $3, run_at = $4, conversation_id = null, locked_until = null,
            started_at = null, attempts = 0
        where id = $1";
    RENEW = "update outbox set locked_until = $2 where id = $1 and locked_until is not null";
    TAKE_BACK = "update outbox set locked_until = null where locked_until is not null";
    /// What a worker holds at this moment is out of our hands already.
    HOLD = "
        update outbox set held_since = $2
        where page_id = $1 and kind = 'send' and held_since is null
          and (locked_until is null or locked_until <= $2)";
    WAITING = "
        select o.id, m.conversation_id, m.at, m.text, m.author_name, c.name, c.psid, o.held_since
        from outbox o join message m on m.id = o.id join conversation k on k.id = m.conversation_id
            join contact c on c.id = k.contact_id
        where o.page_id = $1 and o.kind = 'send' order by o.n limit $2";
    WAITING_COUNT = "
        select count(*) as waiting, cast(coalesce(sum(case when held_since is null then 0 else 1 end), 0) as bigint) as held
        from outbox where page_id = $1 and kind = 'send'";
    LET_GO = "update outbox set held_since = null, run_at = $3 where page_id = $1 and id = $2 and held_since is not null";
    LET_ALL_GO = "update outbox set held_since = null, run_at = $2 where page_id = $1 and held_since is not null";
    DISCARD = "delete from outbox where page_id = $1 and id = $2 and kind = 'send' and held_since is not null";
    AT_WORK = "select count(*) from outbox where locked_until > $1";
}

#[derive(sqlx::FromRow)]
struct Row {
    n: i64,
    id: Uuid,
    conversation_id: Option<Uuid>,
    page_id: String,
    kind: String,
    payload: String,
    attempts: i64,
    started_before: Option<i64>,
}

impl From<Row> for Job {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            conversation: row.conversation_id.map(ConversationId),
            page: row.page_id.into(),
            kind: row.kind,
            payload: row.payload,
            attempts: row.attempts,
            started_at: row.started_before.map(Timestamp),
        }
    }
}

/// Puts a row behind all others of its conversation. With `locked_until` nobody claims it before that moment: its
/// maker asks Meta itself. `false` when the id is there already.
pub async fn put(tx: &mut Tx, job: &NewJob, locked_until: Option<Timestamp>) -> Result<bool> {
    let (conversation, page) = (job.conversation.map(|id| id.0), job.page.as_str());
    let (kind, payload, locked) = (job.kind.as_str(), job.payload.as_str(), locked_until.map(Timestamp::ms));
    Ok(execute!(tx, PUT, job.id, conversation, page, kind, payload, job.run_at.ms(), locked) == 1)
}

/// Takes up to `limit` rows whose turn it is, in the order they were put: messages first, up to `messages` of them. They
/// are this worker's until `until`.
pub async fn claim(
    tx: &mut Tx,
    now: Timestamp,
    until: Timestamp,
    messages: i64,
    limit: i64,
) -> Result<Vec<Job>> {
    let mut rows: Vec<Row> = fetch_all!(tx, CLAIM_SENDS, now.ms(), until.ms(), messages.min(limit));
    let room = limit - i64::try_from(rows.len()).unwrap_or(limit);
    let others: Vec<Row> = fetch_all!(tx, CLAIM_OTHERS, now.ms(), until.ms(), room);
    rows.extend(others);
    // Neither database promises an order of what an update returns.
    rows.sort_by_key(|row| row.n);
    Ok(rows.into_iter().map(Job::from).collect())
}

/// Gives a row back until `run_at`. `clear_started`: Meta certainly was not asked, or certainly did nothing.
pub async fn retry(tx: &mut Tx, id: Uuid, run_at: Timestamp, clear_started: bool) -> Result<()> {
    let retry = if clear_started { RETRY_UNSTARTED } else { RETRY };
    execute!(tx, retry, id, run_at.ms());
    Ok(())
}

/// Forgets a row that is settled.
pub async fn done(tx: &mut Tx, id: Uuid) -> Result<()> {
    execute!(tx, DONE, id);
    Ok(())
}

/// Forgets the sending of a message, because it is settled another way. `false` when there was none.
pub async fn delete_of_message(tx: &mut Tx, message: MessageId) -> Result<bool> {
    Ok(execute!(tx, DELETE_OF_MESSAGE, message.0) == 1)
}

/// One row. `started_at` is that of the newest claim that has not reported.
pub async fn find(tx: &mut Tx, id: Uuid) -> Result<Option<Job>> {
    let row: Option<Row> = fetch_optional!(tx, FIND, id);
    Ok(row.map(Job::from))
}

/// How many rows of a conversation are not settled.
pub async fn pending_of(tx: &mut Tx, conversation: ConversationId) -> Result<i64> {
    let (pending,): (i64,) = fetch_one!(tx, PENDING_OF, conversation.0);
    Ok(pending)
}

/// When it is worth claiming again; nothing while nothing can leave.
pub async fn next_due(tx: &mut Tx) -> Result<Option<Timestamp>> {
    let (at,): (Option<i64>,) = fetch_one!(tx, NEXT_DUE);
    Ok(at.map(Timestamp))
}

/// Whether there is something to claim, without looking at all that waits.
pub async fn is_due(tx: &mut Tx, now: Timestamp) -> Result<bool> {
    let (due,): (i64,) = fetch_one!(tx, IS_DUE, now.ms());
    Ok(due > 0)
}

/// How many rows are not settled.
pub async fn depth(tx: &mut Tx) -> Result<i64> {
    let (depth,): (i64,) = fetch_one!(tx, DEPTH);
    Ok(depth)
}

/// How many rows a worker holds right now.
pub async fn at_work(tx: &mut Tx, now: Timestamp) -> Result<i64> {
    let (at_work,): (i64,) = fetch_one!(tx, AT_WORK, now.ms());
    Ok(at_work)
}

/// Gives back whatever is claimed. Only where nobody else can be at work: on a single node that starts.
pub async fn take_back(tx: &mut Tx) -> Result<u64> {
    Ok(execute!(tx, TAKE_BACK))
}

/// Keeps rows that are still being done: they are this worker's until `until`.
pub async fn renew(tx: &mut Tx, ids: &[Uuid], until: Timestamp) -> Result<()> {
    for id in ids {
        execute!(tx, RENEW, *id, until.ms());
    }
    Ok(())
}

/// A message that waits to leave, as whoever decides about it sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    pub message: MessageId,
    pub conversation: ConversationId,
    pub at: Timestamp,
    pub text: Option<String>,
    pub author: Option<String>,
    /// The customer's name, where Meta told it.
    pub customer: Option<String>,
    pub psid: Psid,
    /// Since when it needs somebody's consent; nothing when it leaves by itself.
    pub held_since: Option<Timestamp>,
}

/// How many messages of a page wait.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WaitingCount {
    pub all: i64,
    /// Of those: how many need somebody's consent.
    pub held: i64,
}

/// Keeps every waiting message of a page back until somebody consents. Answers how many.
pub async fn hold(tx: &mut Tx, page: &PageId, now: Timestamp) -> Result<u64> {
    Ok(execute!(tx, HOLD, page.as_str(), now.ms()))
}

/// The messages of a page that wait, in the order they leave.
pub async fn waiting(tx: &mut Tx, page: &PageId, limit: i64) -> Result<Vec<Waiting>> {
    type Row = (Uuid, Uuid, i64, Option<String>, Option<String>, Option<String>, String, Option<i64>);
    let rows: Vec<Row> = fetch_all!(tx, WAITING, page.as_str(), limit);
    let waiting = |(id, conversation, at, text, author, customer, psid, held): Row| Waiting {
        message: MessageId(id),
        conversation: ConversationId(conversation),
        at: Timestamp(at),
        text,
        author,
        customer,
        psid: psid.into(),
        held_since: held.map(Timestamp),
    };
    Ok(rows.into_iter().map(waiting).collect())
}

/// How many messages of a page wait.
pub async fn waiting_count(tx: &mut Tx, page: &PageId) -> Result<WaitingCount> {
    let (all, held): (i64, i64) = fetch_one!(tx, WAITING_COUNT, page.as_str());
    Ok(WaitingCount { all, held })
}

/// Consents to one message of a page that was kept back.
pub async fn let_go(tx: &mut Tx, page: &PageId, message: MessageId, now: Timestamp) -> Result<bool> {
    Ok(execute!(tx, LET_GO, page.as_str(), message.0, now.ms()) == 1)
}

/// Consents to all messages of a page that were kept back. Answers how many.
pub async fn let_all_go(tx: &mut Tx, page: &PageId, now: Timestamp) -> Result<u64> {
    Ok(execute!(tx, LET_ALL_GO, page.as_str(), now.ms()))
}

/// Forgets a message of a page that was kept back. `false` when it was not.
pub async fn discard(tx: &mut Tx, page: &PageId, message: MessageId) -> Result<bool> {
    Ok(execute!(tx, DISCARD, page.as_str(), message.0) == 1)
}

/// Makes another job of a row, outside the order of its conversation, which goes on without it.
pub async fn set_aside(tx: &mut Tx, id: Uuid, kind: &str, payload: &str, run_at: Timestamp) -> Result<()> {
    execute!(tx, SET_ASIDE, id, kind, payload, run_at.ms());
    Ok(())
}
