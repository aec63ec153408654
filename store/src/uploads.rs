//! Files people attached. The bytes lie in the media store; here is what they are and whose.

use crate::{Error, Result, Tx, text};
use domain::conversation::file::{FileKind, Upload};
use domain::{MessageId, PageId, PersonId, Timestamp, UploadId};
use uuid::Uuid;

statements! {
    PUT = "
        insert into upload (id, person_id, name, kind, mime, size, created_at)
        values ($1, $2, $3, $4, $5, $6, $7)
        on conflict (id) do nothing";
    FIND = "
        select id, person_id, name, kind, mime, size, sent_in, at_page, at_meta, at_meta_since from upload
        where id = $1";
    SENT = "update upload set sent_in = $2 where id = $1 and sent_in is null";
    KNOWN = "update upload set at_page = $2, at_meta = $3, at_meta_since = $4 where id = $1";
    FORGOTTEN = "update upload set at_page = null, at_meta = null, at_meta_since = null where id = $1";
    REMOVE = "delete from upload where id = $1 and person_id = $2 and sent_in is null";
    UNSENT = "select id from upload where sent_in is null and created_at < $1 order by created_at limit $2";
    FORGET = "delete from upload where id = $1 and sent_in is null";
}

/// A file with whose it is and where it has been.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    pub upload: Upload,
    pub person: PersonId,
    /// The first message it left in.
    pub sent_in: Option<MessageId>,
    /// Meta's name for it on a page, and since when Meta has it.
    pub at_meta: Option<(PageId, String, Timestamp)>,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    person_id: Uuid,
    name: String,
    kind: String,
    mime: String,
    size: i64,
    sent_in: Option<Uuid>,
    at_page: Option<String>,
    at_meta: Option<String>,
    at_meta_since: Option<i64>,
}

impl TryFrom<Row> for Stored {
    type Error = Error;
    fn try_from(row: Row) -> Result<Self> {
        let kind: FileKind = text::word("upload", &row.kind)?;
        let size = u64::try_from(row.size)
            .map_err(|error| Error::Inconsistent { table: "upload", what: error.to_string() })?;
        let at_meta = match (row.at_page, row.at_meta, row.at_meta_since) {
            (Some(page), Some(id), Some(since)) => Some((PageId(page), id, Timestamp(since))),
            _ => None,
        };
        Ok(Self {
            upload: Upload { id: UploadId(row.id), name: row.name, kind, mime: row.mime, size },
            person: PersonId(row.person_id),
            sent_in: row.sent_in.map(MessageId),
            at_meta,
        })
    }
}

/// Notes a file whose bytes are stored. `false`: its id is there already.
pub async fn put(tx: &mut Tx, upload: &Upload, person: PersonId, now: Timestamp) -> Result<bool> {
    let size = i64::try_from(upload.size).unwrap_or(i64::MAX);
    let added = execute!(
        tx,
        PUT,
        upload.id.0,
        person.0,
        &upload.name,
        upload.kind.as_str(),
        &upload.mime,
        size,
        now.ms(),
    );
    Ok(added == 1)
}

/// A file by its id.
pub async fn find(tx: &mut Tx, id: UploadId) -> Result<Option<Stored>> {
    let row: Option<Row> = fetch_optional!(tx, FIND, id.0);
    row.map(Stored::try_from).transpose()
}

/// The file leaves in this message, and is kept from now on. `false`: it left in another one before.
pub async fn sent(tx: &mut Tx, id: UploadId, message: MessageId) -> Result<bool> {
    Ok(execute!(tx, SENT, id.0, message.0) == 1)
}

/// Notes what Meta calls the file on a page.
pub async fn known_at_meta(
    tx: &mut Tx,
    id: UploadId,
    page: &PageId,
    name: &str,
    now: Timestamp,
) -> Result<()> {
    execute!(tx, KNOWN, id.0, page.as_str(), name, now.ms());
    Ok(())
}

/// Meta does not know the file by its name any more.
pub async fn forget_at_meta(tx: &mut Tx, id: UploadId) -> Result<()> {
    execute!(tx, FORGOTTEN, id.0);
    Ok(())
}

/// Takes back a file that was not sent. `false`: it is not this person's, or has been sent.
pub async fn remove(tx: &mut Tx, id: UploadId, person: PersonId) -> Result<bool> {
    Ok(execute!(tx, REMOVE, id.0, person.0) == 1)
}

/// Files of before a moment that were never sent, oldest first.
pub async fn unsent(tx: &mut Tx, before: Timestamp, limit: i64) -> Result<Vec<UploadId>> {
    let rows: Vec<(Uuid,)> = fetch_all!(tx, UNSENT, before.ms(), limit);
    Ok(rows.into_iter().map(|(id,)| UploadId(id)).collect())
}

/// Forgets a file that was never sent. `false`: it has been sent meanwhile.
pub async fn forget(tx: &mut Tx, id: UploadId) -> Result<bool> {
    Ok(execute!(tx, FORGET, id.0) == 1)
}
