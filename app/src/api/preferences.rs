//! How somebody likes the product: keys, sounds, notifications.

/// The desk's side of it.
#[cfg(feature = "ssr")]
#[async_trait::async_trait]
pub trait PreferencesDesk: Send + Sync + 'static {}
