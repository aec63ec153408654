//! The rows: only those in the frame are drawn, however long the list is.

use crate::browser;
use crate::pages::inbox::screen::Screen;
use crate::pages::inbox::writing::Audience;
use crate::parts::{Icon, Row};
use crate::state::{Held, ListFrame, Piece, excerpt};
use crate::text;
use domain::ConversationId;
use leptos::prelude::*;
use leptos::{ev, html};

/// The rows of the list, and what came above them meanwhile. `scroll` is what they scroll in.
#[component]
pub fn Rows(screen: Screen, scroll: NodeRef<html::Div>) -> impl IntoView {
    let drawing = Drawing::new(screen, scroll);
    let place = screen.place;
    let is_empty = Memo::new(move |_| screen.inbox.with(|inbox| inbox.rows.is_empty()));
    let keys = move |event: ev::KeyboardEvent| {
        if event.key() == "Enter" && browser::is_inside(&event, "[aria-selected=true]") {
            event.prevent_default();
            event.stop_propagation();
            screen.write_to(Audience::Customer);
        }
    };
    view! {
        <div
            class="rows"
            role="listbox"
            aria-label=move || text::view_name(place.view.get())
            hidden=move || is_empty.get()
            on:keydown=keys
        >
            <For each=move || drawing.pieces() key=key_of let(piece)>
                {match piece {
                    Piece::Row { id, .. } => view! { <RowOf drawing=drawing id=id /> }.into_any(),
                    Piece::Gap { slot, .. } => view! { <GapOf drawing=drawing number=slot /> }.into_any(),
                }}
            </For>
        </div>
    }
}

/// What keeps a piece the same piece while its place or height changes.
fn key_of(piece: &Piece) -> Result<ConversationId, u8> {
    match piece {
        Piece::Row { id, .. } => Ok(*id),
        Piece::Gap { slot, .. } => Err(*slot),
    }
}

/// "3 new": what came to the top while somebody reads further down.
#[component]
pub fn News(screen: Screen, scroll: NodeRef<html::Div>) -> impl IntoView {
    let up = move |_| {
        if let Some(scroll) = scroll.get_untracked() {
            browser::scroll_to(&scroll, 0);
        }
    };
    move || {
        let news = screen.news.get();
        (news > 0).then(|| {
            view! {
                <div class="news" role="status">
                    <button class="pill" type="button" on:click=up>
                        <Icon name="arrow-up" size=14 />
                        {text::news(news)}
                    </button>
                </div>
            }
        })
    }
}

/// What is drawn, and how it follows the reader.
#[derive(Clone, Copy)]
struct Drawing {
    screen: Screen,
    pieces: Memo<Vec<Piece>>,
    at_top: Memo<bool>,
    total: Memo<Option<usize>>,
}

impl Drawing {
    fn new(screen: Screen, scroll: NodeRef<html::Div>) -> Self {
        let place = screen.place;
        let frame = RwSignal::new(ListFrame::default());
        let at_top = RwSignal::new(true);
        let held = screen.held;
        let at_top_now = Memo::new(move |_| at_top.get());
        Effect::new(move || {
            let Some(node) = scroll.get() else { return };
            let look = move || {
                let Some((first, room, top)) = browser::frame_of(&node) else { return };
                let seen = ListFrame { first, room };
                if frame.get_untracked() != seen {
                    frame.set(seen);
                }
                if at_top.get_untracked() != top {
                    held.set_value(if top { None } else { screen.inbox.with_untracked(Held::of) });
                    at_top.set(top);
                }
            };
            look();
            let scrolled = look.clone();
            if let Some(node) = scroll.get() {
                browser::on_scroll(&node, scrolled);
            }
            let resized = window_event_listener(ev::resize, move |_| look());
            on_cleanup(move || resized.remove());
        });
        // Another list begins at its top.
        Effect::watch(
            move || place.query.get(),
            move |_, _, _| {
                held.set_value(None);
                if let Some(scroll) = scroll.get_untracked() {
                    browser::scroll_to(&scroll, 0);
                }
            },
            false,
        );
        let drawn = Memo::new(move |_| {
            at_top.track();
            let (frame, open) = (frame.get(), place.conversation.get());
            screen.inbox.with(|inbox| {
                held.try_update_value(|held| excerpt(inbox, held.as_mut(), frame, open)).unwrap_or_default()
            })
        });
        Effect::new(move || {
            let news = drawn.with(|drawn| drawn.news);
            if screen.news.get_untracked() != news {
                screen.news.set(news);
            }
        });
        Effect::new(move || {
            // What failed is tried again by hand only.
            let idle = !screen.list_loading.get() && screen.list_problem.with(Option::is_none);
            if drawn.with(|drawn| drawn.wants_more) && idle {
                screen.load_more();
            }
        });
        Self {
            screen,
            pieces: Memo::new(move |_| drawn.with(|drawn| drawn.pieces.clone())),
            at_top: at_top_now,
            total: Memo::new(move |_| screen.inbox.with(|inbox| inbox.total())),
        }
    }

    fn pieces(self) -> Vec<Piece> {
        self.pieces.get()
    }

    fn index(self, wanted: ConversationId) -> Option<usize> {
        self.pieces.with(|pieces| {
            pieces.iter().find_map(|piece| match piece {
                Piece::Row { id, index } if *id == wanted => Some(*index),
                Piece::Row { .. } | Piece::Gap { .. } => None,
            })
        })
    }

    fn gap(self, wanted: u8) -> usize {
        self.pieces.with(|pieces| {
            let gap = pieces.iter().find_map(|piece| match piece {
                Piece::Gap { slot, rows } if *slot == wanted => Some(*rows),
                Piece::Row { .. } | Piece::Gap { .. } => None,
            });
            gap.unwrap_or_default()
        })
    }

    /// The row the Tab key reaches: the open one, else the first.
    fn reachable(self) -> Option<ConversationId> {
        let open = self.screen.place.conversation.get();
        self.pieces.with(|pieces| {
            let mut rows = pieces.iter().filter_map(|piece| match piece {
                Piece::Row { id, .. } => Some(*id),
                Piece::Gap { .. } => None,
            });
            let first = rows.clone().next();
            rows.find(|id| Some(*id) == open).or(first)
        })
    }
}

/// Room for the rows that are not drawn.
#[component]
fn GapOf(drawing: Drawing, number: u8) -> impl IntoView {
    let height = move || format!("calc({} * var(--row))", drawing.gap(number));
    view! { <div class="gap" role="presentation" style:block-size=height></div> }
}

#[component]
fn RowOf(drawing: Drawing, id: ConversationId) -> impl IntoView {
    let screen = drawing.screen;
    let place = screen.place;
    let conversation = Memo::new(move |_| screen.inbox.with(|inbox| inbox.row(id)));
    let open = Memo::new(move |_| place.conversation.get() == Some(id));
    let draft = Memo::new(move |_| screen.draft_words(id));
    let index = Memo::new(move |_| drawing.index(id));
    let reachable = Memo::new(move |_| drawing.reachable() == Some(id));
    // It slides in only where the reader sees the top of the list, and only when the list was there before.
    let arrives =
        screen.settled.get_value() && drawing.at_top.get_untracked() && index.get_untracked() == Some(0);
    conversation.get_untracked().map(|first| {
        view! {
            <Row
                conversation=conversation
                first=first
                address=Signal::derive(move || place.spot.get().with(Some(id)).address())
                selected=open
                reachable=reachable
                draft=Signal::derive(move || draft.get().filter(|_| !open.get()))
                me=Some(screen.my_id())
                place=Signal::derive(move || (index.get(), drawing.total.get()))
                arrives=arrives
            />
        }
    })
}
