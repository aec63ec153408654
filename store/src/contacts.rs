//! Customers, as their page knows them. A contact comes into being with its conversation.

use crate::{Result, Tx, search, text};
use domain::contact::Contact;
use domain::{ContactId, MediaId, Timestamp};
use uuid::Uuid;

statements! {
    FIND = "select id, page_id, psid, name, picture_url, picture_id from contact where id = $1";
    SET_PICTURE = "update contact set picture_id = $2 where id = $1";
    SET_PROFILE = "
        update contact set name = $2, name_folded = $3, picture_url = $4, profile_at = $5 where id = $1";
    PROFILE_AT = "select profile_at from contact where id = $1";
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    page_id: String,
    psid: String,
    name: Option<String>,
    picture_url: Option<String>,
    picture_id: Option<Uuid>,
}

/// One customer.
pub async fn find(tx: &mut Tx, id: ContactId) -> Result<Option<Contact>> {
    let row: Option<Row> = fetch_optional!(tx, FIND, id.0);
    Ok(row.map(|row| Contact {
        id: ContactId(row.id),
        page: row.page_id.into(),
        psid: row.psid.into(),
        name: row.name,
        picture_url: row.picture_url,
        picture: row.picture_id.map(MediaId),
    }))
}

/// Keeps what Meta told about a customer, and when. Nothing told is kept too, so that Meta is not asked again and
/// again.
pub async fn set_profile(
    tx: &mut Tx,
    id: ContactId,
    name: Option<&str>,
    picture_url: Option<&str>,
    now: Timestamp,
) -> Result<()> {
    execute!(tx, SET_PROFILE, id.0, name, name.map(text::fold), picture_url, now.ms());
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
