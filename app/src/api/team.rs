//! People, invitations, teams, what somebody is kept from; and one's own profile.

/// The desk's side of it.
#[cfg(feature = "ssr")]
#[async_trait::async_trait]
pub trait TeamDesk: Send + Sync + 'static {}
