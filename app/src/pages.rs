//! One file per page: its address, what it loads, what one can do there.

mod door;
mod inbox;
mod not_found;
mod set_up;
pub mod settings;
mod sign_in;

pub use inbox::Inbox;
pub use not_found::NotFound;
pub use set_up::SetUp;
pub use settings::{ConnectPage, PageSection, PagesSection, Settings};
pub use sign_in::SignIn;
