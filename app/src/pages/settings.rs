//! The settings: a section beside its neighbours, for people who run the workspace and for everybody's own profile.
//!
//! To add a section: a file in `settings/`, its line in [`Section`], its screen in `part`, its route in `root`.

mod apps;
mod audit;
mod connect;
mod doing;
#[cfg(feature = "hydrate")]
mod ears;
mod frame;
mod loaded;
mod notifications;
mod page;
mod pages;
mod part;
mod people;
mod person;
mod profile;
mod routing;
mod section;
mod shortcuts;
mod teams;

pub use part::{Part, Screen};
pub use section::Section;

use apps::AppsSection;
use audit::AuditSection;
use connect::ConnectPage;
use frame::Settings;
use notifications::Notifications;
use page::PageSection;
use pages::PagesSection;
use people::PeopleSection;
use person::PersonSection;
use profile::ProfileSection;
use routing::RoutingSection;
use shortcuts::Shortcuts;
use teams::TeamsSection;
