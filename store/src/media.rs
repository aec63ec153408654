//! Files we keep: what is to be fetched, what is there, what was given up. The bytes lie in the media store under the
//! id.

use crate::{Result, Tx, text};
use domain::media::{Media, MediaState};
use domain::{ContactId, ConversationId, MediaId, MessageId, Timestamp};
use uuid::Uuid;

/// A file that was just heard of.
#[derive(Clone, Debug, PartialEq)]
pub struct NewMedia {
    pub id: MediaId,
    /// Whoever may see it may see the file; nothing for what everybody of the team may see.
    pub conversation: Option<ConversationId>,
    pub belongs: Belongs,
    /// Where Meta keeps it. Nothing for what our team uploads.
    pub source: Option<String>,
    pub name: Option<String>,
}

/// What a file is part of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Belongs {
    /// An attachment of a message by its place, and the part of it.
    Message { id: MessageId, position: i64, part: String },
    /// The picture of a customer.
    Contact(ContactId),
    /// Nothing yet.
    Nothing,
}

/// What was found out about a file's content.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// The kind by content; nothing when it is not one we know.
    pub kind: Option<String>,
    pub bytes: i64,
    pub width: Option<i64>,
    pub height: Option<i64>,
}

/// A file as stored.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    pub conversation: Option<ConversationId>,
    pub belongs: Belongs,
    pub source: Option<String>,
    /// How often fetching was tried, this time included.
    pub attempts: i64,
    /// Its bytes are to be deleted, and then it.
    pub leaving: bool,
    pub view: Media,
}

/// The state of a file whose bytes are still to be deleted.
const LEAVING: &str = "leaving";

macro_rules! media {
    ($rest:literal) => {
        concat!(
            "select id, conversation_id, message_id, contact_id, position, part, state, source, kind, name, bytes,
                width, height, problem, attempts
             from media ",
            $rest
        )
    };
}

statements! {
    PUT = "
        insert into media (id, conversation_id, message_id, contact_id, position, part, state, source, name,
            attempts, created_at, run_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, $10, $11)
        on conflict do nothing";
    FIND = (media!("where id = $1"));
    OF_MESSAGE = (media!("where message_id = $1 order by position, part"));
    DUE = (media!("where run_at <= $1 and (locked_until is null or locked_until <= $1) order by run_at, id limit $2"));
    /// Two nodes may look at once; one of them gets it.
    CLAIM = "
        update media set locked_until = $3, attempts = attempts + 1
        where id = $1 and run_at <= $2 and (locked_until is null or locked_until <= $2)";
    NEXT_DUE = "select min(case when locked_until > run_at then locked_until else run_at end) from media
        where run_at is not null";
    AT_WORK = "select count(*) from media where locked_until > $1";
    RETRY = "update media set run_at = $2, locked_until = null, problem = $3, source = coalesce($4, source) where id = $1";
    STORED = "
        update media set state = 'stored', kind = $2, bytes = $3, width = $4, height = $5, problem = null,
            source = null, run_at = null, locked_until = null
        where id = $1";
    FAILED = "
        update media set state = 'failed', problem = $2, run_at = null, locked_until = null where id = $1";
    AGAIN = "
        update media set state = 'waiting', problem = null, attempts = 0, run_at = $2, locked_until = null
        where id = $1 and state = 'failed'";
    ATTACH = "
        update media set message_id = $2, position = $3 where id = $1 and message_id is null and state = 'stored'";
    LEAVE_MESSAGE = "
        update media set state = 'leaving', message_id = null, source = null, run_at = $2, locked_until = null
        where message_id = $1";
    LEAVE = "
        update media set state = 'leaving', message_id = null, contact_id = null, source = null, run_at = $2,
            locked_until = null
        where id = $1";
    REMOVE = "delete from media where id = $1";
    TAKE_BACK = "update media set locked_until = null where locked_until is not null";
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    conversation_id: Option<Uuid>,
    message_id: Option<Uuid>,
    contact_id: Option<Uuid>,
    position: i64,
    part: String,
    state: String,
    source: Option<String>,
    kind: Option<String>,
    name: Option<String>,
    bytes: Option<i64>,
    width: Option<i64>,
    height: Option<i64>,
    problem: Option<String>,
    attempts: i64,
}

impl TryFrom<Row> for Record {
    type Error = crate::Error;
    fn try_from(row: Row) -> Result<Self> {
        let leaving = row.state == LEAVING;
        let state = if leaving { MediaState::Failed } else { text::word("media", &row.state)? };
        let belongs = match (row.message_id, row.contact_id) {
            (Some(id), _) => {
                Belongs::Message { id: MessageId(id), position: row.position, part: row.part.clone() }
            }
            (None, Some(id)) => Belongs::Contact(ContactId(id)),
            (None, None) => Belongs::Nothing,
        };
        Ok(Self {
            conversation: row.conversation_id.map(ConversationId),
            belongs,
            source: row.source,
            attempts: row.attempts,
            leaving,
            view: Media {
                id: MediaId(row.id),
                part: row.part,
                state,
                kind: row.kind,
                name: row.name,
                bytes: row.bytes,
                width: row.width,
                height: row.height,
                problem: row.problem,
            },
        })
    }
}

/// Notes a file. With a source it is due at once; without one it is there already and its facts follow. `false` when
/// this part of the message is known.
pub async fn put(tx: &mut Tx, new: &NewMedia, now: Timestamp) -> Result<bool> {
    let (message, contact, position, part) = match &new.belongs {
        Belongs::Message { id, position, part } => (Some(id.0), None, *position, part.as_str()),
        Belongs::Contact(id) => (None, Some(id.0), 0, ""),
        Belongs::Nothing => (None, None, 0, ""),
    };
    let run_at = new.source.as_ref().map(|_| now.ms());
    let added = execute!(
        tx,
        PUT,
        new.id.0,
        new.conversation.map(|id| id.0),
        message,
        contact,
        position,
        part,
        MediaState::Waiting.as_str(),
        new.source.as_deref(),
        new.name.as_deref(),
        now.ms(),
        run_at,
    );
    Ok(added == 1)
}

/// One file.
pub async fn find(tx: &mut Tx, id: MediaId) -> Result<Option<Record>> {
    let row: Option<Row> = fetch_optional!(tx, FIND, id.0);
    row.map(Record::try_from).transpose()
}

/// The files of a message, in their order.
pub async fn of_message(tx: &mut Tx, message: MessageId) -> Result<Vec<Record>> {
    let rows: Vec<Row> = fetch_all!(tx, OF_MESSAGE, message.0);
    rows.into_iter().map(Record::try_from).collect()
}

/// Takes files something has to be done about. They are this worker's until `until`.
pub async fn claim(tx: &mut Tx, now: Timestamp, until: Timestamp, limit: i64) -> Result<Vec<Record>> {
    let rows: Vec<Row> = fetch_all!(tx, DUE, now.ms(), limit);
    let mut claimed = Vec::new();
    for row in rows {
        if execute!(tx, CLAIM, row.id, now.ms(), until.ms()) == 1 {
            let mut record = Record::try_from(row)?;
            record.attempts += 1;
            claimed.push(record);
        }
    }
    Ok(claimed)
}

/// When it is worth claiming again.
pub async fn next_due(tx: &mut Tx) -> Result<Option<Timestamp>> {
    let (at,): (Option<i64>,) = fetch_one!(tx, NEXT_DUE);
    Ok(at.map(Timestamp))
}

/// How many files a worker holds right now.
pub async fn at_work(tx: &mut Tx, now: Timestamp) -> Result<i64> {
    let (at_work,): (i64,) = fetch_one!(tx, AT_WORK, now.ms());
    Ok(at_work)
}

/// Puts a file off until `run_at`, with what went wrong; from another address, if one is known.
pub async fn retry(
    tx: &mut Tx,
    id: MediaId,
    run_at: Timestamp,
    problem: &str,
    source: Option<&str>,
) -> Result<()> {
    execute!(tx, RETRY, id.0, run_at.ms(), problem, source);
    Ok(())
}

/// The bytes are in the store.
pub async fn stored(tx: &mut Tx, id: MediaId, facts: &Facts) -> Result<()> {
    execute!(tx, STORED, id.0, facts.kind.as_deref(), facts.bytes, facts.width, facts.height);
    Ok(())
}

/// Gives a file up, with the reason.
pub async fn failed(tx: &mut Tx, id: MediaId, problem: &str) -> Result<()> {
    execute!(tx, FAILED, id.0, problem);
    Ok(())
}

/// Has a file that was given up fetched again. `false` when it was not given up.
pub async fn again(tx: &mut Tx, id: MediaId, now: Timestamp) -> Result<bool> {
    Ok(execute!(tx, AGAIN, id.0, now.ms()) == 1)
}

/// Makes an uploaded file part of a message. `false` when it is part of one, or not there.
pub async fn attach(tx: &mut Tx, id: MediaId, message: MessageId, position: i64) -> Result<bool> {
    Ok(execute!(tx, ATTACH, id.0, message.0, position) == 1)
}

/// Has all files of a message deleted, because its writer took it back.
pub async fn leave_message(tx: &mut Tx, message: MessageId, now: Timestamp) -> Result<u64> {
    Ok(execute!(tx, LEAVE_MESSAGE, message.0, now.ms()))
}

/// Has one file deleted.
pub async fn leave(tx: &mut Tx, id: MediaId, now: Timestamp) -> Result<()> {
    execute!(tx, LEAVE, id.0, now.ms());
    Ok(())
}

/// Forgets a file whose bytes are gone.
pub async fn remove(tx: &mut Tx, id: MediaId) -> Result<()> {
    execute!(tx, REMOVE, id.0);
    Ok(())
}

/// Gives back whatever is claimed. Only where nobody else can be at work: on a single node that starts.
pub async fn take_back(tx: &mut Tx) -> Result<u64> {
    Ok(execute!(tx, TAKE_BACK))
}
