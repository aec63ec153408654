//! A customer's name and picture, asked once for each new customer; never in the way of a message.

use super::Refusal;
use super::control::credentials;
use super::intention::Intention;
use super::media;
use super::together::intend;
use super::workflow::effects;
use crate::node::Node;
use domain::{ConversationId, MINUTE};
use messenger::Profile;
use messenger::error::Verdict;
use std::sync::Arc;
use store::contacts;

/// Meta answers without a name as long as the customer has not agreed by writing first.
const NOT_AGREED: &str =
    "The customer has not written to this page first, so Facebook does not show who it is.";

/// Asks Meta and records the answer. Whether it has to be tried again, and after how many milliseconds.
pub async fn fetch(node: &Arc<Node>, id: ConversationId) -> Result<Option<i64>, Refusal> {
    let (credentials, psid) = match credentials(node, id).await {
        Ok(found) => found,
        Err(Refusal::Gone | Refusal::ByMeta { .. }) => return Ok(None),
        Err(other) => return Err(other),
    };
    let profile = match node.messenger.profile(&credentials, &psid).await {
        Ok(profile) => profile,
        Err(error) if matches!(error.kind, Verdict::Retry { .. }) => return Ok(Some(MINUTE)),
        Err(error) => {
            let words: Arc<str> = error.words().into();
            let refused = intend(node, move |intention| {
                let words = words.clone();
                Box::pin(async move { record_refusal(intention, id, &words).await })
            });
            refused.await?;
            return Ok(None);
        }
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
    show_best_name(intention, id).await?;
    if name.is_none() {
        record_refusal(intention, id, NOT_AGREED).await?;
    }
    match picture {
        Some(picture) => media::note_picture(intention, id, picture).await,
        None => Ok(()),
    }
}

/// Keeps why Meta tells nothing, where whoever misses the name finds it.
async fn record_refusal(intention: &mut Intention, id: ConversationId, words: &str) -> store::Result<()> {
    let Some(record) = intention.lock(id).await? else { return Ok(()) };
    let contact = record.contact;
    let now = intention.now();
    contacts::set_profile_refused(intention.tx(), contact, words, now).await?;
    intention.contact_changed(contact);
    effects::tell_contact(intention, id).await
}

/// Shows the customer of a locked conversation under the best name there is.
pub async fn show_best_name(intention: &mut Intention, id: ConversationId) -> store::Result<()> {
    let contact = intention.held(id).contact;
    let Some(known) = intention.contact(contact).await? else { return Ok(()) };
    let name = known.best_name();
    if name != known.contact.name {
        contacts::set_name(intention.tx(), contact, name.as_deref()).await?;
        intention.contact_changed(contact);
    }
    // Its row shows name and picture.
    intention.held_mut(id);
    Ok(())
}
