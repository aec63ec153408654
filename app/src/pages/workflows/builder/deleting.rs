//! The question before steps are deleted along with one they hang on.

use super::screen::Screen;
use crate::parts::Dialog;
use crate::text;
use crate::text::builder as words;
use leptos::prelude::*;

#[component]
pub fn Deleting(screen: Screen) -> impl IntoView {
    let open = RwSignal::new(false);
    Effect::new(move || open.set(screen.doomed.with(Option::is_some)));
    Effect::new(move || {
        if !open.get() {
            screen.doomed.set(None);
        }
    });
    let words = move || {
        screen
            .doomed
            .with(|doomed| doomed.as_ref().map(|doomed| words::delete_along(&doomed.name, doomed.along)))
    };
    let go = move |_| {
        if let Some(doomed) = screen.doomed.get_untracked() {
            open.set(false);
            screen.delete_now(&doomed);
        }
    };
    view! {
        <Dialog open=open title=words::DELETE_TITLE>
            <p dir="auto">{words}</p>
            <footer>
                <button class="button" type="button" data-size="32" on:click=move |_| open.set(false)>{text::CANCEL}</button>
                <button class="button" type="button" data-kind="danger" data-size="32" on:click=go>{text::DELETE}</button>
            </footer>
        </Dialog>
    }
}
