//! A message as a row.

use crate::{Error, Result, text};
use domain::conversation::message::{Author, Delivery};
use domain::view::Message;
use domain::{ConversationId, MessageId, Mid, Timestamp};
use uuid::Uuid;

/// Selects what [`Row`] reads, of `m`. A bot the team has named since shows under its name of today.
macro_rules! message_where {
    ($rest:literal) => {
        concat!(
            "select m.id, m.mid, m.conversation_id, m.at, m.direction, m.author_kind, m.author_id,
                coalesce(a.name, m.author_name) as author_name, m.text, m.attachments, m.origin, m.state, m.error,
                m.tapped, m.reply_to, m.edits, m.deleted, m.late, m.reaction
             from message m
             left join known_app a on a.id = m.author_id and m.author_kind = 'bot'
             where ",
            $rest
        )
    };
}
pub(super) use message_where;

/// What [`message_where`] selects.
#[derive(sqlx::FromRow)]
pub(super) struct Row {
    id: Uuid,
    mid: Option<String>,
    conversation_id: Uuid,
    at: i64,
    direction: String,
    author_kind: String,
    author_id: Option<String>,
    author_name: Option<String>,
    text: Option<String>,
    attachments: String,
    origin: String,
    state: String,
    error: Option<String>,
    tapped: Option<String>,
    reply_to: Option<String>,
    edits: i64,
    deleted: bool,
    late: bool,
    reaction: Option<String>,
}

impl TryFrom<Row> for Message {
    type Error = Error;
    fn try_from(row: Row) -> Result<Self> {
        let kind = text::word("message", &row.author_kind)?;
        let error = row.error.map(|error| text::read("message", &error)).transpose()?;
        Ok(Self {
            id: MessageId(row.id),
            mid: row.mid.map(Mid),
            conversation_id: ConversationId(row.conversation_id),
            at: Timestamp(row.at),
            direction: text::word("message", &row.direction)?,
            author: Author { kind, id: row.author_id, name: row.author_name },
            text: row.text,
            attachments: text::read("message", &row.attachments)?,
            origin: text::word("message", &row.origin)?,
            delivery: Delivery { state: text::word("message", &row.state)?, error },
            tapped: row.tapped,
            reply_to: row.reply_to.map(Mid),
            edited: row.edits > 0,
            deleted: row.deleted,
            late: row.late,
            reaction: row.reaction,
        })
    }
}
