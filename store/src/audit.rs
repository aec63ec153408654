//! Who did what. Entries are only ever added.

use crate::db::Inner;
use crate::{Result, Tx, text};
use domain::{ConversationId, PersonId, Timestamp};
use serde_json::Value;
use sqlx::{Database, Encode, QueryBuilder, Type};
use uuid::Uuid;

/// One entry.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    pub id: Uuid,
    pub at: Timestamp,
    /// The person or token, as others read it.
    pub actor: String,
    /// The same person by id; nothing for tokens and the command line.
    pub person: Option<PersonId>,
    /// The word for what was done.
    pub act: String,
    pub conversation: Option<ConversationId>,
    pub detail: Value,
}

statements! {
    PUT = "
        insert into audit (id, at, actor, act, conversation_id, detail, person_id)
        values ($1, $2, $3, $4, $5, $6, $7)";
    ACTS = "select distinct act from audit order by act";
    OF = "
        select id, at, actor, person_id, act, conversation_id, detail from audit
        where conversation_id = $1 order by at desc, id desc limit $2";
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    at: i64,
    actor: String,
    person_id: Option<Uuid>,
    act: String,
    conversation_id: Option<Uuid>,
    detail: String,
}

/// Adds an entry.
pub async fn put(tx: &mut Tx, entry: &Entry) -> Result<()> {
    let (conversation, detail) = (entry.conversation.map(|id| id.0), text::write("audit", &entry.detail)?);
    execute!(
        tx,
        PUT,
        entry.id,
        entry.at.ms(),
        entry.actor.as_str(),
        entry.act.as_str(),
        conversation,
        &detail,
        entry.person.map(|person| person.0),
    );
    Ok(())
}

/// What was done in a conversation, newest first.
pub async fn of(tx: &mut Tx, conversation: ConversationId, limit: i64) -> Result<Vec<Entry>> {
    let rows: Vec<Row> = fetch_all!(tx, OF, conversation.0, limit);
    rows.into_iter().map(Entry::try_from).collect()
}

impl TryFrom<Row> for Entry {
    type Error = crate::Error;
    fn try_from(row: Row) -> Result<Self> {
        Ok(Self {
            id: row.id,
            at: Timestamp(row.at),
            actor: row.actor,
            person: row.person_id.map(PersonId),
            act: row.act,
            conversation: row.conversation_id.map(ConversationId),
            detail: text::read("audit", &row.detail)?,
        })
    }
}

/// Which entries to list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Search {
    /// Only what this person did.
    pub person: Option<PersonId>,
    /// Only this act, or with a dot at the end every act that begins so: `team.`.
    pub act: Option<String>,
    /// Not before this moment.
    pub from: Option<Timestamp>,
    /// Before this moment.
    pub until: Option<Timestamp>,
    /// The time and id of the last entry of the page before.
    pub before: Option<(Timestamp, Uuid)>,
    pub limit: i64,
}

/// The entries that are searched for, newest first.
pub async fn search(tx: &mut Tx, search: &Search) -> Result<Vec<Entry>> {
    let rows: Vec<Row> = match &mut tx.inner {
        Inner::Sqlite(tx) => select(search).build_query_as().fetch_all(&mut **tx).await?,
        Inner::Postgres(tx) => select(search).build_query_as().fetch_all(&mut **tx).await?,
    };
    rows.into_iter().map(Entry::try_from).collect()
}

/// The words for everything that was ever done.
pub async fn acts(tx: &mut Tx) -> Result<Vec<String>> {
    let rows: Vec<(String,)> = fetch_all!(tx, ACTS);
    Ok(rows.into_iter().map(|(act,)| act).collect())
}

/// Only conditions are spliced in, every value is bound.
fn select<DB: Database>(search: &Search) -> QueryBuilder<DB>
where
    Uuid: for<'q> Encode<'q, DB> + Type<DB>,
    String: for<'q> Encode<'q, DB> + Type<DB>,
    i64: for<'q> Encode<'q, DB> + Type<DB>,
{
    let mut query = QueryBuilder::new(
        "select id, at, actor, person_id, act, conversation_id, detail from audit where true",
    );
    if let Some(person) = search.person {
        query.push(" and person_id = ").push_bind(person.0);
    }
    if let Some(act) = &search.act {
        match act.strip_suffix('.') {
            // What follows a dot is a letter, and '/' is the sign after the dot.
            Some(family) => {
                query.push(" and act > ").push_bind(act.clone());
                query.push(" and act < ").push_bind(format!("{family}/"));
            }
            None => {
                query.push(" and act = ").push_bind(act.clone());
            }
        }
    }
    if let Some(from) = search.from {
        query.push(" and at >= ").push_bind(from.ms());
    }
    if let Some(until) = search.until {
        query.push(" and at < ").push_bind(until.ms());
    }
    if let Some((at, id)) = search.before {
        query.push(" and (at < ").push_bind(at.ms());
        query.push(" or (at = ").push_bind(at.ms()).push(" and id < ").push_bind(id).push("))");
    }
    query.push(" order by at desc, id desc limit ").push_bind(search.limit);
    query
}
