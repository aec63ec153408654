//! The few things only a browser can do. On the server they do nothing, so that screens need not ask where they run.

#[cfg(not(feature = "hydrate"))]
mod absent;
#[cfg(feature = "hydrate")]
mod calling;
#[cfg(feature = "hydrate")]
mod real;

#[cfg(not(feature = "hydrate"))]
pub use absent::*;
#[cfg(feature = "hydrate")]
pub use calling::*;
#[cfg(feature = "hydrate")]
pub use real::*;

/// Whether sound can be heard now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(
    not(feature = "hydrate"),
    allow(dead_code, reason = "without a browser nothing is heard or shown")
)]
pub enum Sound {
    Ready,
    /// Browsers let a page make no sound before somebody clicked or typed in it.
    Locked,
    /// This browser has no sound.
    Missing,
}

/// Whether the browser shows notifications of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(
    not(feature = "hydrate"),
    allow(dead_code, reason = "without a browser nothing is heard or shown")
)]
pub enum Permission {
    Granted,
    /// Nobody was asked yet.
    Open,
    Denied,
    /// The page did not come over https, or the browser has none.
    Missing,
}
