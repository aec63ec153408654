//! The chain over the evidence of each conversation: who had control, when, and how we knew, so that nobody can change,
//! drop or add a piece behind our back without it showing.
//!
//! A piece is linked in the order in which it was learned, which is not always the order of the story. Its hash covers
//! the hash before it, the conversation, its number, its key, its time and what was seen, word for word as stored.
//! Standings are derived and not part of it.

use crate::{Result, Tx};
use domain::{ConversationId, Timestamp};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use uuid::Uuid;

/// The hash before the first piece.
const BEGINNING: &str = "";

statements! {
    HEAD = "select links, head from evidence_chain where conversation_id = $1";
    OF = "
        select link, hash, key, at, what from evidence
        where conversation_id = $1 and link is not null order by link, key";
    CHAINS = "
        select conversation_id from evidence_chain where conversation_id > $1 order by conversation_id limit $2";
}

const MOVE: &str = "insert into evidence_chain (conversation_id, links, head) ";
const MOVED: &str =
    " on conflict (conversation_id) do update set links = excluded.links, head = excluded.head";

/// Where chains end that a transaction has looked at, written when it commits. Whoever adds evidence holds the
/// conversation, so nobody else moves the end meanwhile.
#[derive(Debug, Default)]
pub(crate) struct Heads(BTreeMap<Uuid, Head>);

#[derive(Clone, Debug)]
struct Head {
    link: Link,
    moved: bool,
}

#[derive(sqlx::FromRow)]
struct Row {
    link: i64,
    hash: Option<String>,
    key: String,
    at: i64,
    what: String,
}

/// A piece to be linked: its number and its hash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Link {
    pub n: i64,
    pub hash: String,
}

/// What the check of one chain found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Chain {
    /// It is whole, with so many pieces.
    Whole { links: i64 },
    /// The piece with this number is not the one that was linked, or is missing.
    Broken { link: i64 },
}

/// The link a piece of evidence gets if it is new.
pub(crate) async fn next(
    tx: &mut Tx,
    conversation: ConversationId,
    key: &str,
    at: Timestamp,
    what: &str,
) -> Result<Link> {
    if !tx.heads.0.contains_key(&conversation.0) {
        let (n, hash) = head(tx, conversation).await?;
        tx.heads.0.insert(conversation.0, Head { link: Link { n, hash }, moved: false });
    }
    let last = &tx.heads.0[&conversation.0].link;
    let n = last.n + 1;
    Ok(Link { n, hash: hash(&last.hash, conversation, n, key, at, what) })
}

/// The chain of a conversation ends with this link from now on.
pub(crate) fn end_with(tx: &mut Tx, conversation: ConversationId, link: Link) {
    tx.heads.0.insert(conversation.0, Head { link, moved: true });
}

/// Writes where chains end now.
pub(crate) async fn write_heads(tx: &mut Tx) -> Result<()> {
    let heads: Vec<_> = std::mem::take(&mut tx.heads.0).into_iter().filter(|(_, head)| head.moved).collect();
    insert_all!(tx, MOVE, &heads, |(id, head)| *id, head.link.n, head.link.hash.as_str(); MOVED);
    Ok(())
}

/// Checks the chain of a conversation from its beginning to its end.
pub async fn check(tx: &mut Tx, conversation: ConversationId) -> Result<Chain> {
    write_heads(tx).await?;
    let (links, end) = head(tx, conversation).await?;
    let rows: Vec<Row> = fetch_all!(tx, OF, conversation.0);
    let mut before = BEGINNING.to_owned();
    for (n, row) in (1..).zip(&rows) {
        let expected = hash(&before, conversation, n, &row.key, Timestamp(row.at), &row.what);
        if row.link != n || row.hash.as_deref() != Some(&*expected) {
            return Ok(Chain::Broken { link: n });
        }
        before = expected;
    }
    let found = i64::try_from(rows.len()).unwrap_or(i64::MAX);
    Ok(if found == links && before == end {
        Chain::Whole { links }
    } else {
        Chain::Broken { link: found + 1 }
    })
}

/// Some of the conversations with a chain, after one of them.
pub async fn conversations(
    tx: &mut Tx,
    after: Option<ConversationId>,
    limit: i64,
) -> Result<Vec<ConversationId>> {
    let after = after.map_or(Uuid::nil(), |after| after.0);
    let rows: Vec<(Uuid,)> = fetch_all!(tx, CHAINS, after, limit);
    Ok(rows.into_iter().map(|(id,)| ConversationId(id)).collect())
}

async fn head(tx: &mut Tx, conversation: ConversationId) -> Result<(i64, String)> {
    let head: Option<(i64, String)> = fetch_optional!(tx, HEAD, conversation.0);
    Ok(head.unwrap_or((0, BEGINNING.to_owned())))
}

/// Each part goes in with its length, so that no two pieces look alike.
fn hash(before: &str, conversation: ConversationId, n: i64, key: &str, at: Timestamp, what: &str) -> String {
    let mut sum = Sha256::new();
    let parts: [&[u8]; 6] = [
        before.as_bytes(),
        conversation.0.as_bytes(),
        &n.to_be_bytes(),
        key.as_bytes(),
        &at.ms().to_be_bytes(),
        what.as_bytes(),
    ];
    for part in parts {
        sum.update((part.len() as u64).to_be_bytes());
        sum.update(part);
    }
    format!("{:x}", sum.finalize())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::{Inner, Pools};
    use crate::{Db, apps, conversations, evidence, pages};
    use domain::ContactId;
    use domain::conversation::evidence::{Channel, Evidence, What};
    use domain::conversation::standing::Standing;
    use domain::page::{Health, Page};

    const T0: Timestamp = Timestamp(1_795_219_200_000);
    const ID: ConversationId = ConversationId(Uuid::from_u128(7));

    /// A conversation with three pieces of evidence.
    async fn told(folder: &tempfile::TempDir) -> Db {
        let db = Db::connect(&format!("sqlite:{}", folder.path().join("chain.db").display())).await.unwrap();
        let mut tx = db.begin().await.unwrap();
        apps::put(&mut tx, &"app-1".into(), "sealed secret", "sealed token").await.unwrap();
        let page = Page {
            id: "page-1".into(),
            name: "Socks".into(),
            app: "app-1".into(),
            health: Health::Connected,
        };
        pages::put(&mut tx, &page, "sealed page token", T0).await.unwrap();
        let (contact, psid) = (ContactId(Uuid::from_u128(8)), "psid-1".into());
        conversations::open(&mut tx, ID, contact, &page.id, &psid, T0).await.unwrap();
        for key in ["m_1", "m_2", "m_3"] {
            let seen =
                Evidence { at: T0, key: key.into(), what: What::CustomerWrote { channel: Channel::Direct } };
            evidence::put(&mut tx, ID, &seen, &Standing::default(), false).await.unwrap();
        }
        tx.commit().await.unwrap();
        db
    }

    /// What the check finds after somebody was at the database.
    async fn after(sql: &'static str) -> Chain {
        let folder = tempfile::tempdir().unwrap();
        let db = told(&folder).await;
        let Pools::Sqlite { .. } = &db.pools else { panic!("SQLite") };
        let mut tx = db.begin().await.unwrap();
        if let Inner::Sqlite(tx) = &mut tx.inner {
            sqlx::query(sql).execute(&mut **tx).await.unwrap();
        }
        check(&mut tx, ID).await.unwrap()
    }

    #[tokio::test]
    async fn whatever_somebody_changes_in_the_database_shows() {
        assert_eq!(after("select 1").await, Chain::Whole { links: 3 });
        assert_eq!(
            after("update evidence set at = at + 1 where key = 'm_2'").await,
            Chain::Broken { link: 2 }
        );
        assert_eq!(
            after("update evidence set key = 'm_0' where key = 'm_1'").await,
            Chain::Broken { link: 1 }
        );
        assert_eq!(after("delete from evidence where key = 'm_2'").await, Chain::Broken { link: 2 });
        assert_eq!(after("delete from evidence where key = 'm_3'").await, Chain::Broken { link: 3 });
        assert_eq!(after("update evidence_chain set links = 2").await, Chain::Broken { link: 4 });
    }
}
