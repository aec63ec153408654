//! The question before steps are deleted along with one they hang on.

use super::screen::Screen;
use crate::parts::{Dialog, open_while_asked};
use crate::text;
use crate::text::builder as words;
use leptos::prelude::*;

#[component]
pub fn Deleting(screen: Screen) -> impl IntoView {
    let open = open_while_asked(screen.doomed);
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
        <Dialog open=open title=words::delete_title()>
            <p dir="auto">{words}</p>
            <footer>
                <button class="button" type="button" data-size="32" on:click=move |_| open.set(false)>{text::cancel()}</button>
                <button class="button" type="button" data-kind="danger" data-size="32" on:click=go>{text::delete()}</button>
            </footer>
        </Dialog>
    }
}
