//! What we are compared with: the least that could do the same work.

pub mod bun;
pub mod ingest;
pub mod list;
pub mod node_red;
