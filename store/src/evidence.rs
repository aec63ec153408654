//! What happened in each conversation, in the order of the story, with where the conversation stood after it.
//!
//! Evidence is kept for good, and each piece is linked to the one before ([`crate::chain`]). When some arrives late, the standings after it are rewritten, never the evidence.

use crate::{Error, Result, Tx, chain, text};
use domain::conversation::evidence::{Evidence, What};
use domain::conversation::standing::Standing;
use domain::view::ControlChange;
use domain::{AppId, ConversationId, PersonId, Timestamp};

statements! {
    /// Meta repeats events; the key makes the second one a no-op.
    PUT = "
        insert into evidence (conversation_id, key, at, rank, what, after_standing, changed_owner, owner_app,
            by_person, link, hash)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        on conflict (conversation_id, key) do nothing";
    EXISTS = "select count(*) from evidence where conversation_id = $1 and key = $2";
    STANDING_BEFORE = "
        select after_standing from evidence
        where conversation_id = $1 and (at, rank, key) < ($2, $3, $4)
        order by at desc, rank desc, key desc limit 1";
    FROM = "
        select at, key, what from evidence
        where conversation_id = $1 and (at, rank, key) >= ($2, $3, $4)
        order by at, rank, key";
    REWRITE = "
        update evidence set after_standing = $3, changed_owner = $4, owner_app = $5
        where conversation_id = $1 and key = $2";
    TIMELINE = "
        select e.at, e.key, e.what, e.after_standing, a.name as app_name, p.name as by_name
        from evidence e
        left join known_app a on a.id = e.owner_app
        left join person p on p.id = e.by_person
        where e.conversation_id = $1 and e.changed_owner
        order by e.at desc, e.rank desc, e.key desc limit $2";
    CHANGE = "
        select e.at, e.key, e.what, e.after_standing, a.name as app_name, p.name as by_name
        from evidence e
        left join known_app a on a.id = e.owner_app
        left join person p on p.id = e.by_person
        where e.conversation_id = $1 and e.key = $2 and e.changed_owner";
}

#[derive(sqlx::FromRow)]
struct Row {
    at: i64,
    key: String,
    what: String,
}

impl TryFrom<Row> for Evidence {
    type Error = Error;
    fn try_from(row: Row) -> Result<Self> {
        Ok(Self { at: Timestamp(row.at), key: row.key, what: text::read("evidence", &row.what)? })
    }
}

#[derive(sqlx::FromRow)]
struct ChangeRow {
    at: i64,
    key: String,
    what: String,
    after_standing: String,
    app_name: Option<String>,
    by_name: Option<String>,
}

impl TryFrom<ChangeRow> for ControlChange {
    type Error = Error;
    fn try_from(row: ChangeRow) -> Result<Self> {
        let standing: Standing = text::read("evidence", &row.after_standing)?;
        let what: What = text::read("evidence", &row.what)?;
        Ok(Self {
            key: row.key,
            at: Timestamp(row.at),
            owner: standing.control.owner.kind(),
            app_id: standing.control.owner.app().cloned(),
            app_name: row.app_name,
            proof: standing.control.proof.as_str().to_owned(),
            by: row.by_name,
            metadata: said(what),
        })
    }
}

/// Adds a piece of evidence with the standing after it. `false` when it is there already.
pub async fn put(
    tx: &mut Tx,
    conversation: ConversationId,
    evidence: &Evidence,
    after: &Standing,
    changed_owner: bool,
) -> Result<bool> {
    let (at, rank, key) = evidence.place();
    let (what, standing) = (text::write("evidence", &evidence.what)?, text::write("evidence", after)?);
    let (app, by) = (owner_app(after), who(&evidence.what).map(|person| person.0));
    let link = chain::next(tx, conversation, key, at, &what).await?;
    let added = execute!(
        tx,
        PUT,
        conversation.0,
        key,
        at.ms(),
        i64::from(rank),
        &what,
        &standing,
        changed_owner,
        app,
        by,
        link.n,
        &link.hash,
    ) == 1;
    if added {
        chain::end_with(tx, conversation, link);
    }
    Ok(added)
}

/// Whether the event with this key is known.
pub async fn exists(tx: &mut Tx, conversation: ConversationId, key: &str) -> Result<bool> {
    let (found,): (i64,) = fetch_one!(tx, EXISTS, conversation.0, key);
    Ok(found > 0)
}

/// Where the conversation stood just before a place in the story; nothing when the story begins there.
pub async fn standing_before(
    tx: &mut Tx,
    conversation: ConversationId,
    (at, rank, key): (Timestamp, u8, &str),
) -> Result<Option<Standing>> {
    let row: Option<(String,)> =
        fetch_optional!(tx, STANDING_BEFORE, conversation.0, at.ms(), i64::from(rank), key);
    row.map(|(standing,)| text::read("evidence", &standing)).transpose()
}

/// The evidence at and after a place, in the order of the story.
pub async fn from(
    tx: &mut Tx,
    conversation: ConversationId,
    (at, rank, key): (Timestamp, u8, &str),
) -> Result<Vec<Evidence>> {
    let rows: Vec<Row> = fetch_all!(tx, FROM, conversation.0, at.ms(), i64::from(rank), key);
    rows.into_iter().map(Evidence::try_from).collect()
}

/// Replaces the standing after a piece of evidence, because an earlier one arrived late.
pub async fn rewrite(
    tx: &mut Tx,
    conversation: ConversationId,
    key: &str,
    after: &Standing,
    changed_owner: bool,
) -> Result<()> {
    let standing = text::write("evidence", after)?;
    execute!(tx, REWRITE, conversation.0, key, &standing, changed_owner, owner_app(after));
    Ok(())
}

/// The newest changes of owner, newest first.
pub async fn timeline(tx: &mut Tx, conversation: ConversationId, limit: i64) -> Result<Vec<ControlChange>> {
    let rows: Vec<ChangeRow> = fetch_all!(tx, TIMELINE, conversation.0, limit);
    rows.into_iter().map(ControlChange::try_from).collect()
}

/// The change of owner one piece of evidence caused, if it caused one.
pub async fn change(tx: &mut Tx, conversation: ConversationId, key: &str) -> Result<Option<ControlChange>> {
    let row: Option<ChangeRow> = fetch_optional!(tx, CHANGE, conversation.0, key);
    row.map(ControlChange::try_from).transpose()
}

fn owner_app(standing: &Standing) -> Option<&str> {
    standing.control.owner.app().map(AppId::as_str)
}

fn who(what: &What) -> Option<PersonId> {
    match what {
        What::TeamWrote { by, .. } => Some(*by),
        What::TookOver { by }
        | What::Reset { by, .. }
        | What::MarkedRead { by, .. }
        | What::MarkedUnread { by }
        | What::Closed { by, .. }
        | What::Snoozed { by, .. }
        | What::Reopened { by } => *by,
        What::CustomerWrote { .. }
        | What::CustomerAnswered { .. }
        | What::CustomerActed { .. }
        | What::Found { .. }
        | What::OtherWrote { .. }
        | What::ProgramWrote
        | What::Passed { .. }
        | What::Taken { .. }
        | What::Requested { .. }
        | What::Answered { .. }
        | What::AnswerFailed
        | What::RefusedNotOwner
        | What::RefusedWindow
        | What::Woken
        | What::Expired => None,
    }
}

/// What the app that caused it said about it.
fn said(what: What) -> Option<String> {
    match what {
        What::Passed { metadata, .. } | What::Taken { metadata, .. } | What::Requested { metadata, .. } => {
            metadata
        }
        What::CustomerWrote { .. }
        | What::CustomerAnswered { .. }
        | What::CustomerActed { .. }
        | What::Found { .. }
        | What::OtherWrote { .. }
        | What::TeamWrote { .. }
        | What::ProgramWrote
        | What::Answered { .. }
        | What::AnswerFailed
        | What::TookOver { .. }
        | What::Reset { .. }
        | What::RefusedNotOwner
        | What::RefusedWindow
        | What::Expired
        | What::MarkedRead { .. }
        | What::MarkedUnread { .. }
        | What::Closed { .. }
        | What::Snoozed { .. }
        | What::Woken
        | What::Reopened { .. } => None,
    }
}
