//! Conversation routing, and the apps beside us.

mod apps;
mod check;
mod radar;
mod rehearsal;

pub use apps::*;
pub use check::*;
pub use radar::*;
pub use rehearsal::*;
