//! Customers, as their page knows them. A contact comes into being with its conversation.

use crate::{Result, Tx, fields, search, text};
use domain::contact::Contact;
use domain::workflow::field::{BOT_ON, FieldKey, NAME};
use domain::workflow::value::Value;
use domain::{ContactId, MediaId, Timestamp};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

statements! {
    FIND = "select id, page_id, psid, name, told_name, profile_refused, picture_url, picture_id from contact where id = $1";
    KNOWN = {
        sqlite: "
            select c.id, c.page_id, c.psid, c.name, c.told_name, c.profile_refused, c.picture_url, c.picture_id,
                (select json_group_array(json_array(v.key, v.value)) from contact_value v
                    where v.contact_id = c.id) as field_values,
                (select json_group_array(t.name) from contact_tag g join tag t on t.folded = g.folded
                    where g.contact_id = c.id) as tags
            from contact c where c.id = $1",
        postgres: "
            select c.id, c.page_id, c.psid, c.name, c.told_name, c.profile_refused, c.picture_url, c.picture_id,
                (select coalesce(json_agg(json_build_array(v.key, v.value)), '[]')::text from contact_value v
                    where v.contact_id = c.id) as field_values,
                (select coalesce(json_agg(t.name), '[]')::text from contact_tag g join tag t on t.folded = g.folded
                    where g.contact_id = c.id) as tags
            from contact c where c.id = $1",
    };
    SET_PICTURE = "update contact set picture_id = $2 where id = $1";
    SET_PROFILE = "
        update contact set told_name = $2, picture_url = $3, profile_at = $4, profile_refused = null where id = $1";
    SET_REFUSED = "update contact set profile_refused = $2, profile_at = $3 where id = $1";
    SET_NAME = "update contact set name = $2, name_folded = $3 where id = $1";
    PROFILE_AT = "select profile_at from contact where id = $1";
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    page_id: String,
    psid: String,
    name: Option<String>,
    told_name: Option<String>,
    profile_refused: Option<String>,
    picture_url: Option<String>,
    picture_id: Option<Uuid>,
}

impl From<Row> for Contact {
    fn from(row: Row) -> Self {
        Self {
            id: ContactId(row.id),
            page: row.page_id.into(),
            psid: row.psid.into(),
            name: row.name,
            told_name: row.told_name,
            profile_refused: row.profile_refused,
            picture_url: row.picture_url,
            picture: row.picture_id.map(MediaId),
        }
    }
}

/// Everything that is known about a customer.
#[derive(Clone, Debug, PartialEq)]
pub struct Known {
    pub contact: Contact,
    /// What the team and its workflows wrote.
    pub values: BTreeMap<FieldKey, Value>,
    pub tags: BTreeSet<String>,
}

impl Known {
    /// Whether bots may answer, as the switch says it: `On` until somebody writes something else (WF-84).
    pub fn bot_status(&self) -> String {
        let written =
            self.values.iter().find(|(key, _)| key.is_bot_status()).map(|(_, value)| value.to_string());
        written.filter(|word| !word.is_empty()).unwrap_or_else(|| BOT_ON.to_owned())
    }

    /// The name to be shown: what the team wrote, else what Meta tells.
    pub fn best_name(&self) -> Option<String> {
        let written =
            self.values.iter().find(|(key, _)| key.as_str() == NAME).map(|(_, value)| value.to_string());
        written.filter(|name| !name.trim().is_empty()).or_else(|| self.contact.told_name.clone())
    }
}

#[derive(sqlx::FromRow)]
struct KnownRow {
    #[sqlx(flatten)]
    contact: Row,
    field_values: String,
    tags: String,
}

/// One customer.
pub async fn find(tx: &mut Tx, id: ContactId) -> Result<Option<Contact>> {
    let row: Option<Row> = fetch_optional!(tx, FIND, id.0);
    Ok(row.map(Contact::from))
}

/// One customer with fields and tags.
pub async fn known(tx: &mut Tx, id: ContactId) -> Result<Option<Known>> {
    let row: Option<KnownRow> = fetch_optional!(tx, KNOWN, id.0);
    let Some(row) = row else { return Ok(None) };
    let values: Vec<(String, String)> = text::read("contact_value", &row.field_values)?;
    Ok(Some(Known {
        contact: row.contact.into(),
        values: values.into_iter().map(fields::value).collect::<Result<_>>()?,
        tags: text::read("contact_tag", &row.tags)?,
    }))
}

/// Keeps what Meta told about a customer, and when. Nothing told is kept too, so that Meta is not asked again and
/// again. Under which name the team sees the customer is for [`set_name`].
pub async fn set_profile(
    tx: &mut Tx,
    id: ContactId,
    name: Option<&str>,
    picture_url: Option<&str>,
    now: Timestamp,
) -> Result<()> {
    execute!(tx, SET_PROFILE, id.0, name, picture_url, now.ms());
    Ok(())
}

/// Keeps why Meta told nothing about a customer, in words, and when.
pub async fn set_profile_refused(tx: &mut Tx, id: ContactId, words: &str, now: Timestamp) -> Result<()> {
    execute!(tx, SET_REFUSED, id.0, words, now.ms());
    Ok(())
}

/// Shows a customer to the team under this name, and lets them be found by it.
pub async fn set_name(tx: &mut Tx, id: ContactId, name: Option<&str>) -> Result<()> {
    execute!(tx, SET_NAME, id.0, name, name.map(text::fold));
    search::rename(tx, id, name).await
}

/// Shows another picture of a customer.
pub async fn set_picture(tx: &mut Tx, id: ContactId, picture: MediaId) -> Result<()> {
    execute!(tx, SET_PICTURE, id.0, picture.0);
    Ok(())
}

/// When Meta was last asked about a customer.
pub async fn profile_at(tx: &mut Tx, id: ContactId) -> Result<Option<Timestamp>> {
    let row: Option<(Option<i64>,)> = fetch_optional!(tx, PROFILE_AT, id.0);
    Ok(row.and_then(|(at,)| at).map(Timestamp))
}
