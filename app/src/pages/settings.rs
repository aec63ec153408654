//! The settings: a section beside its neighbours, for people who run the workspace and for everybody's own profile.
//!
//! To add a section: a file in `settings/`, its line in [`Section`], its route in `root`.

mod apps;
mod audit;
mod connect;
mod doing;
#[cfg(feature = "hydrate")]
mod ears;
mod fields;
mod frame;
mod hours;
mod loaded;
mod news;
mod notifications;
mod page;
mod pages;
mod people;
mod person;
mod profile;
mod routing;
mod section;
mod shortcuts;
mod tags;
mod teams;

pub use apps::AppsSection;
pub use audit::AuditSection;
pub use connect::ConnectPage;
pub(in crate::pages) use doing::Doing;
#[cfg(feature = "hydrate")]
pub(in crate::pages) use ears::listen;
pub use fields::FieldsSection;
pub use frame::Settings;
pub use hours::HoursSection;
pub(in crate::pages) use loaded::loaded;
pub(in crate::pages) use news::News;
pub use notifications::Notifications;
pub use page::PageSection;
pub use pages::PagesSection;
pub use people::PeopleSection;
pub use person::PersonSection;
pub use profile::ProfileSection;
pub use routing::RoutingSection;
pub use section::Section;
pub use shortcuts::Shortcuts;
pub use tags::TagsSection;
pub use teams::TeamsSection;
