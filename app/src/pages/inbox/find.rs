//! Searching in a thread, and the dialogs about one message.

use super::thread::Open;
use crate::parts::{Dialog, Icon, Shape, When};
use crate::text;
use leptos::html;
use leptos::prelude::*;

/// The search field of the thread, while it is open.
#[component]
pub fn Find(open: Open) -> impl IntoView {
    let look = open.look;
    open.screen.searches.set_value(Some((open.id, Callback::new(move |()| look.open_search()))));
    view! {
        <Show when=move || look.searching.get()>
            <Field open=open />
        </Show>
    }
}

#[component]
fn Field(open: Open) -> impl IntoView {
    let look = open.look;
    let field = NodeRef::<html::Input>::new();
    Effect::new(move || {
        if let Some(field) = field.get() {
            let _not_focusable = field.focus();
        }
    });
    let count = move || look.found.get().map(|found| text::places(look.at.get(), found.len()));
    let none = move || look.found.get().is_none_or(|found| found.is_empty());
    let keyed = move |event: leptos::ev::KeyboardEvent| match event.key().as_str() {
        "Enter" => look.step(!event.shift_key()),
        "Escape" => {
            event.stop_propagation();
            look.close_search();
        }
        _ => {}
    };
    view! {
        <search class="look">
            <label class="search">
                <Icon name="search" />
                <input
                    class="input"
                    type="search"
                    dir="auto"
                    aria-label=text::search_in_thread()
                    placeholder=text::search_in_thread()
                    autocomplete="off"
                    node_ref=field
                    prop:value=move || look.text.get()
                    on:input=move |event| look.typed(event_target_value(&event))
                    on:keydown=keyed
                />
            </label>
            <span class="num" role="status">{count}</span>
            <button class="button" type="button" data-icon="" disabled=none aria-label=text::older_place() title=text::older_place() on:click=move |_| look.step(true)>
                <Icon name="chevron-up" />
            </button>
            <button class="button" type="button" data-icon="" disabled=none aria-label=text::newer_place() title=text::newer_place() on:click=move |_| look.step(false)>
                <Icon name="chevron-down" />
            </button>
            <button class="button" type="button" data-icon="" aria-label=text::close_search() title=text::close_search() on:click=move |_| look.close_search()>
                <Icon name="x" />
            </button>
        </search>
    }
}

/// What a message said before, and how Meta sent it.
#[component]
pub fn MessageDialogs(open: Open) -> impl IntoView {
    let look = open.look;
    view! {
        <Dialog open=look.wordings_open title=text::wordings()>
            <ol class="wordings">
                <For each=move || look.wordings.get() key=|wording| wording.at let(wording)>
                    <li><When at=wording.at shape=Shape::Moment /><p dir="auto">{wording.text}</p></li>
                </For>
            </ol>
            <footer><button class="button" type="button" data-kind="outline" on:click=move |_| look.wordings_open.set(false)>{text::done()}</button></footer>
        </Dialog>
        <Dialog open=look.original_open title=text::original()>
            {move || look.original.get().map(|original| view! {
                <div class="original">
                    <h3>{text::as_sent()}</h3>
                    {match original.sent {
                        Some(sent) => view! { <pre tabindex="0">{sent}</pre> }.into_any(),
                        None => view! { <p>{text::no_longer_kept()}</p> }.into_any(),
                    }}
                    <h3>{text::as_kept()}</h3>
                    <pre tabindex="0">{original.kept}</pre>
                </div>
            })}
            <footer><button class="button" type="button" data-kind="outline" on:click=move |_| look.original_open.set(false)>{text::done()}</button></footer>
        </Dialog>
    }
}
