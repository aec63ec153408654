//! The screens of Baton, and the functions they call.

pub mod api;
