//! Conversations: where each stands, whose it is, and what was said last.

mod row;
pub(crate) mod shown;

use crate::{Error, Result, Tx, search, text};
use domain::conversation::standing::Standing;
use domain::view::{self, Facts, LastMessage, PendingKind};
use domain::{ContactId, ConversationId, PageId, PersonId, Psid, TeamId, Timestamp};
use row::{Row, record_of};
use uuid::Uuid;

/// A conversation as use cases read and write it.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    pub id: ConversationId,
    pub page: PageId,
    pub psid: Psid,
    pub contact: ContactId,
    pub standing: Standing,
    /// The place in the story of the newest evidence that `standing` contains.
    pub latest: Option<(Timestamp, u8, String)>,
    pub assignee: Option<PersonId>,
    pub team: Option<TeamId>,
    pub pending: Option<PendingRecord>,
    pub last: Option<LastMessage>,
    /// How many messages failed, or have an unknown fate, that nobody has dealt with.
    pub failed: i64,
    /// The time lists are ordered by: the newest message, either way, or when it came back from a snooze.
    pub updated_at: Timestamp,
    pub version: i64,
}

/// Something we asked Meta to do with control, not answered yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PendingRecord {
    pub kind: PendingKind,
    pub by: Option<PersonId>,
    /// The person or token, as others read it.
    pub by_name: String,
    /// From then on we no longer expect an answer, and screens no longer show it.
    pub until: Timestamp,
}

impl Record {
    /// What decides in which lists it is.
    pub fn facts(&self) -> Facts {
        Facts {
            status: self.standing.status,
            owner: self.standing.control.owner.kind(),
            assignee: self.assignee,
            team: self.team,
            unread: self.standing.unread,
        }
    }
}

statements! {
    FIND = (record_of!("where id = $1"));

    /// SQLite has one writer, so there is nothing to lock.
    LOCK = {
        sqlite: record_of!("where id = $1"),
        postgres: record_of!("where id = $1 for update"),
    };

    LOCK_OF = {
        sqlite: record_of!("where page_id = $1 and psid = $2"),
        postgres: record_of!("where page_id = $1 and psid = $2 for update"),
    };

    ADD_CONTACT = "
        insert into contact (id, page_id, psid) values ($1, $2, $3) on conflict (page_id, psid) do nothing";

    /// Two nodes may see the customer's first message at once: the second insert waits and then does nothing.
    ADD = "
        insert into conversation (id, page_id, psid, contact_id, status, owner, unread, standing, failed,
            updated_at, version)
        values ($1, $2, $3, (select id from contact where page_id = $2 and psid = $3), $4, $5, $6, $7, 0, $8, 1)
        on conflict (page_id, psid) do nothing";

    /// Only if nobody saved it since it was read.
    SAVE = "
        update conversation set
            status = $3, owner = $4, owner_app = $5, unread = $6, standing = $7,
            latest_at = $8, latest_rank = $9, latest_key = $10, assignee = $11, team = $12,
            pending_kind = $13, pending_by = $14, pending_by_name = $15, pending_until = $16,
            last_message_id = $17, last_author_kind = $18, last_author_id = $19, last_author_name = $20,
            last_preview = $21, last_at = $22, failed = $23, updated_at = $24, open_until = $25, human_until = $26,
            handed_over = $27,
            version = version + 1
        where id = $1 and version = $2";

    LAST_OF = "select id, last_at from conversation where page_id = $1 and psid = $2";

    OF_CONTACT = "select id from conversation where contact_id = $1";

    VIEW = (concat!(shown::columns!(), " where c.id = $1"));
}

/// The customer's conversation on a page, and whether it is new. The ids are used only if it is. On PostgreSQL no
/// other node can change it until this transaction ends.
pub async fn open(
    tx: &mut Tx,
    new_conversation: ConversationId,
    new_contact: ContactId,
    page: &PageId,
    psid: &Psid,
    now: Timestamp,
) -> Result<(Record, bool)> {
    if let Some(record) = lock_of(tx, page, psid).await? {
        return Ok((record, false));
    }
    let added = add(tx, new_conversation, new_contact, page, psid, now).await?;
    let what = || format!("the conversation of {psid} on page {page} is gone as soon as it is there");
    let record = lock_of(tx, page, psid).await?;
    let record = record.ok_or_else(|| Error::Inconsistent { table: "conversation", what: what() })?;
    Ok((record, added))
}

/// A conversation to read.
pub async fn find(tx: &mut Tx, id: ConversationId) -> Result<Option<Record>> {
    let row: Option<Row> = fetch_optional!(tx, FIND, id.0);
    row.map(Record::try_from).transpose()
}

/// A conversation to change. On PostgreSQL no other node can change it until this transaction ends.
pub async fn lock(tx: &mut Tx, id: ConversationId) -> Result<Option<Record>> {
    let row: Option<Row> = fetch_optional!(tx, LOCK, id.0);
    row.map(Record::try_from).transpose()
}

/// A contact's conversation.
pub async fn of_contact(tx: &mut Tx, contact: ContactId) -> Result<Option<ConversationId>> {
    let row: Option<(Uuid,)> = fetch_optional!(tx, OF_CONTACT, contact.0);
    Ok(row.map(|(id,)| ConversationId(id)))
}

/// A customer's conversation on a page and when something was last written in it; nothing when there is none.
pub async fn last_of(
    tx: &mut Tx,
    page: &PageId,
    psid: &Psid,
) -> Result<Option<(ConversationId, Option<Timestamp>)>> {
    let row: Option<(Uuid, Option<i64>)> = fetch_optional!(tx, LAST_OF, page.as_str(), psid.as_str());
    Ok(row.map(|(id, at)| (ConversationId(id), at.map(Timestamp))))
}

/// Saves a conversation and counts its version up. [`Error::Conflict`] when somebody saved it since it was read.
///
/// It stands in lists by the newest thing that happened, which is never before what opened its window: lists by window
/// rely on it and read no further back.
pub async fn save(tx: &mut Tx, record: &mut Record) -> Result<()> {
    if let Some(opened) = record.standing.window.opened_at() {
        record.updated_at = record.updated_at.max(opened);
    }
    let facts = record.facts();
    let standing = text::write("conversation", &record.standing)?;
    let owner_app = record.standing.control.owner.app().map(|app| app.as_str());
    let latest = record.latest.as_ref();
    let window = record.standing.window;
    let handed_over = record.standing.handed_over.as_deref().map(search::between_spaces);
    let pending = record.pending.as_ref();
    let last = record.last.as_ref();
    let author = last.map(|last| &last.author);
    let saved = execute!(
        tx,
        SAVE,
        record.id.0,
        record.version,
        facts.status.as_str(),
        facts.owner.as_str(),
        owner_app,
        facts.unread,
        &standing,
        latest.map(|place| place.0.ms()),
        latest.map(|place| i64::from(place.1)),
        latest.map(|place| place.2.as_str()),
        record.assignee.map(|person| person.0),
        record.team.map(|team| team.0),
        pending.map(|pending| pending_word(pending.kind)),
        pending.and_then(|pending| pending.by).map(|person| person.0),
        pending.map(|pending| pending.by_name.as_str()),
        pending.map(|pending| pending.until.ms()),
        last.map(|last| last.id.0),
        author.map(|author| author.kind.as_str()),
        author.and_then(|author| author.id.as_deref()),
        author.and_then(|author| author.name.as_deref()),
        last.map(|last| last.preview.as_str()),
        last.map(|last| last.at.ms()),
        record.failed,
        record.updated_at.ms(),
        window.open_until.map(Timestamp::ms),
        window.human_until.map(Timestamp::ms),
        handed_over.as_deref(),
    );
    if saved == 0 {
        return Err(Error::Conflict);
    }
    record.version += 1;
    Ok(())
}

/// A conversation as screens and programs see it at this moment.
pub async fn view(tx: &mut Tx, id: ConversationId, now: Timestamp) -> Result<Option<view::Conversation>> {
    let row: Option<shown::Row> = fetch_optional!(tx, VIEW, id.0);
    row.map(|row| row.at(now)).transpose()
}

async fn lock_of(tx: &mut Tx, page: &PageId, psid: &Psid) -> Result<Option<Record>> {
    let row: Option<Row> = fetch_optional!(tx, LOCK_OF, page.as_str(), psid.as_str());
    row.map(Record::try_from).transpose()
}

async fn add(
    tx: &mut Tx,
    id: ConversationId,
    contact: ContactId,
    page: &PageId,
    psid: &Psid,
    now: Timestamp,
) -> Result<bool> {
    let standing = Standing::default();
    let (status, owner) = (standing.status.as_str(), standing.control.owner.kind().as_str());
    let folded = text::write("conversation", &standing)?;
    let (page, psid) = (page.as_str(), psid.as_str());
    execute!(tx, ADD_CONTACT, contact.0, page, psid);
    Ok(execute!(tx, ADD, id.0, page, psid, status, owner, standing.unread, &folded, now.ms()) == 1)
}

const fn pending_word(kind: PendingKind) -> &'static str {
    match kind {
        PendingKind::TakingOver => "taking_over",
        PendingKind::Resetting => "resetting",
    }
}
