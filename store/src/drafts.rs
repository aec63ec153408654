//! What each person has written in each conversation and not sent.

use crate::{Result, Tx, text};
use domain::writing::{Draft, Sheet};
use domain::{ConversationId, PersonId, Timestamp};
use uuid::Uuid;

statements! {
    /// Saved by whoever knew the newest version. Over a blank sheet everybody may write.
    SAVE = "
        insert into draft (conversation_id, person_id, reply, note, files, version, updated_at)
        values ($1, $2, $3, $4, $5, $6 + 1, $7)
        on conflict (conversation_id, person_id) do update
            set reply = excluded.reply, note = excluded.note, files = excluded.files,
                version = draft.version + 1, updated_at = excluded.updated_at
            where draft.version = $6 or (draft.reply = '' and draft.note = '' and draft.files = '[]')
        returning version";
    OF = "
        select conversation_id, reply, note, files, version, updated_at from draft
        where conversation_id = $1 and person_id = $2";
    /// The blank ones too: a browser that was away learns from them that its words have been sent.
    ALL = "
        select conversation_id, reply, note, files, version, updated_at from draft
        where person_id = $1 order by updated_at desc limit $2";
    PRUNE = "delete from draft where updated_at < $1 and reply = '' and note = '' and files = '[]'";
}

#[derive(sqlx::FromRow)]
struct Row {
    conversation_id: Uuid,
    reply: String,
    note: String,
    files: String,
    version: i64,
    updated_at: i64,
}

impl TryFrom<Row> for Draft {
    type Error = crate::Error;
    fn try_from(row: Row) -> Result<Self> {
        let sheet = Sheet { reply: row.reply, note: row.note, files: text::read("draft", &row.files)? };
        Ok(Self {
            conversation_id: ConversationId(row.conversation_id),
            sheet,
            version: row.version,
            updated_at: Timestamp(row.updated_at),
        })
    }
}

/// Saves a sheet over the version its writer knew; answers the new version. Nothing when another browser of the same
/// person has saved something since.
pub async fn save(
    tx: &mut Tx,
    conversation: ConversationId,
    person: PersonId,
    sheet: &Sheet,
    based_on: i64,
    now: Timestamp,
) -> Result<Option<i64>> {
    let row: Option<(i64,)> = fetch_optional!(
        tx,
        SAVE,
        conversation.0,
        person.0,
        &sheet.reply,
        &sheet.note,
        text::write("draft", &sheet.files)?,
        based_on,
        now.ms(),
    );
    Ok(row.map(|(version,)| version))
}

/// What a person has written in a conversation, blank or not.
pub async fn of(tx: &mut Tx, conversation: ConversationId, person: PersonId) -> Result<Option<Draft>> {
    let row: Option<Row> = fetch_optional!(tx, OF, conversation.0, person.0);
    row.map(Draft::try_from).transpose()
}

/// The newest drafts of a person, blank ones included.
pub async fn all(tx: &mut Tx, person: PersonId, limit: i64) -> Result<Vec<Draft>> {
    let rows: Vec<Row> = fetch_all!(tx, ALL, person.0, limit);
    rows.into_iter().map(Draft::try_from).collect()
}

/// Forgets the blank sheets of before a moment. Answers how many.
pub async fn prune(tx: &mut Tx, before: Timestamp) -> Result<u64> {
    Ok(execute!(tx, PRUNE, before.ms()))
}
