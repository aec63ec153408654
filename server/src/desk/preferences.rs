//! How somebody likes the product: keys, sounds, notifications, language.

use super::{Desk, Refusal, allow};
use crate::node::Node;
use app::api::Failure;
use app::keymap;
use domain::PersonId;
use domain::person::{Act, Actor};
use domain::preferences::{Language, Preferences, Region, Shortcuts, Wishes};
use std::sync::Arc;
use store::{Tx, preferences};

/// The loudest there is.
const FULL_VOLUME: u8 = 100;

#[async_trait::async_trait]
impl app::api::PreferencesDesk for Desk {
    async fn preferences(&self, actor: &Actor) -> Result<Preferences, Failure> {
        Ok(read(&self.node, person(actor)?).await?)
    }

    async fn keep_shortcuts(&self, actor: &Actor, shortcuts: Shortcuts) -> Result<Preferences, Failure> {
        let person = person(actor)?;
        keymap::check(&shortcuts).map_err(|misfit| Failure::Invalid { message: misfit.to_string() })?;
        Ok(change(&self.node, person, |preferences| preferences.shortcuts = shortcuts).await?)
    }

    async fn keep_wishes(&self, actor: &Actor, wishes: Wishes) -> Result<Preferences, Failure> {
        let person = person(actor)?;
        if wishes.volume > FULL_VOLUME {
            return Err(Failure::Invalid { message: "The volume goes from 0 to 100.".into() });
        }
        Ok(change(&self.node, person, |preferences| preferences.attention = wishes).await?)
    }

    async fn keep_region(&self, actor: &Actor, region: Region) -> Result<Preferences, Failure> {
        Ok(change(&self.node, person(actor)?, |preferences| preferences.region = region).await?)
    }

    async fn keep_language(&self, actor: &Actor, language: Option<Language>) -> Result<Preferences, Failure> {
        Ok(change(&self.node, person(actor)?, |preferences| preferences.language = language).await?)
    }
}

fn person(actor: &Actor) -> Result<PersonId, Failure> {
    allow(actor, Act::Look)?;
    actor.person().map(|person| person.id).ok_or(Failure::Forbidden)
}

/// The language the person chose, if they chose one. The transaction is of whoever draws a page for them.
pub async fn language(tx: &mut Tx, person: PersonId) -> Result<Option<Language>, Refusal> {
    Ok(load(tx, person).await?.0.language)
}

async fn read(node: &Arc<Node>, person: PersonId) -> Result<Preferences, Refusal> {
    let mut tx = node.db.snapshot().await?;
    Ok(load(&mut tx, person).await?.0)
}

async fn change(
    node: &Arc<Node>,
    person: PersonId,
    change: impl FnOnce(&mut Preferences),
) -> Result<Preferences, Refusal> {
    let mut tx = node.db.begin().await?;
    let (mut preferences, version) = load(&mut tx, person).await?;
    change(&mut preferences);
    let body = serde_json::to_string(&preferences).map_err(|error| Refusal::Internal(error.to_string()))?;
    match preferences::put(&mut tx, person, &body, version).await {
        Err(store::Error::Conflict) => {
            let message =
                "Another window of yours was quicker. Look at what it chose, then try again.".into();
            return Err(Refusal::Invalid { message });
        }
        put => put?,
    };
    tx.commit().await?;
    Ok(preferences)
}

async fn load(tx: &mut Tx, person: PersonId) -> Result<(Preferences, i64), Refusal> {
    let Some((body, version)) = preferences::get(tx, person).await? else {
        return Ok((Preferences::default(), 0));
    };
    let preferences = serde_json::from_str(&body)
        .map_err(|error| Refusal::Internal(format!("the preferences of {person} cannot be read: {error}")))?;
    Ok((preferences, version))
}
