//! The workflows module, for owners and managers (WF-01).

mod builder;
mod frame;
mod gallery;
mod list;
mod map;
mod report;
mod run;
mod runs;

pub use builder::BuilderPage;
pub use frame::Workflows;
pub use gallery::{GalleryPage, TemplatePage};
pub use list::ListPage;
pub use report::ReportPage;
pub use run::RunPage;
pub use runs::RunsPage;
