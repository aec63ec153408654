//! The settings: a section beside its neighbours, for people who run the workspace and for everybody's own profile.
//!
//! To add a section: a file in `settings/`, its line in [`Section`], its route in `root`.

mod apps;
mod frame;
mod routing;
mod section;

pub use apps::AppsSection;
pub use frame::Settings;
pub use routing::RoutingSection;
pub use section::Section;
