//! Where new workflows come from.

use super::{Ask, Board};
use crate::parts::{Icon, Menu, MenuItem};
use crate::text::workflows as words;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

/// The button that adds a workflow, and beside it the other ways.
#[component]
pub fn Add(board: Board) -> impl IntoView {
    let open = RwSignal::new(false);
    let go = StoredValue::new(use_navigate());
    let gallery =
        Callback::new(move |()| go.with_value(|go| go("/workflows/templates", NavigateOptions::default())));
    let blank = Callback::new(move |()| board.ask(Ask::Create));
    let import = Callback::new(move |()| board.ask(Ask::Import));
    let full = move || board.is_full();
    view! {
        <div class="split push anchor adding">
            <button class="button" type="button" data-kind="primary" data-size="32" disabled=full on:click=move |_| board.ask(Ask::Create)>
                <Icon name="plus" />
                {words::add()}
            </button>
            <button
                class="button"
                type="button"
                data-kind="primary"
                data-size="32"
                aria-label=words::more_ways()
                title=words::more_ways()
                aria-haspopup="menu"
                aria-expanded=move || open.get().to_string()
                disabled=full
                on:click=move |_| open.update(|open| *open = !*open)
            >
                <Icon name="chevron-down" size=14 />
            </button>
            <Menu open=open label=words::more_ways() place="down-end" opener=".adding > .button:nth-child(2)">
                <MenuItem icon="plus" name=words::blank() on_choose=blank />
                <MenuItem icon="layout-template" name=words::from_template() on_choose=gallery />
                <MenuItem icon="file" name=words::import() on_choose=import />
            </Menu>
        </div>
    }
}
