//! What happens to a message after it was written: edited, withdrawn, reacted to. Meta may tell it before the message.

use super::intention::Intention;
use super::media;
use domain::view::Message;
use domain::{Mid, PageId, Timestamp};
use serde::{Deserialize, Serialize};
use store::{Error, Result, amendments, edits, messages};

/// One thing that happened to a message.
#[derive(Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Amendment {
    /// The `num`-th edit; a later one wins.
    Edited {
        text: String,
        num: i64,
    },
    Withdrawn,
    /// No emoji: the reaction was taken back.
    Reacted {
        emoji: Option<String>,
    },
}

/// Applies an amendment, or keeps it until its message is there.
pub async fn amend(
    intention: &mut Intention,
    page: &PageId,
    mid: &Mid,
    key: &str,
    at: Timestamp,
    amendment: Amendment,
) -> Result<()> {
    match messages::by_mid(intention.tx(), page, mid).await? {
        Some(message) => apply(intention, &message, at, amendment).await,
        None => {
            let what = serde_json::to_string(&amendment).expect("words and numbers have a JSON form");
            amendments::put(intention.tx(), page, mid, key, at, &what).await
        }
    }
}

/// Applies what waited for a message that has come.
pub async fn catch_up(intention: &mut Intention, page: &PageId, message: &Message, mid: &Mid) -> Result<()> {
    for (at, what) in amendments::take(intention.tx(), page, mid).await? {
        // Each may build on the one before.
        let Some(message) = messages::find(intention.tx(), message.id).await? else { return Ok(()) };
        let amendment = serde_json::from_str(&what)
            .map_err(|error| Error::Inconsistent { table: "amendment", what: error.to_string() })?;
        apply(intention, &message, at, amendment).await?;
    }
    Ok(())
}

async fn apply(
    intention: &mut Intention,
    message: &Message,
    at: Timestamp,
    amendment: Amendment,
) -> Result<()> {
    let id = message.id;
    let changed = match amendment {
        Amendment::Edited { text, num } => {
            if message.deleted {
                return Ok(());
            }
            if let Some(original) = message.text.as_deref().filter(|_| !message.edited) {
                edits::put(intention.tx(), id, 0, message.at, original).await?;
            }
            edits::put(intention.tx(), id, num, at, &text).await?;
            messages::edit(intention.tx(), id, &text, num).await?
        }
        Amendment::Withdrawn => {
            media::forget(intention, id).await?;
            edits::forget(intention.tx(), id).await?;
            messages::mark_deleted(intention.tx(), id).await?
        }
        Amendment::Reacted { emoji } => messages::react(intention.tx(), id, emoji.as_deref(), at).await?,
    };
    if changed {
        intention.message_changed(id).await?;
        intention.refresh_preview(message.conversation_id, id).await?;
    }
    Ok(())
}
