//! The audit log: who did what, for managers to read and to take away as a file.

use super::invalid;
use crate::desk::Refusal;
use crate::node::Node;
use app::api::{AuditEntry, AuditPage, AuditQuery};
use domain::Timestamp;
use domain::view::Named;
use serde_json::Value;
use store::audit::{self, Entry, Search};
use store::{Tx, people};
use uuid::Uuid;

/// How many entries a page holds.
const PAGE: i64 = 50;
/// How many entries are read at a time for a file.
const ROWS: i64 = 500;

/// A page of entries, with what one can search for.
pub async fn page(node: &Node, query: AuditQuery) -> Result<AuditPage, Refusal> {
    let mut tx = node.db.snapshot().await?;
    let (entries, next_cursor) = found(&mut tx, query, PAGE).await?;
    let people = people::everybody(&mut tx).await?.into_iter();
    let people = people.map(|known| Named { id: known.person.id, name: known.person.name }).collect();
    let acts = audit::acts(&mut tx).await?;
    Ok(AuditPage { entries, next_cursor, people, acts, now: node.clock.now() })
}

/// Entries for a file, and where to go on.
pub async fn rows(node: &Node, query: AuditQuery) -> Result<(Vec<AuditEntry>, Option<String>), Refusal> {
    found(&mut node.db.snapshot().await?, query, ROWS).await
}

async fn found(
    tx: &mut Tx,
    query: AuditQuery,
    limit: i64,
) -> Result<(Vec<AuditEntry>, Option<String>), Refusal> {
    let search = Search {
        person: query.person,
        act: query.act.filter(|act| !act.is_empty()),
        from: query.from,
        until: query.until,
        before: query.cursor.as_deref().map(place).transpose()?,
        limit: limit + 1,
    };
    let mut entries = audit::search(tx, &search).await?;
    let more = entries.len() > usize::try_from(limit).unwrap_or(usize::MAX);
    if more {
        entries.pop();
    }
    let last = entries.last().filter(|_| more);
    let next = last.map(|last| format!("{}.{}", last.at.ms(), last.id.simple()));
    Ok((entries.into_iter().map(shown).collect(), next))
}

fn place(cursor: &str) -> Result<(Timestamp, Uuid), Refusal> {
    let read =
        cursor.split_once('.').and_then(|(at, id)| Some((Timestamp(at.parse().ok()?), id.parse().ok()?)));
    match read {
        Some(place) => Ok(place),
        None => invalid("This cursor is not one of ours. Start again without it."),
    }
}

fn shown(entry: Entry) -> AuditEntry {
    let detail = match entry.detail {
        Value::Object(fields) => fields.into_iter().map(|(name, value)| (name, words(&value))).collect(),
        Value::Null => Vec::new(),
        other => vec![("detail".into(), words(&other))],
    };
    AuditEntry {
        id: entry.id,
        at: entry.at,
        actor: entry.actor,
        act: entry.act,
        conversation: entry.conversation,
        detail,
    }
}

/// A value as one reads it: what is off or empty goes without saying.
fn words(value: &Value) -> String {
    match value {
        Value::Null => "–".into(),
        Value::Bool(yes) => if *yes { "yes" } else { "no" }.into(),
        Value::Number(number) => number.to_string(),
        Value::String(text) => text.replace('_', " "),
        Value::Array(items) if items.is_empty() => "none".into(),
        Value::Array(items) => items.iter().map(words).collect::<Vec<_>>().join(", "),
        Value::Object(fields) => {
            let set = fields.iter().filter(|(_, value)| !matches!(value, Value::Bool(false) | Value::Null));
            let told = set.map(|(name, value)| match value {
                Value::Bool(_) => name.replace('_', " "),
                other => format!("{}: {}", name.replace('_', " "), words(other)),
            });
            told.collect::<Vec<_>>().join(", ")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::words;
    use serde_json::json;

    #[test]
    fn restrictions_are_told_by_what_is_set() {
        let restrictions = json!({ "reach": "team", "no_take_over": true, "no_export": false });
        assert_eq!(words(&restrictions), "no take over, reach: team");
        assert_eq!(words(&json!([])), "none");
        assert_eq!(words(&json!(["A", "B"])), "A, B");
    }
}
