//! Drafts, files to send and notes.

/// The desk's side of it.
#[cfg(feature = "ssr")]
#[async_trait::async_trait]
pub trait WritingDesk: Send + Sync + 'static {}
