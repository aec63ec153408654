//! Connecting pages, and how each is doing.

/// The desk's side of it.
#[cfg(feature = "ssr")]
#[async_trait::async_trait]
pub trait PagesDesk: Send + Sync + 'static {}
