//! What is due for a page: the daily look at its token, listening for silence, looking for holes.

use crate::{Result, Tx};
use domain::{PageId, Timestamp};

/// Something that is due for a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageTask {
    pub page: PageId,
    pub kind: String,
    pub due_at: Timestamp,
}

statements! {
    SET = "
        insert into page_task (page_id, kind, due_at) values ($1, $2, $3)
        on conflict (page_id, kind) do update set due_at = excluded.due_at";
    DUE = "
        select page_id, kind, due_at from page_task
        where due_at <= $1 order by due_at, page_id, kind limit $2";
    NEXT_DUE = "select min(due_at) from page_task";
    /// Whoever puts it off does it: another node finds it put off already.
    TAKE = "update page_task set due_at = $4 where page_id = $1 and kind = $2 and due_at = $3";
}

/// Sets when something is due, or due again.
pub async fn set(tx: &mut Tx, page: &PageId, kind: &str, due_at: Timestamp) -> Result<()> {
    execute!(tx, SET, page.as_str(), kind, due_at.ms());
    Ok(())
}

/// What is due, the longest waiting first.
pub async fn due(tx: &mut Tx, now: Timestamp, limit: i64) -> Result<Vec<PageTask>> {
    let rows: Vec<(String, String, i64)> = fetch_all!(tx, DUE, now.ms(), limit);
    let task = |(page, kind, due_at): (String, _, _)| PageTask {
        page: page.into(),
        kind,
        due_at: Timestamp(due_at),
    };
    Ok(rows.into_iter().map(task).collect())
}

/// When something is due next.
pub async fn next_due(tx: &mut Tx) -> Result<Option<Timestamp>> {
    let (at,): (Option<i64>,) = fetch_one!(tx, NEXT_DUE);
    Ok(at.map(Timestamp))
}

/// Takes a task and says when it is due again. `false` when another node took it.
pub async fn take(tx: &mut Tx, task: &PageTask, again_at: Timestamp) -> Result<bool> {
    Ok(execute!(tx, TAKE, task.page.as_str(), task.kind.as_str(), task.due_at.ms(), again_at.ms()) == 1)
}
