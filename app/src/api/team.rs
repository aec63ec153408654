//! People, invitations, teams, what somebody is kept from; and one's own profile.

mod audit;
mod people;
#[cfg(feature = "ssr")]
mod port;
mod profile;

pub use audit::*;
pub use people::*;
#[cfg(feature = "ssr")]
pub use port::{Reception, TeamDesk};
pub use profile::*;
