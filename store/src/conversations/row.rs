//! A conversation as a row.

use super::{PendingRecord, Record};
use crate::{Error, Result, text};
use domain::conversation::message::Author;
use domain::view::LastMessage;
use domain::{ContactId, ConversationId, MessageId, PersonId, TeamId, Timestamp};
use uuid::Uuid;

/// Selects what [`Row`] reads.
macro_rules! record_of {
    ($rest:literal) => {
        concat!(
            "select id, page_id, psid, contact_id, standing, latest_at, latest_rank, latest_key, assignee, team,
                pending_kind, pending_by, pending_by_name, pending_until,
                last_message_id, last_author_kind, last_author_id, last_author_name, last_preview, last_at,
                failed, updated_at, version
             from conversation ",
            $rest
        )
    };
}
pub(super) use record_of;

/// What [`record_of`] selects.
#[derive(sqlx::FromRow)]
pub(super) struct Row {
    id: Uuid,
    page_id: String,
    psid: String,
    contact_id: Uuid,
    standing: String,
    latest_at: Option<i64>,
    latest_rank: Option<i64>,
    latest_key: Option<String>,
    assignee: Option<Uuid>,
    team: Option<Uuid>,
    pending_kind: Option<String>,
    pending_by: Option<Uuid>,
    pending_by_name: Option<String>,
    pending_until: Option<i64>,
    #[sqlx(flatten)]
    last: LastRow,
    failed: i64,
    updated_at: i64,
    version: i64,
}

/// The columns of the newest message, all empty before the first one.
#[derive(sqlx::FromRow)]
pub(crate) struct LastRow {
    last_message_id: Option<Uuid>,
    last_author_kind: Option<String>,
    last_author_id: Option<String>,
    last_author_name: Option<String>,
    last_preview: Option<String>,
    last_at: Option<i64>,
}

impl LastRow {
    pub(crate) fn read(self) -> Result<Option<LastMessage>> {
        let (Some(id), Some(kind), Some(preview), Some(at)) =
            (self.last_message_id, self.last_author_kind, self.last_preview, self.last_at)
        else {
            return Ok(None);
        };
        let kind = text::word("conversation", &kind)?;
        let author = Author { kind, id: self.last_author_id, name: self.last_author_name };
        Ok(Some(LastMessage { id: MessageId(id), author, preview, at: Timestamp(at) }))
    }
}

impl TryFrom<Row> for Record {
    type Error = Error;
    fn try_from(row: Row) -> Result<Self> {
        let latest = place(row.latest_at, row.latest_rank, row.latest_key)?;
        let pending = pending(row.pending_kind, row.pending_by, row.pending_by_name, row.pending_until)?;
        Ok(Self {
            id: ConversationId(row.id),
            page: row.page_id.into(),
            psid: row.psid.into(),
            contact: ContactId(row.contact_id),
            standing: text::read("conversation", &row.standing)?,
            latest,
            assignee: row.assignee.map(PersonId),
            team: row.team.map(TeamId),
            pending,
            last: row.last.read()?,
            failed: row.failed,
            updated_at: Timestamp(row.updated_at),
            version: row.version,
        })
    }
}

fn place(at: Option<i64>, rank: Option<i64>, key: Option<String>) -> Result<Option<(Timestamp, u8, String)>> {
    let (Some(at), Some(rank), Some(key)) = (at, rank, key) else {
        return Ok(None);
    };
    let rank = u8::try_from(rank);
    let rank =
        rank.map_err(|error| Error::Inconsistent { table: "conversation", what: error.to_string() })?;
    Ok(Some((Timestamp(at), rank, key)))
}

fn pending(
    kind: Option<String>,
    by: Option<Uuid>,
    by_name: Option<String>,
    until: Option<i64>,
) -> Result<Option<PendingRecord>> {
    let (Some(kind), Some(by_name), Some(until)) = (kind, by_name, until) else {
        return Ok(None);
    };
    let kind = text::word("conversation", &kind)?;
    Ok(Some(PendingRecord { kind, by: by.map(PersonId), by_name, until: Timestamp(until) }))
}
