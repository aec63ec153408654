//! How somebody likes the product: keys, sounds, notifications.

use super::Failure;
#[cfg(feature = "ssr")]
use super::{answer, caller};
use crate::api::codec::Json;
#[cfg(feature = "ssr")]
use domain::person::Actor;
use domain::preferences::{Language, Preferences, Region, Shortcuts, Wishes};
use leptos::prelude::*;

/// The desk's side of it. A program has no preferences and is refused.
#[cfg(feature = "ssr")]
#[async_trait::async_trait]
pub trait PreferencesDesk: Send + Sync + 'static {
    /// What the person chose.
    async fn preferences(&self, actor: &Actor) -> Result<Preferences, Failure>;
    /// Keeps the person's keys; [`Failure::Invalid`] says which cannot work and why.
    async fn keep_shortcuts(&self, actor: &Actor, shortcuts: Shortcuts) -> Result<Preferences, Failure>;
    /// Keeps how the person wants to be called.
    async fn keep_wishes(&self, actor: &Actor, wishes: Wishes) -> Result<Preferences, Failure>;
    /// Keeps how dates, times and numbers are written for the person.
    async fn keep_region(&self, actor: &Actor, region: Region) -> Result<Preferences, Failure>;
    /// Keeps which language the screens speak to the person; none is the browser's.
    async fn keep_language(&self, actor: &Actor, language: Option<Language>) -> Result<Preferences, Failure>;
}

/// What the person chose.
#[server(prefix = "/rpc", endpoint = "preferences", input = Json, output = Json)]
pub async fn load_preferences() -> Result<Preferences, Failure> {
    let caller = caller()?;
    answer(caller.desk.preferences(&caller.actor).await)
}

/// Keeps the person's keys.
#[server(prefix = "/rpc", endpoint = "keep-shortcuts", input = Json, output = Json)]
pub async fn keep_shortcuts(shortcuts: Shortcuts) -> Result<Preferences, Failure> {
    let caller = caller()?;
    answer(caller.desk.keep_shortcuts(&caller.actor, shortcuts).await)
}

/// Keeps how the person wants to be called.
#[server(prefix = "/rpc", endpoint = "keep-wishes", input = Json, output = Json)]
pub async fn keep_wishes(wishes: Wishes) -> Result<Preferences, Failure> {
    let caller = caller()?;
    answer(caller.desk.keep_wishes(&caller.actor, wishes).await)
}

/// Keeps how dates, times and numbers are written for the person.
#[server(prefix = "/rpc", endpoint = "keep-region", input = Json, output = Json)]
pub async fn keep_region(region: Region) -> Result<Preferences, Failure> {
    let caller = caller()?;
    answer(caller.desk.keep_region(&caller.actor, region).await)
}

/// Keeps which language the screens speak to the person. Pages speak it when they are loaded next.
#[server(prefix = "/rpc", endpoint = "keep-language", input = Json, output = Json)]
pub async fn keep_language(language: Option<Language>) -> Result<Preferences, Failure> {
    let caller = caller()?;
    answer(caller.desk.keep_language(&caller.actor, language).await)
}
