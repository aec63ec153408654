//! The screens before one is signed in, as a part of the browser's module: whoever is signed in never loads it.
//!
//! They are plain forms, and work as the server drew them when the part cannot be fetched.

use crate::api::Failure;
use crate::pages::address::pieces;
use crate::pages::office::Missing;
use crate::pages::{Join, NotFound, SecondStep, SetUp, SignIn};
use leptos::prelude::*;
use leptos::wasm_split::wasm_split;
use leptos_router::LazyRoute;
use leptos_router::hooks::use_location;

/// The screen at an address before the door.
fn draw(path: &[&str]) -> AnyView {
    match path {
        ["sign-in"] => view! { <SignIn /> }.into_any(),
        ["sign-in", "code"] => view! { <SecondStep /> }.into_any(),
        ["join", _] => view! { <Join /> }.into_any(),
        ["set-up"] => view! { <SetUp /> }.into_any(),
        _ => view! { <NotFound /> }.into_any(),
    }
}

/// The route of all of them.
#[derive(Clone, Copy, Debug)]
pub struct Part;

impl LazyRoute for Part {
    fn data() -> Self {
        Self
    }

    async fn view(_: Self) -> AnyView {
        match door().await {
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
fn door() -> Result<AnyView, Failure> {
    let path = use_location().pathname.get_untracked();
    Ok(draw(&pieces(&path)))
}

/// Fetches the part before a page that was drawn with it comes to life.
///
/// # Errors
/// When it cannot be fetched. The page stays the plain form that it is.
#[cfg(feature = "hydrate")]
pub async fn fetch() -> Result<(), Failure> {
    Ok(fetch_door().await?)
}
