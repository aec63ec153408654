//! A customer's name and picture, asked once for each new customer; never in the way of a message.

use super::Refusal;
use super::control::credentials;
use super::intention::Intention;
use super::media;
use crate::node::Node;
use domain::{ConversationId, MINUTE};
use messenger::error::Verdict;
use std::sync::Arc;
use store::contacts;

/// Asks Meta and records the answer. Whether it has to be tried again, and after how many milliseconds.
pub async fn fetch(node: &Arc<Node>, id: ConversationId) -> Result<Option<i64>, Refusal> {
    let (credentials, psid) = match credentials(node, id).await {
        Ok(found) => found,
        Err(Refusal::Gone | Refusal::ByMeta { .. }) => return Ok(None),
        Err(other) => return Err(other),
    };
    let profile = match node.messenger.profile(&credentials, &psid).await {
        Ok(profile) => profile,
        Err(error) => return Ok(matches!(error.kind, Verdict::Retry { .. }).then_some(MINUTE)),
    };
    let mut intention = Intention::begin(node).await?;
    let Some(record) = intention.lock(id).await? else { return Ok(None) };
    let contact = record.contact;
    let now = intention.now();
    let (name, picture) = (profile.name.as_deref(), profile.picture_url.as_deref());
    contacts::set_profile(intention.tx(), contact, name, picture, now).await?;
    intention.held_mut(id);
    if let Some(picture) = picture {
        media::note_picture(&mut intention, id, picture).await?;
    }
    intention.commit().await?;
    Ok(None)
}
