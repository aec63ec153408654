//! The settings: a section beside its neighbours, for people who run the workspace and for everybody's own profile.
//!
//! To add a section: a file in `settings/`, its line in [`Section`], its route in `root`.

mod connect;
mod doing;
mod frame;
mod loaded;
mod page;
mod pages;
mod section;

pub use connect::ConnectPage;
pub use frame::Settings;
pub use page::PageSection;
pub use pages::PagesSection;
pub use section::Section;
