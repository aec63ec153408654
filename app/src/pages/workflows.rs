//! The workflows module, for owners and managers (WF-01).

pub mod builder;
mod frame;

pub use builder::BuilderPage;
pub use frame::Workflows;
