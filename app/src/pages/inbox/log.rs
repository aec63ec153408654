//! The messages.
//!
//! The scroller runs upwards (`column-reverse`): it starts at the newest message without any script, stays there when
//! one arrives, and keeps its place when older ones are put before.

use super::thread::Open;
use crate::parts::{Bubble, DayMarker, Icon, OwnerMarker};
use crate::state::{Line, LineKey, Lines, lines};
use crate::text;
use domain::view::Message;
use leptos::html;
use leptos::prelude::*;
use std::sync::Arc;

/// Nearer to the end than this, in pixels, the reader is at the end.
const AT_END: i32 = 48;

/// The log of the thread.
#[component]
pub fn Log(open: Open) -> impl IntoView {
    let screen = open.screen;
    let laid_out = Memo::new(move |before: Option<&Lines>| {
        let zone = screen.clock.zone();
        let now = screen.thread.with(|thread| {
            thread.as_ref().filter(|thread| thread.id() == open.id).map(|thread| lines(thread, zone))
        });
        now.or_else(|| before.cloned()).unwrap_or_default()
    });
    let order = Memo::new(move |_| laid_out.with(|lines| lines.order.clone()));
    let scroller = NodeRef::<html::Div>::new();
    let at_end = RwSignal::new(true);
    let scrolled = move |_| {
        if let Some(scroller) = scroller.get_untracked() {
            at_end.set(scroller.scroll_top().abs() < AT_END);
        }
    };
    let name = move || text::messages_with(&open.customer.get());
    view! {
        <div class="scroll" tabindex="0" role="region" aria-label=name node_ref=scroller on:scroll=scrolled>
            <div class="log" role="log" aria-label=name>
                <Earlier open=open />
                <For each=move || order.get() key=LineKey::clone let(key)>
                    <LineView open=open laid_out=laid_out key=key />
                </For>
            </div>
        </div>
        <News open=open at_end=at_end scroller=scroller />
    }
}

#[component]
fn Earlier(open: Open) -> impl IntoView {
    let more = Memo::new(move |_| {
        open.screen.thread.with(|thread| thread.as_ref().is_some_and(|thread| thread.earlier.is_some()))
    });
    let loading = RwSignal::new(false);
    move || {
        if more.get() {
            view! {
                <p class="more">
                    <button
                        class="button"
                        type="button"
                        aria-busy=move || loading.get().to_string()
                        on:click=move |_| open.screen.load_earlier(loading)
                    >
                        {text::EARLIER}
                    </button>
                </p>
            }
            .into_any()
        } else {
            view! { <p class="more">{text::BEGINNING}</p> }.into_any()
        }
    }
}

#[component]
fn LineView(open: Open, laid_out: Memo<Lines>, key: LineKey) -> impl IntoView {
    let line = Memo::new(move |before: Option<&Option<Line>>| {
        laid_out.with(|lines| lines.get(&key).cloned()).or_else(|| before.cloned().flatten())
    });
    let again = Callback::new(move |message: Arc<Message>| open.writing.again(&message));
    let check = Callback::new(move |()| open.screen.resync());
    match line.get_untracked()? {
        Line::Day(at) => Some(view! { <DayMarker at=at /> }.into_any()),
        Line::Control(change) => Some(view! { <OwnerMarker change=change /> }.into_any()),
        Line::Message { message, .. } => {
            let customer = open.customer.get_untracked();
            Some(
                view! { <Bubble line=line first=message customer=customer on_again=again on_check=check /> }
                    .into_any(),
            )
        }
    }
}

/// Tells who reads further up that something was said.
#[component]
fn News(open: Open, at_end: RwSignal<bool>, scroller: NodeRef<html::Div>) -> impl IntoView {
    let last = Memo::new(move |_| {
        open.screen.thread.with(|thread| {
            thread.as_ref().and_then(|thread| thread.messages.last().map(|message| message.id))
        })
    });
    let mine = move || {
        open.screen.thread.with_untracked(|thread| {
            thread.as_ref().is_some_and(|thread| {
                thread.messages.last().is_some_and(|last| thread.pending.contains(&last.id))
            })
        })
    };
    let to_end = move || {
        if let Some(scroller) = scroller.get_untracked() {
            scroller.set_scroll_top(0);
        }
    };
    let unseen = RwSignal::new(false);
    Effect::watch(
        move || last.get(),
        move |_, _, _| {
            if mine() {
                to_end();
            } else if !at_end.get_untracked() {
                unseen.set(true);
            }
        },
        false,
    );
    let shown = move || unseen.get() && !at_end.get();
    view! {
        <Show when=shown>
            <div class="news">
                <button
                    class="pill"
                    type="button"
                    on:click=move |_| {
                        unseen.set(false);
                        to_end();
                    }
                >
                    <Icon name="chevron-down" size=14 />
                    {text::NEW_MESSAGE}
                </button>
            </div>
        </Show>
    }
}
