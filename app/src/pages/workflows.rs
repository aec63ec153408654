//! The workflows module, for owners and managers (WF-01).

mod builder;
mod frame;
mod gallery;
mod list;
mod map;
mod part;
mod report;
mod run;
mod runs;
mod settle;

pub use part::Part;
