//! The five assistive tools (WF-56): zoom in, zoom out, center, undo, redo.

use super::screen::{Look, Screen};
use crate::parts::Icon;
use crate::state::builder::{BuilderState, LARGEST, SMALLEST, zoomed};
use crate::text::builder as words;
use leptos::prelude::*;

#[component]
pub fn Tools(screen: Screen) -> impl IntoView {
    let canvas = move || screen.look.get() == Look::Canvas;
    let zoom = move |larger: bool| screen.zoom.update(|percent| *percent = zoomed(*percent, larger));
    let smallest = move || screen.zoom.get() <= SMALLEST;
    let largest = move || screen.zoom.get() >= LARGEST;
    let undoing = Memo::new(move |_| screen.state.with(BuilderState::to_undo));
    let redoing = Memo::new(move |_| screen.state.with(BuilderState::to_redo));
    let undo = move || words::undo(undoing.get());
    let redo = move || words::redo(redoing.get());
    view! {
        <div class="assist" role="toolbar" aria-label=words::tools()>
            <Show when=canvas>
                <button
                    class="button" type="button" data-icon="" aria-label=words::zoom_out() title=words::zoom_out()
                    disabled=smallest
                    on:click=move |_| zoom(false)
                >
                    <Icon name="zoom-out" />
                </button>
                <span class="num" aria-live="polite">{move || words::percent(screen.zoom.get())}</span>
                <button
                    class="button" type="button" data-icon="" aria-label=words::zoom_in() title=words::zoom_in()
                    disabled=largest
                    on:click=move |_| zoom(true)
                >
                    <Icon name="zoom-in" />
                </button>
                <button
                    class="button" type="button" data-icon="" aria-label=words::center() title=words::center()
                    on:click=move |_| screen.center.update(|times| *times += 1)
                >
                    <Icon name="scan" />
                </button>
                <hr aria-orientation="vertical" />
            </Show>
            <button
                class="button" type="button" data-icon="" aria-label=undo title=undo
                disabled=move || undoing.get().is_none() || screen.locked.get()
                on:click=move |_| screen.undo()
            >
                <Icon name="undo-2" />
            </button>
            <button
                class="button" type="button" data-icon="" aria-label=redo title=redo
                disabled=move || redoing.get().is_none() || screen.locked.get()
                on:click=move |_| screen.redo()
            >
                <Icon name="redo-2" />
            </button>
        </div>
    }
}
