//! What people should look at.

use crate::{Result, Tx, text};
use domain::contact::name_or_stand_in;
use domain::writing::{Notification, Reason};
use domain::{ConversationId, NoteId, NotificationId, PersonId, Psid, TeamId, Timestamp};
use uuid::Uuid;

statements! {
    /// Named twice in one note, somebody is told once.
    PUT = "
        insert into notification (id, person_id, conversation_id, note_id, reason, at)
        values ($1, $2, $3, $4, $5, $6)
        on conflict (person_id, note_id) do nothing";
    NEWEST = "
        select f.id, f.conversation_id, c.psid, k.name as customer, c.assignee, c.team, f.note_id,
            coalesce(p.name, n.author_name) as by_name, n.text as said, f.reason, f.at, f.seen_at
        from notification f
        join conversation c on c.id = f.conversation_id
        join contact k on k.id = c.contact_id
        join note n on n.id = f.note_id
        left join person p on p.id = n.person_id
        where f.person_id = $1 order by f.at desc, f.id desc limit $2";
    SEEN = "
        update notification set seen_at = $3
        where person_id = $1 and at <= $2 and seen_at is null";
    SEEN_IN = "
        update notification set seen_at = $3
        where person_id = $1 and conversation_id = $2 and seen_at is null";
    PRUNE = "delete from notification where at < $1";
}

/// The most characters a preview has.
const PREVIEW: usize = 140;

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    conversation_id: Uuid,
    psid: String,
    customer: Option<String>,
    assignee: Option<Uuid>,
    team: Option<Uuid>,
    note_id: Uuid,
    by_name: String,
    said: String,
    reason: String,
    at: i64,
    seen_at: Option<i64>,
}

/// A notification, with whose conversation it is about: whoever reads it must see that.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    pub notification: Notification,
    pub assignee: Option<PersonId>,
    pub team: Option<TeamId>,
}

impl TryFrom<Row> for Told {
    type Error = crate::Error;
    fn try_from(row: Row) -> Result<Self> {
        let notification = Notification {
            id: NotificationId(row.id),
            conversation_id: ConversationId(row.conversation_id),
            customer: name_or_stand_in(row.customer.as_deref(), &Psid(row.psid)),
            note_id: NoteId(row.note_id),
            by: row.by_name,
            preview: row
                .said
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" ")
                .chars()
                .take(PREVIEW)
                .collect(),
            reason: text::word("notification", &row.reason)?,
            at: Timestamp(row.at),
            seen_at: row.seen_at.map(Timestamp),
        };
        Ok(Self { notification, assignee: row.assignee.map(PersonId), team: row.team.map(TeamId) })
    }
}

/// Somebody to be told of a note.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NewNotification {
    pub id: NotificationId,
    pub person: PersonId,
    pub conversation: ConversationId,
    pub note: NoteId,
    pub reason: Reason,
    pub at: Timestamp,
}

/// Tells a person of a note. `false`: told before.
pub async fn put(tx: &mut Tx, new: NewNotification) -> Result<bool> {
    let NewNotification { id, person, conversation, note, reason, at } = new;
    Ok(execute!(tx, PUT, id.0, person.0, conversation.0, note.0, reason.as_str(), at.ms()) == 1)
}

/// The newest of a person, newest first.
pub async fn newest(tx: &mut Tx, person: PersonId, limit: i64) -> Result<Vec<Told>> {
    let rows: Vec<Row> = fetch_all!(tx, NEWEST, person.0, limit);
    rows.into_iter().map(Told::try_from).collect()
}

/// A person has looked at everything up to a moment. Answers how many that were.
pub async fn seen(tx: &mut Tx, person: PersonId, until: Timestamp, now: Timestamp) -> Result<u64> {
    Ok(execute!(tx, SEEN, person.0, until.ms(), now.ms()))
}

/// A person has looked at a conversation. Answers how many were about it.
pub async fn seen_in(
    tx: &mut Tx,
    person: PersonId,
    conversation: ConversationId,
    now: Timestamp,
) -> Result<u64> {
    Ok(execute!(tx, SEEN_IN, person.0, conversation.0, now.ms()))
}

/// Forgets what is older than a moment. Answers how many.
pub async fn prune(tx: &mut Tx, before: Timestamp) -> Result<u64> {
    Ok(execute!(tx, PRUNE, before.ms()))
}
