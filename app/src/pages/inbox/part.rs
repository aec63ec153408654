//! The open conversation as a part of the browser's module: the list does not wait for it.
//!
//! What only an open conversation needs lies behind one function, which answers how to draw and to handle it. It is fetched with the
//! page when the address names a conversation, else as soon as a hand moves.

use super::screen::Screen;
use super::thread::OpenThread;
use crate::api::Failure;
use crate::commands::Given;
use crate::keymap::Action;
use domain::ConversationId;
use leptos::prelude::*;
use leptos::wasm_split::wasm_split;

/// What the part holds.
#[derive(Clone, Copy, Debug)]
pub struct OpenPart {
    /// Draws an open conversation.
    pub draw: fn(Screen, ConversationId) -> AnyView,
    /// Does with the open conversation what a key or the palette asks for.
    pub act: fn(Screen, Action),
    /// Gives the open conversation to somebody.
    pub give: fn(Screen, Given),
}

/// Fetches the part, once.
///
/// # Errors
/// When it cannot be fetched; the next call tries again.
#[wasm_split(thread, wasm_split_path = leptos::wasm_split, fallible)]
pub fn thread() -> Result<OpenPart, Failure> {
    Ok(OpenPart {
        draw: |screen, id| view! { <OpenThread screen=screen id=id /> }.into_any(),
        act: Screen::act_on_open,
        give: |screen, (agent, team)| screen.assign(agent, team),
    })
}

/// Fetches the part before a page that was drawn with an open conversation comes to life.
///
/// # Errors
/// When it cannot be fetched. The page stays as it was drawn.
#[cfg(feature = "hydrate")]
pub async fn fetch_thread() -> Result<(), Failure> {
    thread().await.map(drop)
}
