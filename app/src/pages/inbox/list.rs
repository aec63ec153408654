//! The list of conversations.

use super::place::Spot;
use super::screen::Screen;
use crate::browser;
use crate::commands::hint;
use crate::keymap::Action;
use crate::parts::{Empty, Icon, Row, RowsSkeleton};
use crate::text;
use domain::ConversationId;
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use leptos::{ev, html};
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use std::time::Duration;

/// How long the search waits for the next letter.
const TYPING: Duration = Duration::from_millis(200);

/// The list with its search.
#[component]
pub fn List(screen: Screen) -> impl IntoView {
    let place = screen.place;
    let total = move || {
        screen
            .inbox
            .with(|inbox| inbox.counters.clone().of(place.view.get()).map(|count| count.all.to_string()))
    };
    view! {
        <section class="pane list" aria-label=move || text::view_name(place.view.get())>
            <header class="bar">
                <h2>{move || text::view_name(place.view.get())}</h2>
                <span class="num">{total}</span>
                <UnreadFilter screen=screen />
            </header>
            <Search screen=screen />
            <div class="scroll" aria-busy=move || screen.list_loading.get().to_string()>
                <Problem screen=screen />
                <Rows screen=screen />
                <Bottom screen=screen />
            </div>
        </section>
    }
}

#[component]
fn UnreadFilter(screen: Screen) -> impl IntoView {
    let spot = screen.place.spot;
    let address = move || {
        let spot = spot.get();
        Spot { unread: !spot.unread, ..spot }.address()
    };
    view! {
        <a
            class="button push"
            data-icon=""
            role="button"
            href=address
            aria-pressed=move || spot.get().unread.to_string()
            aria-label=text::ONLY_UNREAD
            title=text::ONLY_UNREAD
        >
            <Icon name="list-filter" />
        </a>
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
                <span class="visually-hidden">{text::SEARCH}</span>
                <input
                    class="input"
                    type="search"
                    name="q"
                    autocomplete="off"
                    placeholder=text::SEARCH
                    title=hint(text::SEARCH_HINT, Action::Search)
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
                    <button class="button" type="button" data-kind="outline" on:click=move |_| screen.load_list()>
                        {text::TRY_AGAIN}
                    </button>
                </div>
            }
        })
    }
}

#[component]
fn Rows(screen: Screen) -> impl IntoView {
    let place = screen.place;
    let ids = Memo::new(move |_| {
        screen.inbox.with(|inbox| inbox.rows.iter().map(|row| row.id).collect::<Vec<_>>())
    });
    let reachable = Memo::new(move |_| {
        let open = place.conversation.get().filter(|open| ids.with(|ids| ids.contains(open)));
        open.or_else(|| ids.with(|ids| ids.first().copied()))
    });
    let keys = move |event: ev::KeyboardEvent| match event.key().as_str() {
        "Enter" if browser::is_inside(&event, "[aria-selected=true]") => {
            event.prevent_default();
            event.stop_propagation();
            browser::focus(".composer textarea");
        }
        _ => {}
    };
    view! {
        <div
            class="rows"
            role="listbox"
            aria-label=move || text::view_name(place.view.get())
            hidden=move || ids.with(Vec::is_empty)
            on:keydown=keys
        >
            <For each=move || ids.get() key=|id| *id let(id)>
                <RowOf screen=screen id=id reachable=reachable />
            </For>
        </div>
    }
}

#[component]
fn RowOf(screen: Screen, id: ConversationId, reachable: Memo<Option<ConversationId>>) -> impl IntoView {
    let place = screen.place;
    let conversation = Memo::new(move |_| screen.inbox.with(|inbox| inbox.row(id)));
    let open = Memo::new(move |_| place.conversation.get() == Some(id));
    let draft = Memo::new(move |_| screen.drafts.with(|drafts| drafts.get(&id).cloned()));
    conversation.get_untracked().map(|first| {
        view! {
            <Row
                conversation=conversation
                first=first
                address=Signal::derive(move || place.spot.get().with(Some(id)).address())
                selected=open
                reachable=Signal::derive(move || reachable.get() == Some(id))
                draft=Signal::derive(move || draft.get().filter(|_| !open.get()))
                me=Some(screen.my_id())
            />
        }
    })
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
        (false, true) => view! {
            <p class="more">
                <button class="button" type="button" on:click=move |_| screen.load_more()>{text::MORE_ROWS}</button>
            </p>
        }
        .into_any(),
        (false, false) => view! { <p class="more">{text::END_OF_LIST}</p> }.into_any(),
    }
    }
}

#[component]
fn NoRows(screen: Screen) -> impl IntoView {
    let spot = screen.place.spot.get();
    let counters = screen.inbox.with(|inbox| inbox.counters);
    let (title, words) = text::empty_view(spot.view, spot.unread, spot.text.as_deref(), &counters);
    let filtered = spot.text.is_some() || spot.unread;
    let clear = Spot { text: None, unread: false, ..spot }.address();
    view! {
        <Empty title=title words=words>
            {filtered.then(|| view! {
                <a class="button" data-kind="outline" data-size="32" href=clear>{text::CLEAR_SEARCH}</a>
            })}
        </Empty>
    }
}
