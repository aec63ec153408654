//! Closing with a note: what it was about, for workflows and reports. Closing without one stays one click beside it.

use super::thread::Open;
use crate::browser;
use crate::parts::{Icon, Popover, TextField};
use crate::text;
use domain::conversation::evidence::ClosingNote;
use domain::conversation::standing::Status;
use leptos::ev;
use leptos::prelude::*;

/// The small button beside Close, and its form.
#[component]
pub fn Closing(open: Open) -> impl IntoView {
    let screen = open.screen;
    let shown = RwSignal::new(false);
    let closed = Memo::new(move |_| open.conversation.get().status == Status::Closed);
    // What was typed stays until it was used: the form may be closed by a passing click.
    let (category, summary) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let close = Callback::new(move |()| {
        let text =
            |field: RwSignal<String>| Some(field.get_untracked()).filter(|text| !text.trim().is_empty());
        screen.close(ClosingNote { category: text(category), summary: text(summary) });
        shown.set(false);
        category.set(String::new());
        summary.set(String::new());
        browser::focus(".closing > .button");
    });
    view! {
        <Show when=move || !closed.get()>
            <button
                class="button roomy"
                type="button"
                data-icon=""
                data-narrow=""
                aria-haspopup="dialog"
                aria-label=text::close_with_note()
                title=text::close_with_note()
                aria-expanded=move || shown.get().to_string()
                on:click=move |_| shown.update(|shown| *shown = !*shown)
            >
                <Icon name="chevron-down" size=14 />
            </button>
        </Show>
        <Popover open=shown label=text::close_with_note() place="down-end" opener=".closing > .button[aria-haspopup]">
            <Note category=category summary=summary close=close />
        </Popover>
    }
}

#[component]
fn Note(category: RwSignal<String>, summary: RwSignal<String>, close: Callback<()>) -> impl IntoView {
    let send = move |event: ev::SubmitEvent| {
        event.prevent_default();
        close.run(());
    };
    view! {
        <form class="form" on:submit=send>
            <TextField id="closing-category" label=text::closing_category() value=category required=false />
            <div class="field">
                <label for="closing-summary">{text::closing_summary()}</label>
                <textarea
                    class="input"
                    id="closing-summary"
                    rows="2"
                    dir="auto"
                    maxlength=ClosingNote::MOST_SUMMARY.to_string()
                    aria-describedby="closing-hint"
                    prop:value=move || summary.get()
                    on:input=move |event| summary.set(event_target_value(&event))
                ></textarea>
            </div>
            <p class="hint" id="closing-hint">{text::closing_hint()}</p>
            <footer>
                <button class="button" type="submit" data-kind="primary" data-size="32">{text::close()}</button>
            </footer>
        </form>
    }
}
