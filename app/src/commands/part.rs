//! The palette and the keyboard map as a part of the browser's module: no page waits for them. They are fetched once
//! somebody moves a hand; a key that asks for them is heard, what is typed after it is kept, and both are answered when
//! they are there.

use super::{Commands, Help, Palette};
use crate::api::Failure;
use crate::browser;
use crate::hands::at_first_move;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_split::wasm_split;
use std::time::Duration;

/// How long a page that is not yet alive is left alone.
const PATIENCE: Duration = Duration::from_millis(200);

/// Draws what the part holds.
type Draw = fn() -> AnyView;

#[wasm_split(commands, wasm_split_path = leptos::wasm_split, fallible)]
fn commands() -> Result<Draw, Failure> {
    Ok(|| view! { <Palette /><Help /> }.into_any())
}

/// The palette and the keyboard map over every page, closed.
#[component]
pub fn Called() -> impl IntoView {
    let commands = Commands::of_window();
    let part = Part { commands, drawn: RwSignal::new(None), underway: StoredValue::new(false) };
    Effect::new(move || at_first_move(move || part.fetch()));
    Effect::new(move || {
        if commands.asks() {
            part.fetch();
        }
    });
    move || part.drawn.get().map(|draw| draw())
}

#[derive(Clone, Copy)]
struct Part {
    commands: Commands,
    drawn: RwSignal<Option<Draw>>,
    underway: StoredValue<bool>,
}

impl Part {
    fn fetch(self) {
        let needless = self.drawn.try_with_untracked(Option::is_none) != Some(true);
        if needless || self.underway.try_get_value() != Some(false) {
            return;
        }
        // Drawn while the page is still being taken over, it would stand where the server has drawn nothing.
        if !browser::has_come_to_life() {
            return set_timeout(move || self.fetch(), PATIENCE);
        }
        self.underway.set_value(true);
        spawn_local(async move {
            let fetched = commands().await;
            self.underway.try_set_value(false);
            match fetched {
                Ok(draw) => drop(self.drawn.try_set(Some(draw))),
                Err(failure) => self.commands.take_back(&failure),
            }
        });
    }
}

impl Commands {
    /// Whether a key or a button asked for the palette or the keyboard map.
    fn asks(self) -> bool {
        self.palette.get().is_some() || self.help.get()
    }

    /// What was asked for cannot be shown. Nobody is told who did not ask.
    fn take_back(self, failure: &Failure) {
        if self.palette.try_get_untracked().flatten().is_some() || self.help.try_get_untracked() == Some(true)
        {
            self.put_palette_away();
            self.help.set(false);
            self.say(failure.to_string());
        }
    }
}
