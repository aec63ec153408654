//! Forgetting a customer: everything that was said in a conversation and everything known about its contact. What the
//! team did stays in the audit log, without the conversation and without a word of it.
//!
//! A table that holds something of a conversation, a contact or a message gets its line here; a test looks at the
//! schema and finds what was forgotten.

use crate::{Result, Tx, search};
use domain::{ContactId, ConversationId, Timestamp};

/// What a conversation holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct Holding {
    pub messages: i64,
    pub files: i64,
    pub notes: i64,
    /// Contact fields with a value.
    pub fields: i64,
    /// Workflows' runs, those of deleted workflows included.
    pub runs: i64,
    /// Messages that have not left yet.
    pub waiting: i64,
}

statements! {
    HOLDING = "
        select
            (select count(*) from message where conversation_id = $1) as messages,
            (select count(*) from media where conversation_id = $1 and message_id is not null) as files,
            (select count(*) from note where conversation_id = $1) as notes,
            (select count(*) from contact_value where contact_id = $2) as fields,
            (select count(*) from run where conversation_id = $1)
                + (select count(*) from deleted_run where conversation_id = $1) as runs,
            (select count(*) from outbox where conversation_id = $1 and kind = 'send') as waiting";

    NOTIFICATIONS = "delete from notification where conversation_id = $1";
    NOTES = "delete from note where conversation_id = $1";
    DRAFTS = "delete from draft where conversation_id = $1";
    EDITS = "delete from message_edit where message_id in (select id from message where conversation_id = $1)";
    AMENDMENTS = "
        delete from amendment where exists (
            select 1 from message m
            where m.conversation_id = $1 and m.page_id = amendment.page_id and m.mid = amendment.mid)";
    UPLOADS = "delete from upload where sent_in in (select id from message where conversation_id = $1)";
    /// The webhooks that brought its messages. Others of the same delivery are applied already.
    WEBHOOKS = "
        delete from inbound
        where state = 'done' and id in (select inbound_id from message where conversation_id = $1)";
    PICTURE = "update contact set picture_id = null where id = $1";
    /// The bytes are deleted by whoever tends files, and then the row.
    FILES = "
        update media set state = 'leaving', conversation_id = null, message_id = null, contact_id = null,
            source = null, name = null, run_at = $3, locked_until = null
        where conversation_id = $1 or contact_id = $2";
    RECEIPTS = "delete from receipt where conversation_id = $1";
    TIMERS = "delete from timer where conversation_id = $1";
    SEEN = "delete from seen where conversation_id = $1";
    CHAIN = "delete from evidence_chain where conversation_id = $1";
    EVIDENCE = "delete from evidence where conversation_id = $1";
    HAPPENINGS = "delete from happening where conversation_id = $1";
    OUTBOX = "delete from outbox where conversation_id = $1";
    SIGNS = "update routing_sign set conversation_id = null, detail = null where conversation_id = $1";
    AUDIT = "update audit set conversation_id = null, detail = '{}' where conversation_id = $1";
    RUN_LINES = "delete from run_line where run_id in (select id from run where conversation_id = $1)";
    RUNS = "delete from run where conversation_id = $1";
    PAST_RUNS = "delete from deleted_run where conversation_id = $1";
    ENROLMENTS = "delete from enrolment where contact_id = $1";
    NON_STARTS = "delete from non_start where contact_id = $1";
    /// What Meta sent of the customer and nobody could use.
    PARKED = "
        delete from parked
        where page_id = (select page_id from contact where id = $1)
            and item like '%\"' || (select psid from contact where id = $1) || '\"%'";
    VALUES = "delete from contact_value where contact_id = $1";
    TAGS = "delete from contact_tag where contact_id = $1";
    MESSAGES = "delete from message where conversation_id = $1";
    CONVERSATION = "delete from conversation where id = $1";
    CONTACT = "delete from contact where id = $1";
}

/// What would be forgotten.
pub async fn holding(tx: &mut Tx, conversation: ConversationId, contact: ContactId) -> Result<Holding> {
    Ok(fetch_one!(tx, HOLDING, conversation.0, contact.0))
}

/// Forgets a conversation and its contact. What refers to something goes before it.
pub async fn forget(
    tx: &mut Tx,
    conversation: ConversationId,
    contact: ContactId,
    now: Timestamp,
) -> Result<()> {
    tx.catch_up().await?;
    search::forget(tx, conversation).await?;
    for statement in [NOTIFICATIONS, NOTES, DRAFTS, EDITS, AMENDMENTS, UPLOADS, WEBHOOKS] {
        execute!(tx, statement, conversation.0);
    }
    execute!(tx, PICTURE, contact.0);
    execute!(tx, FILES, conversation.0, contact.0, now.ms());
    for statement in [RECEIPTS, TIMERS, SEEN, CHAIN, EVIDENCE, HAPPENINGS, OUTBOX, SIGNS, AUDIT] {
        execute!(tx, statement, conversation.0);
    }
    for statement in [RUN_LINES, RUNS, PAST_RUNS] {
        execute!(tx, statement, conversation.0);
    }
    for statement in [PARKED, ENROLMENTS, NON_STARTS, VALUES, TAGS] {
        execute!(tx, statement, contact.0);
    }
    execute!(tx, MESSAGES, conversation.0);
    execute!(tx, CONVERSATION, conversation.0);
    execute!(tx, CONTACT, contact.0);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Db;
    use crate::db::Pools;

    /// What is pointed at without being part of a conversation: the search has its own statements, and a workflow's
    /// test runs nowhere else.
    const ELSEWHERE: [&str; 1] = ["search_entry"];

    #[tokio::test]
    async fn every_table_that_names_a_conversation_a_contact_or_a_message_is_thought_of() {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", folder.path().join("erasure.db").display());
        let db = Db::connect(&url).await.unwrap();
        let Pools::Sqlite { read, .. } = db.pools else { panic!("SQLite") };
        let tables: Vec<(String,)> = sqlx::query_as(
            "select distinct t.name from sqlite_master t join pragma_table_info(t.name) c
             where t.type = 'table' and c.name in ('conversation_id', 'contact_id', 'message_id', 'psid', 'mid')",
        )
        .fetch_all(&read)
        .await
        .unwrap();
        assert!(tables.len() > 15, "{tables:?}");
        for (table,) in tables {
            let forgotten = |(_, sql): &(&str, crate::sql::Sql)| {
                let words: Vec<&str> = sql.sqlite.split_whitespace().collect();
                words.starts_with(&["delete", "from", table.as_str()])
                    || words.starts_with(&["update", table.as_str()])
            };
            let known = ELSEWHERE.contains(&&*table) || STATEMENTS.iter().any(forgotten);
            assert!(known, "{table} holds something of a conversation that deleting it forgets");
        }
    }
}
