//! The messages.
//!
//! The scroller runs upwards (`column-reverse`): it starts at the newest message without any script, stays there when
//! one arrives, and keeps its place when older ones are put before.

use super::thread::Open;
use super::writing::Audience;
use crate::parts::{Acts, Bubble, DayMarker, Icon, Markers, NoteCard, UnseenMarker};
use crate::state::{Line, LineKey, Lines, Stance, lines};
use crate::text;
use domain::person::Act;
use domain::view::Message;
use domain::writing::Note;
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
            let thread = thread.as_ref().filter(|thread| thread.id() == open.id);
            thread.map(|thread| open.look.events.with(|shown| lines(thread, zone, shown)))
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
                <p class="more" aria-busy=move || loading.get().to_string()>
                    <button
                        class="button"
                        type="button"
                        on:click=move |_| open.screen.load_earlier(loading)
                    >
                        {text::earlier()}
                    </button>
                </p>
            }
            .into_any()
        } else {
            view! { <p class="more" aria-busy=move || loading.get().to_string()>{text::beginning()}</p> }
                .into_any()
        }
    }
}

#[component]
fn LineView(open: Open, laid_out: Memo<Lines>, key: LineKey) -> impl IntoView {
    let line = Memo::new(move |before: Option<&Option<Line>>| {
        laid_out.with(|lines| lines.get(&key).cloned()).or_else(|| before.cloned().flatten())
    });
    let customer = open.customer.get_untracked();
    let talked_over = Signal::derive(move || {
        open.conversation.with(|one| one.conflict_at.is_some().then_some(one.control.since))
    });
    match line.get_untracked()? {
        Line::Day(at) => Some(view! { <DayMarker at=at /> }.into_any()),
        Line::Unseen => Some(view! { <UnseenMarker /> }.into_any()),
        Line::Note(note) => {
            let on_delete = may_delete(open, &note).then(|| Callback::new(move |id| open.writing.delete_note(id)));
            Some(view! { <NoteCard note=note on_delete=on_delete /> }.into_any())
        }
        Line::Events(_) => Some(
            (move || match line.get() {
                Some(Line::Events(events)) => {
                    view! { <Markers events=events customer=customer.clone() /> }.into_any()
                }
                Some(Line::Day(_) | Line::Unseen | Line::Note(_) | Line::Message { .. }) | None => {
                    ().into_any()
                }
            })
            .into_any(),
        ),
        Line::Message { message, .. } => Some(
            view! {
                <Bubble line=line first=message customer=customer marked=open.look.marked talked_over=talked_over acts=acts(open) />
            }
            .into_any(),
        ),
    }
}

/// Its author may delete a note, and managers anybody's, unless deleting is kept from them.
fn may_delete(open: Open, note: &Note) -> bool {
    open.screen.me.with_value(|me| {
        let own = note.author.id == Some(me.person.id);
        me.person.may(Act::Delete) && (own || me.person.may(Act::Configure))
    })
}

fn acts(open: Open) -> Acts {
    let look = open.look;
    let may_see = open.screen.me.with_value(|me| me.person.may(Act::Configure));
    Acts {
        again: Callback::new(move |message: Arc<Message>| open.writing.again(&message)),
        check: Callback::new(move |()| open.screen.resync()),
        fetch: Callback::new(move |media| look.fetch_again(media)),
        jump: Callback::new(move |id| look.jump(id)),
        copy: Callback::new(move |message: Arc<Message>| look.copy(&message)),
        reply: Callback::new(move |message| {
            open.writing.quote(message);
            open.screen.write_to(Audience::Customer);
        }),
        note: Callback::new(move |message: Arc<Message>| {
            open.writing.quote_in_note(&message, &open.customer.get_untracked());
            open.screen.write_to(Audience::Team);
        }),
        may_reply: Signal::derive(move || {
            matches!(
                open.stance.get(),
                Stance::Open { human_until: None } | Stance::AskFirst { human_until: None }
            )
        }),
        wordings: Callback::new(move |id| look.show_wordings(id)),
        original: may_see.then(|| Callback::new(move |id| look.show_original(id))),
    }
}

/// Tells who reads further up that something was said.
#[component]
fn News(open: Open, at_end: RwSignal<bool>, scroller: NodeRef<html::Div>) -> impl IntoView {
    let last = Memo::new(move |_| {
        open.screen.thread.with(|thread| {
            let messages = thread.as_ref().map(|thread| &thread.messages[..]).unwrap_or_default();
            (messages.last().map(|message| message.id), messages.len())
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
    let unseen = RwSignal::new(0_usize);
    Effect::watch(
        move || last.get(),
        move |(last, count), before, _| {
            let Some((last_before, count_before)) = before else { return };
            if last == last_before {
                return;
            }
            if mine() {
                to_end();
            } else if !at_end.get_untracked() {
                unseen.update(|unseen| *unseen += count.saturating_sub(*count_before).max(1));
            }
        },
        false,
    );
    Effect::new(move || {
        if at_end.get() {
            unseen.set(0);
        }
    });
    let shown = move || unseen.get() > 0 && !at_end.get();
    view! {
        <Show when=shown>
            <div class="news">
                <button
                    class="pill"
                    type="button"
                    on:click=move |_| {
                        unseen.set(0);
                        to_end();
                    }
                >
                    <Icon name="chevron-down" size=14 />
                    {move || text::new_messages(unseen.get())}
                </button>
            </div>
        </Show>
    }
}
