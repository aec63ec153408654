//! The screens before one is signed in, as a part of the browser's module: whoever is signed in never loads it.
//!
//! They are plain forms, and work as the server drew them when the part cannot be fetched.

use crate::api::Failure;
use crate::pages::office::Missing;
use crate::pages::{Join, SecondStep, SetUp, SignIn};
use leptos::prelude::*;
use leptos::wasm_split::wasm_split;
use leptos_router::LazyRoute;

/// A screen of the door, by the number that goes through between the modules.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Screen {
    SignIn,
    SecondStep,
    Join,
    SetUp,
}

impl Screen {
    const ALL: [Self; 4] = [Self::SignIn, Self::SecondStep, Self::Join, Self::SetUp];

    fn draw(self) -> AnyView {
        match self {
            Self::SignIn => view! { <SignIn /> }.into_any(),
            Self::SecondStep => view! { <SecondStep /> }.into_any(),
            Self::Join => view! { <Join /> }.into_any(),
            Self::SetUp => view! { <SetUp /> }.into_any(),
        }
    }
}

/// The route of one screen: `Lazy::<Part<{ Screen::Join as u8 }>>::new()`.
#[derive(Clone, Copy, Debug)]
pub struct Part<const SCREEN: u8>;

impl<const SCREEN: u8> LazyRoute for Part<SCREEN> {
    fn data() -> Self {
        Self
    }

    async fn view(_: Self) -> AnyView {
        match door(SCREEN).await {
            Ok(view) => view,
            Err(failure) => view! { <Missing failure=failure /> }.into_any(),
        }
    }

    async fn preload() {
        // What could not be fetched is asked for again, and spoken of, when it is drawn.
        let _ = fetch_door().await;
    }
}

#[wasm_split(door, wasm_split_path = leptos::wasm_split, fallible, preload(fetch_door))]
fn door(screen: u8) -> Result<AnyView, Failure> {
    // What is not a screen never gets here: routes name them.
    Ok(Screen::ALL.get(usize::from(screen)).map_or_else(|| ().into_any(), |screen| screen.draw()))
}

/// Fetches the part before a page that was drawn with it comes to life.
///
/// # Errors
/// When it cannot be fetched. The page stays the plain form that it is.
#[cfg(feature = "hydrate")]
pub async fn fetch() -> Result<(), Failure> {
    Ok(fetch_door().await?)
}
