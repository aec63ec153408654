//! What a thread shows besides its messages: files, markers, who else is looking.

/// The desk's side of it.
#[cfg(feature = "ssr")]
#[async_trait::async_trait]
pub trait ThreadDesk: Send + Sync + 'static {}
