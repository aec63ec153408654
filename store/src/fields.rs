//! What the team knows about contacts: fields of its own making, their values, and tags.

use crate::{Error, Result, Tx, text};
use domain::workflow::field::{Field, FieldKey, builtin};
use domain::workflow::value::Value;
use domain::{ContactId, Timestamp};
use uuid::Uuid;

statements! {
    ADD = "
        insert into contact_field (key, name, kind, options, created_at) values ($1, $2, $3, $4, $5)
        on conflict (key) do nothing";
    CHANGE = "update contact_field set name = $2, options = $3 where key = $1";
    REMOVE = "delete from contact_field where key = $1";
    FORGET = "delete from contact_value where key = $1";
    ALL = "select key, name, kind, options from contact_field order by created_at, key";
    IN_USE = "select count(*) from contact_value where key = $1";
    SET = "
        insert into contact_value (contact_id, key, value, updated_at) values ($1, $2, $3, $4)
        on conflict (contact_id, key) do update set value = excluded.value, updated_at = excluded.updated_at";
    CLEAR = "delete from contact_value where contact_id = $1 and key = $2";
    CONTACT_WITH = "select contact_id from contact_value where key = $1 and value = $2 order by updated_at desc, contact_id limit 1";
    KNOW_TAG = "
        insert into tag (folded, name, created_at) values ($1, $2, $3) on conflict (folded) do nothing";
    TAG = "
        insert into contact_tag (contact_id, folded) values ($1, $2) on conflict (contact_id, folded) do nothing";
    UNTAG = "delete from contact_tag where contact_id = $1 and folded = $2";
    TAGS = "select name, folded from tag order by folded";
    TAG_USES = "
        select t.name, count(g.contact_id) as contacts from tag t left join contact_tag g on g.folded = t.folded
        group by t.folded, t.name order by t.folded";
    NAME_TAG = "update tag set name = $2 where folded = $1";
    MERGE_TAG = "
        insert into contact_tag (contact_id, folded) select contact_id, $2 from contact_tag where folded = $1
        on conflict (contact_id, folded) do nothing";
    CLEAR_TAG = "delete from contact_tag where folded = $1";
    REMOVE_TAG = "delete from tag where folded = $1";
}

#[derive(sqlx::FromRow)]
struct Row {
    key: String,
    name: String,
    kind: String,
    options: String,
}

/// Every field: those all workspaces have, then the team's own in the order they were made.
pub async fn all(tx: &mut Tx) -> Result<Vec<Field>> {
    let rows: Vec<Row> = fetch_all!(tx, ALL);
    let own = rows.into_iter().map(|row| {
        Ok(Field {
            key: key(row.key)?,
            name: row.name,
            kind: text::word("contact_field", &row.kind)?,
            options: text::read("contact_field", &row.options)?,
            builtin: false,
        })
    });
    builtin().into_iter().map(Ok).chain(own).collect()
}

/// Adds a field. [`Error::Conflict`] when its key is taken.
pub async fn add(tx: &mut Tx, field: &Field, now: Timestamp) -> Result<()> {
    let taken = builtin().iter().any(|known| known.key == field.key);
    let options = text::write("contact_field", &field.options)?;
    let (key, name, kind) = (field.key.as_str(), field.name.as_str(), field.kind.as_str());
    match !taken && execute!(tx, ADD, key, name, kind, &options, now.ms()) == 1 {
        true => Ok(()),
        false => Err(Error::Conflict),
    }
}

/// Gives a field another name and other options. `false`: it is gone.
pub async fn change(tx: &mut Tx, field: &Field) -> Result<bool> {
    let options = text::write("contact_field", &field.options)?;
    Ok(execute!(tx, CHANGE, field.key.as_str(), field.name.as_str(), &options) == 1)
}

/// Removes a field with all its values.
pub async fn remove(tx: &mut Tx, key: &FieldKey) -> Result<()> {
    execute!(tx, FORGET, key.as_str());
    execute!(tx, REMOVE, key.as_str());
    Ok(())
}

/// How many contacts have a value for it.
pub async fn uses(tx: &mut Tx, key: &FieldKey) -> Result<i64> {
    let (count,): (i64,) = fetch_one!(tx, IN_USE, key.as_str());
    Ok(count)
}

/// Keeps a value; an empty one is forgotten.
pub async fn set(
    tx: &mut Tx,
    contact: ContactId,
    key: &FieldKey,
    value: &Value,
    now: Timestamp,
) -> Result<()> {
    if value.is_empty() {
        execute!(tx, CLEAR, contact.0, key.as_str());
    } else {
        execute!(tx, SET, contact.0, key.as_str(), &text::write("contact_value", value)?, now.ms());
    }
    Ok(())
}

/// The contact who has this value, the one who got it last.
pub async fn contact_with(tx: &mut Tx, key: &FieldKey, value: &Value) -> Result<Option<ContactId>> {
    let written = text::write("contact_value", value)?;
    let row: Option<(Uuid,)> = fetch_optional!(tx, CONTACT_WITH, key.as_str(), &written);
    Ok(row.map(|(id,)| ContactId(id)))
}

/// Puts a tag on a contact. `false`: it was there.
pub async fn tag(tx: &mut Tx, contact: ContactId, name: &str, now: Timestamp) -> Result<bool> {
    let folded = text::fold(name);
    execute!(tx, KNOW_TAG, &folded, name.trim(), now.ms());
    Ok(execute!(tx, TAG, contact.0, &folded) == 1)
}

/// Takes a tag off a contact. `false`: it was not there.
pub async fn untag(tx: &mut Tx, contact: ContactId, name: &str) -> Result<bool> {
    Ok(execute!(tx, UNTAG, contact.0, &text::fold(name)) == 1)
}

/// Every tag that was ever used.
pub async fn tags(tx: &mut Tx) -> Result<Vec<String>> {
    let rows: Vec<(String, String)> = fetch_all!(tx, TAGS);
    Ok(rows.into_iter().map(|(name, _)| name).collect())
}

/// Every tag that was ever used, with the number of contacts who have it.
pub async fn tag_uses(tx: &mut Tx) -> Result<Vec<(String, i64)>> {
    Ok(fetch_all!(tx, TAG_USES))
}

/// Adds a tag nobody has yet. `false`: it is there.
pub async fn add_tag(tx: &mut Tx, name: &str, now: Timestamp) -> Result<bool> {
    Ok(execute!(tx, KNOW_TAG, &text::fold(name), name.trim(), now.ms()) == 1)
}

/// Calls a tag something else; where that is another tag, both become one. `false`: it is gone.
pub async fn rename_tag(tx: &mut Tx, from: &str, to: &str, now: Timestamp) -> Result<bool> {
    let (old, new) = (text::fold(from), text::fold(to));
    if old == new {
        return Ok(execute!(tx, NAME_TAG, &old, to.trim()) == 1);
    }
    execute!(tx, KNOW_TAG, &new, to.trim(), now.ms());
    execute!(tx, MERGE_TAG, &old, &new);
    remove_tag(tx, from).await
}

/// Removes a tag, and takes it off everybody. `false`: it is gone.
pub async fn remove_tag(tx: &mut Tx, name: &str) -> Result<bool> {
    let folded = text::fold(name);
    execute!(tx, CLEAR_TAG, &folded);
    Ok(execute!(tx, REMOVE_TAG, &folded) == 1)
}

/// A value as it is kept.
pub(crate) fn value((name, value): (String, String)) -> Result<(FieldKey, Value)> {
    Ok((key(name)?, text::read("contact_value", &value)?))
}

fn key(name: String) -> Result<FieldKey> {
    FieldKey::new(name)
        .map_err(|error| Error::Inconsistent { table: "contact_field", what: error.to_string() })
}
