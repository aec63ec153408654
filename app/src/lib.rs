//! The screens of Baton, and the functions they call.
//!
//! A page owns resources and actions; a part draws what it is given; `state` folds what happened into plain structs;
//! `text` says everything that is said. To add a screen: a file in `pages`, its route in `root`.

// A page is one deeply nested type.
#![recursion_limit = "512"]

#[macro_use]
mod language;

pub mod api;
mod attention;
mod browser;
pub mod calendar;
mod clock;
mod commands;
mod hands;
pub mod keymap;
#[cfg(feature = "hydrate")]
mod live;
mod pages;
mod parts;
mod root;
mod shell;
pub mod state;
pub mod text;
mod theme;

#[cfg(feature = "hydrate")]
pub use language::speak;
#[cfg(all(feature = "ssr", not(feature = "hydrate")))]
pub use language::{Catalogue, speaking};
#[cfg(feature = "hydrate")]
pub use pages::fetch_for;
pub use root::App;
pub use shell::{Asked, Assets, shell};
