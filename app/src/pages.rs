//! One file per page: its address, what it loads, what one can do there.

mod door;
mod inbox;
mod join;
mod not_found;
mod office;
mod second_step;
mod set_up;
pub mod settings;
mod sign_in;
pub mod workflows;

pub use inbox::Inbox;
#[cfg(feature = "hydrate")]
pub use inbox::fetch_for;
pub use join::Join;
pub use not_found::NotFound;
pub use second_step::SecondStep;
pub use set_up::SetUp;
pub use sign_in::SignIn;
