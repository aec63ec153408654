//! The server of Baton: the HTTP edge, the use cases, the background work and the wiring.
//!
//! `http → desk → store, messenger` and `work → desk`, never back. The edge only carries; a rule belongs to `domain`,
//! a transaction to `desk`.

pub mod assets;
pub mod cli;
pub mod clock;
pub mod config;
pub mod desk;
pub mod http;
pub mod limits;
pub mod live;
pub mod media;
pub mod node;
pub mod password;
pub mod presence;
pub mod serve;
pub mod vault;
pub mod work;
