//! The settings: a section beside its neighbours, for people who run the workspace and for everybody's own profile.
//!
//! To add a section: a file in `settings/`, its line in [`Section`], its screen and address in `part`.

mod apps;
mod audit;
mod connect;
mod connections;
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
mod part;
mod people;
mod person;
mod profile;
mod routing;
mod section;
mod shelf;
mod shortcuts;
mod tags;
mod teams;
mod workspace;

pub(in crate::pages) use doing::Doing;
#[cfg(feature = "hydrate")]
pub(in crate::pages) use ears::listen;
pub(in crate::pages) use loaded::loaded;
pub(in crate::pages) use news::News;
pub use part::Part;
use part::Screen;
pub use section::Section;

use apps::AppsSection;
use audit::AuditSection;
use connect::ConnectPage;
use connections::ConnectionsSection;
use fields::FieldsSection;
use frame::Settings;
use hours::HoursSection;
use notifications::Notifications;
use page::PageSection;
use pages::PagesSection;
use people::PeopleSection;
use person::PersonSection;
use profile::ProfileSection;
use routing::RoutingSection;
use shortcuts::Shortcuts;
use tags::TagsSection;
use teams::TeamsSection;
use workspace::WorkspaceSection;
