//! The open conversation as a part of the browser's module: the list does not wait for it.
//!
//! What only a person who does something needs lies behind one function: how to draw an open conversation, to load it,
//! to keep it true and to write in it, and what opens at a click. It is fetched with the page when the address names a
//! conversation, else as soon as a hand moves. Whoever calls one of these has the part; nothing else may name what is
//! behind them, or it is loaded with the list again.

use super::bell::Told;
use super::list::FilterForm;
use super::opening::Later;
use super::screen::Screen;
use super::thread::OpenThread;
use crate::api::Failure;
use crate::commands::{Choice, Given};
use crate::keymap::Action;
use crate::state::ThreadState;
use domain::ConversationId;
use domain::live::Numbered;
use domain::view::Thread;
use domain::workflow::view::{RunView, Shortcut};
use leptos::prelude::*;
use leptos::wasm_split::wasm_split;

/// What the part holds.
#[derive(Clone, Copy, Debug)]
pub struct OpenPart {
    /// Draws an open conversation.
    pub draw: fn(Screen, ConversationId) -> AnyView,
    /// Does with the open conversation what a key or the palette asks for.
    pub act: fn(Screen, Action),
    /// What workflows the palette can start and stop for the open conversation.
    pub runs: fn(Screen) -> (Vec<Shortcut>, Vec<RunView>),
    /// Does what was chosen in the palette.
    pub choose: fn(Screen, Choice),
    /// Gives the open conversation to somebody.
    pub give: fn(Screen, Given),
    /// Reads a conversation that came with the page; nothing when it is unreadable.
    pub read: fn(Later<Thread>) -> Option<ThreadState>,
    /// Loads a conversation and shows it, if it is still wanted by then.
    pub load: fn(Screen, ConversationId),
    /// Folds changes into what is known of conversations.
    #[cfg_attr(not(feature = "hydrate"), expect(dead_code, reason = "only browsers hear"))]
    pub hear: fn(Screen, &[Numbered]),
    /// Reads again what is shown beside the open conversation: changes were missed.
    pub look_beside: fn(Screen),
    /// Takes up what an earlier visit left unsaved and unsent, and keeps what is written from now on.
    pub resume_writing: fn(Screen),
    /// Reads again what this person has written elsewhere.
    #[cfg_attr(not(feature = "hydrate"), expect(dead_code, reason = "only browsers hear"))]
    pub load_drafts: fn(Screen),
    /// Draws the form of all filters.
    pub filters: fn(Screen) -> AnyView,
    /// Draws what this person should look at, in a popover that closes by this.
    pub told: fn(Screen, RwSignal<bool>) -> AnyView,
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
        runs: Screen::offered_runs,
        choose: Screen::choose,
        give: |screen, (agent, team)| screen.assign(agent, team),
        read: |thread| thread.read().map(ThreadState::fresh),
        load: Screen::fetch_thread,
        hear: Screen::hear_of_threads,
        look_beside: Screen::reload_beside,
        resume_writing: Screen::resume_writing,
        load_drafts: Screen::load_drafts,
        filters: |screen| view! { <FilterForm screen=screen /> }.into_any(),
        told: |screen, open| view! { <Told screen=screen open=open /> }.into_any(),
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
