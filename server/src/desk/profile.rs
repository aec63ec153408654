//! A customer's name and picture, asked once for each new customer; never in the way of a message.

use super::Refusal;
use super::control::credentials;
use super::intention::Intention;
use super::media;
use super::together::intend;
use crate::node::Node;
use domain::{ConversationId, MINUTE};
use messenger::Profile;
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
    let profile = Arc::new(profile);
    let recorded = intend(node, move |intention| {
        let profile = profile.clone();
        Box::pin(async move { record(intention, id, &profile).await })
    });
    recorded.await?;
    Ok(None)
}

async fn record(intention: &mut Intention, id: ConversationId, profile: &Profile) -> store::Result<()> {
    let Some(record) = intention.lock(id).await? else { return Ok(()) };
    let contact = record.contact;
    let now = intention.now();
    let (name, picture) = (profile.name.as_deref(), profile.picture_url.as_deref());
    contacts::set_profile(intention.tx(), contact, name, picture, now).await?;
    intention.contact_changed(contact);
    intention.held_mut(id);
    match picture {
        Some(picture) => media::note_picture(intention, id, picture).await,
        None => Ok(()),
    }
}
