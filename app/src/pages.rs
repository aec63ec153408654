//! One file per page: its address, what it loads, what one can do there.

mod address;
pub mod door;
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
pub use join::Join;
pub use not_found::NotFound;
pub use second_step::SecondStep;
pub use set_up::SetUp;
pub use sign_in::SignIn;

/// Fetches what the page at a path was drawn with: taking it over cannot stop half-way to wait for more.
///
/// # Errors
/// When it cannot be fetched. The page stays as it was drawn.
#[cfg(feature = "hydrate")]
pub async fn fetch_for(path: &str) -> Result<(), crate::api::Failure> {
    let mut segments = path.split('/').filter(|segment| !segment.is_empty());
    match segments.next() {
        Some("inbox") if segments.nth(1).is_some() => inbox::fetch_thread().await,
        Some("sign-in" | "join" | "set-up") => door::fetch().await,
        _ => Ok(()),
    }
}
