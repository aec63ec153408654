//! The settings: a section beside its neighbours, for people who run the workspace and for everybody's own profile.
//!
//! To add a section: a file in `settings/`, its line in [`Section`], its route in `root`.

#[cfg(feature = "hydrate")]
mod ears;
mod frame;
mod notifications;
mod section;
mod shortcuts;

pub use frame::Settings;
pub use notifications::Notifications;
pub use section::Section;
pub use shortcuts::Shortcuts;
