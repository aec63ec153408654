//! The load: what Meta and browsers would do, made as cheaply as possible.

pub mod event;
pub mod get;
pub mod http;
pub mod listen;
pub mod meta;
pub mod post;
pub mod socket;
