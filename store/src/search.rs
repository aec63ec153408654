//! What can be found: the words of messages and of customers' names.
//!
//! Words are cut by [`domain::search`], so that both databases find the same: SQLite keeps them in an FTS5 index,
//! PostgreSQL in text vectors. Whoever stores another kind of text that should be found adds it here, too.

use crate::db::Inner;
use crate::{Result, Tx};
use domain::search::{Search, words};
use domain::{ContactId, ConversationId, MessageId};
use sqlx::{Database, QueryBuilder};

/// How many of the newest messages a word is looked for in: whoever finds more types another word. A word of every
/// other message costs milliseconds by that, and not seconds.
const NEWEST: i64 = 5_000;
/// The same for customers' names.
const NAMES: i64 = 1_000;

statements! {
    ADD = {
        sqlite: "insert into search_entry (conversation_id, message_id) values ($1, $2)",
        postgres: "insert into search_entry (conversation_id, message_id, words)
            values ($1, $2, array_to_tsvector(string_to_array($3, ' ')))",
    };

    REMOVE = "delete from search_entry where message_id = $1";

    FORGET = "delete from search_entry where conversation_id = $1";

    CONVERSATION_OF = "
        select c.id, c.contact_id from contact k join conversation c on c.page_id = k.page_id and c.psid = k.psid
        where k.id = $1";

    REMOVE_NAME = "delete from search_entry where conversation_id = $1 and message_id is null";
}

/// FTS5 keeps its words beside the entry.
const ADD_TEXT: &str = "insert into search_words (rowid, text) values (last_insert_rowid(), $1)";
const ADD_NAME: &str = "insert into search_words (rowid, name) values (last_insert_rowid(), $1)";
const REMOVE_TEXT: &str =
    "delete from search_words where rowid = (select n from search_entry where message_id = $1)";
const REMOVE_NAME_WORDS: &str = "delete from search_words
    where rowid = (select n from search_entry where conversation_id = $1 and message_id is null)";
const FORGET_WORDS: &str =
    "delete from search_words where rowid in (select n from search_entry where conversation_id = $1)";

/// Lets nothing of a conversation be found any more.
pub(crate) async fn forget(tx: &mut Tx, conversation: ConversationId) -> Result<()> {
    if let Inner::Sqlite(tx) = &mut tx.inner {
        sqlx::query(FORGET_WORDS).bind(conversation.0).execute(&mut **tx).await?;
    }
    execute!(tx, FORGET, conversation.0);
    Ok(())
}

/// Lets a message be found by its text.
pub(crate) async fn add(
    tx: &mut Tx,
    conversation: ConversationId,
    message: MessageId,
    text: &str,
) -> Result<()> {
    let words = spaced(text);
    if words.is_empty() {
        return Ok(());
    }
    match &mut tx.inner {
        Inner::Sqlite(tx) => {
            sqlx::query(ADD.sqlite).bind(conversation.0).bind(message.0).execute(&mut **tx).await?;
            sqlx::query(ADD_TEXT).bind(words).execute(&mut **tx).await?;
        }
        Inner::Postgres(tx) => {
            let add = sqlx::query(ADD.postgres).bind(conversation.0).bind(message.0).bind(words);
            add.execute(&mut **tx).await?;
        }
    }
    Ok(())
}

/// Lets a message no longer be found.
pub(crate) async fn remove(tx: &mut Tx, message: MessageId) -> Result<()> {
    if let Inner::Sqlite(tx) = &mut tx.inner {
        sqlx::query(REMOVE_TEXT).bind(message.0).execute(&mut **tx).await?;
    }
    execute!(tx, REMOVE, message.0);
    Ok(())
}

/// Lets a customer's conversation be found by the customer's name of today.
pub(crate) async fn rename(tx: &mut Tx, contact: ContactId, name: Option<&str>) -> Result<()> {
    let found: Option<(uuid::Uuid, uuid::Uuid)> = fetch_optional!(tx, CONVERSATION_OF, contact.0);
    let Some((conversation, _)) = found else { return Ok(()) };
    if let Inner::Sqlite(tx) = &mut tx.inner {
        sqlx::query(REMOVE_NAME_WORDS).bind(conversation).execute(&mut **tx).await?;
    }
    execute!(tx, REMOVE_NAME, conversation);
    let words = spaced(name.unwrap_or_default());
    if words.is_empty() {
        return Ok(());
    }
    let nothing: Option<uuid::Uuid> = None;
    match &mut tx.inner {
        Inner::Sqlite(tx) => {
            sqlx::query(ADD.sqlite).bind(conversation).bind(nothing).execute(&mut **tx).await?;
            sqlx::query(ADD_NAME).bind(words).execute(&mut **tx).await?;
        }
        Inner::Postgres(tx) => {
            sqlx::query(ADD.postgres).bind(conversation).bind(nothing).bind(words).execute(&mut **tx).await?;
        }
    }
    Ok(())
}

fn spaced(text: &str) -> String {
    words(text).collect::<Vec<_>>().join(" ")
}

/// The words of a text, each between two spaces, so that one can be looked for as a whole.
pub(crate) fn between_spaces(text: &str) -> String {
    format!(" {} ", spaced(text))
}

/// Where a word is looked for.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Among {
    Names,
    Texts,
}

/// How a database asks its index.
pub(crate) trait Index: Database {
    /// Adds a select of the conversations that have the words of a search, the newest entries of it.
    ///
    /// Words are letters and digits only, so nothing a person types has a meaning in the notation of the index; they
    /// are bound all the same.
    fn hits(query: &mut QueryBuilder<Self>, among: Among, search: &Search);
}

impl Index for sqlx::Sqlite {
    fn hits(query: &mut QueryBuilder<Self>, among: Among, search: &Search) {
        let (whole, begun) = search.parts();
        let whole = whole.iter().map(|word| format!("\"{word}\""));
        let words = whole.chain(begun.map(|word| format!("\"{word}\"*"))).collect::<Vec<_>>().join(" ");
        let (column, most) = match among {
            Among::Names => ("name", NAMES),
            Among::Texts => ("text", NEWEST),
        };
        query.push(
            "select e.conversation_id from (select rowid as n from search_words where search_words match ",
        );
        query.push_bind(format!("{column} : ({words})"));
        query.push(" order by rowid desc limit ").push_bind(most);
        query.push(") w join search_entry e on e.n = w.n");
    }
}

impl Index for sqlx::Postgres {
    fn hits(query: &mut QueryBuilder<Self>, among: Among, search: &Search) {
        let (whole, begun) = search.parts();
        let whole = whole.iter().map(|word| format!("'{word}'"));
        let words = whole.chain(begun.map(|word| format!("'{word}':*"))).collect::<Vec<_>>().join(" & ");
        let (which, most) = match among {
            Among::Names => ("message_id is null", NAMES),
            Among::Texts => ("message_id is not null", NEWEST),
        };
        query.push("(select conversation_id from search_entry where ").push(which);
        query.push(" and words @@ ").push_bind(words).push("::tsquery order by n desc limit ");
        query.push_bind(most).push(")");
    }
}
