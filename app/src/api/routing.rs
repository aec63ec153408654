//! Whether conversation routing is set up as it should be, and the apps seen on pages.

/// The desk's side of it.
#[cfg(feature = "ssr")]
#[async_trait::async_trait]
pub trait RoutingDesk: Send + Sync + 'static {}
