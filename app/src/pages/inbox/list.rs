//! The list of conversations.

mod filters;
mod rows;

use super::navigation::icon_of;
use super::place::{Filters, Spot};
use super::screen::Screen;
use crate::browser;
use crate::commands::hint;
use crate::keymap::Action;
use crate::parts::{Empty, Icon, Menu, RowsSkeleton};
use crate::text;
use domain::person::Act;
use domain::view::View;
pub use filters::FilterForm;
use filters::{Chips, FilterMenu};
use leptos::html;
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use rows::{News, Rows};
use std::time::Duration;

/// How long the search waits for the next letter.
const TYPING: Duration = Duration::from_millis(200);

/// The list with its search.
#[component]
pub fn List(screen: Screen) -> impl IntoView {
    let place = screen.place;
    let total = move || screen.inbox.with(|inbox| inbox.total()).map(|total| total.to_string());
    let scroll = NodeRef::<html::Div>::new();
    view! {
        <section class="pane list" aria-label=move || text::view_name(place.view.get())>
            <header class="bar">
                <h2>{move || text::view_name(place.view.get())}</h2>
                <span class="num">{total}</span>
                <div class="cluster push">
                    <FilterMenu screen=screen />
                    <ListMenu screen=screen />
                </div>
            </header>
            <Search screen=screen />
            <Chips screen=screen />
            <News screen=screen scroll=scroll />
            <div class="scroll" node_ref=scroll aria-busy=move || screen.list_loading.get().to_string()>
                <Problem screen=screen />
                <Rows screen=screen scroll=scroll />
                <Bottom screen=screen />
            </div>
        </section>
    }
}

/// What else can be done with a list; on phones also the views that have no room below.
#[component]
fn ListMenu(screen: Screen) -> impl IntoView {
    let open = RwSignal::new(false);
    let address = move || screen.place.spot.get().export();
    let manages = screen.me.with_value(|me| me.person.may(Act::Configure));
    let may_export = screen.me.with_value(|me| me.person.may(Act::Export));
    let views = move || {
        [View::Snoozed, View::Closed]
            .map(|view| {
                view! {
                    <a role="menuitem" class="phone" tabindex="-1" href=Spot::of(view).address()>
                        <Icon name=icon_of(view) />
                        <span>{text::view_name(view)}</span>
                    </a>
                }
            })
            .collect_view()
    };
    view! {
        <div class="anchor list-menu" data-bare=(!may_export).then_some("")>
            <button
                class="button"
                type="button"
                data-icon=""
                aria-haspopup="menu"
                aria-label=text::list_menu()
                title=text::list_menu()
                aria-expanded=move || open.get().to_string()
                on:click=move |_| open.update(|open| *open = !*open)
            >
                <Icon name="ellipsis" />
            </button>
            <Menu open=open label=text::list_menu() place="down-end" opener=".list-menu > .button">
                {views()}
                {manages.then(|| view! {
                    <a role="menuitem" class="phone" tabindex="-1" href="/workflows">
                        <Icon name="workflow" />
                        <span>{text::workflows()}</span>
                    </a>
                })}
                {may_export.then(|| view! {
                    <a role="menuitem" tabindex="-1" href=address download="" rel="external">
                        <Icon name="download" />
                        <span>{text::export_list()}<small>{text::export_detail()}</small></span>
                    </a>
                })}
            </Menu>
        </div>
    }
}

#[component]
fn Search(screen: Screen) -> impl IntoView {
    let spot = screen.place.spot;
    let go = StoredValue::new(use_navigate());
    let search = move |words: String| {
        let spot = spot.get_untracked();
        let text = Some(words).filter(|words| !words.trim().is_empty());
        if text != spot.text {
            let options = NavigateOptions { replace: true, scroll: false, ..NavigateOptions::default() };
            go.with_value(|go| go(&Spot { text, ..spot }.address(), options));
        }
    };
    let waiting = StoredValue::new(None::<TimeoutHandle>);
    let typed = move |words: String| {
        if let Some(waiting) = waiting.get_value() {
            waiting.clear();
        }
        waiting.set_value(set_timeout_with_handle(move || search(words), TYPING).ok());
    };
    let node = NodeRef::<html::Input>::new();
    // The address follows the field; the field follows the address only when nobody is typing in it.
    Effect::new(move || {
        let text = spot.get().text.unwrap_or_default();
        if let Some(field) = node.get().filter(|_| !browser::has_focus(".find input")) {
            field.set_value(&text);
        }
    });
    view! {
        <form class="find" role="search" method="get" on:submit=|event| event.prevent_default()>
            <label class="search">
                <Icon name="search" />
                <span class="visually-hidden">{text::search()}</span>
                <input
                    class="input"
                    type="search"
                    name="q"
                    autocomplete="off"
                    placeholder=text::search()
                    title=hint(text::search_hint(), Action::Search)
                    node_ref=node
                    value=spot.get_untracked().text.unwrap_or_default()
                    on:input=move |event| typed(event_target_value(&event))
                />
            </label>
        </form>
    }
}

/// The list could not be loaded; the old rows stay.
#[component]
fn Problem(screen: Screen) -> impl IntoView {
    move || {
        screen.list_problem.get().map(|failure| {
            view! {
                <div class="problem" role="alert">
                    <Icon name="circle-alert" />
                    <span>{failure.to_string()}</span>
                    <button class="button" type="button" data-kind="outline" on:click=move |_| screen.retry_list()>
                        {text::try_again()}
                    </button>
                </div>
            }
        })
    }
}

/// Below the rows: more of them, the end, or why there are none.
#[component]
fn Bottom(screen: Screen) -> impl IntoView {
    let state =
        Memo::new(move |_| screen.inbox.with(|inbox| (inbox.rows.is_empty(), inbox.next_cursor.is_some())));
    let loading = screen.list_loading;
    move || {
        match state.get() {
        (true, _) if loading.get() => view! { <RowsSkeleton /> }.into_any(),
        (true, _) if screen.list_problem.get().is_some() => ().into_any(),
        (true, _) => view! { <NoRows screen=screen /> }.into_any(),
        // Rows are loaded ahead of the reader; the button is for when that failed.
        (false, true) => view! {
            <p class="more">
                <button class="button" type="button" on:click=move |_| screen.load_more()>{text::more_rows()}</button>
            </p>
        }
        .into_any(),
        (false, false) => view! { <p class="more">{text::end_of_list()}</p> }.into_any(),
    }
    }
}

#[component]
fn NoRows(screen: Screen) -> impl IntoView {
    let spot = screen.place.spot.get();
    if screen.inbox.with(|inbox| inbox.pages.iter().all(|page| page.health.is_removed())) {
        return view! { <NoPages screen=screen /> }.into_any();
    }
    let counters = screen.inbox.with(|inbox| inbox.counters);
    let only_unread = spot.filters == Filters { unread: true, ..Filters::default() };
    let other_filters = !only_unread && spot.filters != Filters::default();
    let (title, words) =
        text::empty_view(spot.view, only_unread, other_filters, spot.text.as_deref(), &counters);
    let clear = Spot { text: None, filters: Filters::default(), ..spot.clone() }.address();
    let bots =
        (spot.view != View::WithBot && counters.with_bot.all > 0 && !other_filters && spot.text.is_none())
            .then(|| Spot::of(View::WithBot).address());
    view! {
        <Empty title=title words=words>
            {spot.is_narrowed().then(|| view! {
                <a class="button" data-kind="outline" data-size="32" href=clear>{text::clear_filters()}</a>
            })}
            {bots.map(|bots| view! { <a class="button" data-size="32" href=bots>{text::show_bots()}</a> })}
        </Empty>
    }
    .into_any()
}

/// Nothing can arrive before a page is connected.
#[component]
fn NoPages(screen: Screen) -> impl IntoView {
    let can_connect = screen.me.with_value(|me| me.person.may(Act::Configure));
    let words = if can_connect { text::no_pages_words() } else { text::no_pages_ask() };
    view! {
        <Empty title=text::no_pages() words=words>
            {can_connect.then(|| view! {
                <a class="button" data-kind="primary" data-size="32" href="/settings/pages/connect">{text::connect_a_page()}</a>
            })}
        </Empty>
    }
}
