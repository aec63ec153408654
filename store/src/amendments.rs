//! What Meta told about a message before the message itself came. It waits here until the message is there.

use crate::{Result, Tx};
use domain::{Mid, PageId, Timestamp};

statements! {
    PUT = "
        insert into amendment (page_id, mid, key, at, what) values ($1, $2, $3, $4, $5)
        on conflict (page_id, mid, key) do nothing";
    OF = "select at, what from amendment where page_id = $1 and mid = $2 order by at, key";
    FORGET = "delete from amendment where page_id = $1 and mid = $2";
}

/// Keeps an amendment. `key` names it: the same one twice is one. `what` is the caller's, and comes back as it is.
pub async fn put(tx: &mut Tx, page: &PageId, mid: &Mid, key: &str, at: Timestamp, what: &str) -> Result<()> {
    execute!(tx, PUT, page.as_str(), mid.as_str(), key, at.ms(), what);
    Ok(())
}

/// What waits for a message, oldest first; it is forgotten with that.
pub async fn take(tx: &mut Tx, page: &PageId, mid: &Mid) -> Result<Vec<(Timestamp, String)>> {
    let rows: Vec<(i64, String)> = fetch_all!(tx, OF, page.as_str(), mid.as_str());
    if !rows.is_empty() {
        execute!(tx, FORGET, page.as_str(), mid.as_str());
    }
    Ok(rows.into_iter().map(|(at, what)| (Timestamp(at), what)).collect())
}
