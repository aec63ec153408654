//! How somebody likes the product: keys, sounds, notifications.

use super::Desk;

#[async_trait::async_trait]
impl app::api::PreferencesDesk for Desk {}
