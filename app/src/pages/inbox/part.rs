//! The open conversation as a part of the browser's module: the list does not wait for it.
//!
//! What only an open conversation needs lies behind one function, which answers how to draw it. It is fetched with the
//! page when the address names a conversation, else as soon as a hand moves.

use super::screen::Screen;
use super::thread::OpenThread;
use crate::api::Failure;
use domain::ConversationId;
use leptos::prelude::*;
use leptos::wasm_split::wasm_split;

/// Draws an open conversation.
pub type Draw = fn(Screen, ConversationId) -> AnyView;

/// Fetches the part, once.
///
/// # Errors
/// When it cannot be fetched; the next call tries again.
#[wasm_split(thread, wasm_split_path = leptos::wasm_split, fallible)]
pub fn thread() -> Result<Draw, Failure> {
    Ok(|screen, id| view! { <OpenThread screen=screen id=id /> }.into_any())
}

/// Fetches what the page at a path was drawn with: taking it over cannot stop half-way to wait for more.
///
/// # Errors
/// When it cannot be fetched. The page stays as it was drawn.
#[cfg(feature = "hydrate")]
pub async fn fetch_for(path: &str) -> Result<(), Failure> {
    let mut segments = path.split('/').filter(|segment| !segment.is_empty());
    let shows_a_thread = segments.next() == Some("inbox") && segments.nth(1).is_some();
    if shows_a_thread {
        thread().await?;
    }
    Ok(())
}
