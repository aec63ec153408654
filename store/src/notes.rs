//! What the team wrote beside conversations.

use crate::{Result, Tx, text};
use domain::writing::{Note, NoteAuthor};
use domain::{ConversationId, NoteId, PersonId, Timestamp};
use uuid::Uuid;

statements! {
    INSERT = "
        insert into note (id, conversation_id, person_id, author_name, text, mentions, at)
        values ($1, $2, $3, $4, $5, $6, $7)
        on conflict (id) do nothing";
    FIND = "
        select n.id, n.conversation_id, n.person_id, coalesce(p.name, n.author_name) as author_name, n.text,
            n.mentions, n.at
        from note n left join person p on p.id = n.person_id
        where n.id = $1";
    CALLS = "delete from notification where note_id = $1";
    REMOVE = "delete from note where id = $1";
    NEWEST = "
        select n.id, n.conversation_id, n.person_id, coalesce(p.name, n.author_name) as author_name, n.text,
            n.mentions, n.at
        from note n left join person p on p.id = n.person_id
        where n.conversation_id = $1 order by n.at desc, n.id desc limit $2";
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    conversation_id: Uuid,
    person_id: Option<Uuid>,
    author_name: String,
    text: String,
    mentions: String,
    at: i64,
}

impl TryFrom<Row> for Note {
    type Error = crate::Error;
    fn try_from(row: Row) -> Result<Self> {
        Ok(Self {
            id: NoteId(row.id),
            conversation_id: ConversationId(row.conversation_id),
            at: Timestamp(row.at),
            author: NoteAuthor { id: row.person_id.map(PersonId), name: row.author_name },
            text: row.text,
            mentions: text::read("note", &row.mentions)?,
        })
    }
}

/// Adds a note. `false`: its id is there already.
pub async fn insert(tx: &mut Tx, note: &Note) -> Result<bool> {
    let added = execute!(
        tx,
        INSERT,
        note.id.0,
        note.conversation_id.0,
        note.author.id.map(|person| person.0),
        &note.author.name,
        &note.text,
        text::write("note", &note.mentions)?,
        note.at.ms(),
    );
    Ok(added == 1)
}

/// One note.
pub async fn find(tx: &mut Tx, id: NoteId) -> Result<Option<Note>> {
    let row: Option<Row> = fetch_optional!(tx, FIND, id.0);
    row.map(Note::try_from).transpose()
}

/// Deletes a note with the calls it made.
pub async fn remove(tx: &mut Tx, id: NoteId) -> Result<()> {
    execute!(tx, CALLS, id.0);
    execute!(tx, REMOVE, id.0);
    Ok(())
}

/// The newest notes of a conversation, oldest of them first.
pub async fn of(tx: &mut Tx, conversation: ConversationId, limit: i64) -> Result<Vec<Note>> {
    let rows: Vec<Row> = fetch_all!(tx, NEWEST, conversation.0, limit);
    rows.into_iter().rev().map(Note::try_from).collect()
}
