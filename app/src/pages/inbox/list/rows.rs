//! The rows: only those in the frame are drawn, however long the list is.

use crate::browser;
use crate::pages::inbox::place::Spot;
use crate::pages::inbox::screen::Screen;
use crate::pages::inbox::writing::Audience;
use crate::parts::{Icon, Row, RowState};
use crate::state::{Held, ListFrame, Piece, excerpt};
use crate::text;
use domain::ConversationId;
use leptos::prelude::*;
use leptos::{ev, html};
use std::collections::HashMap;

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
            <For each=move || drawing.pieces.get() key=key_of let(piece)>
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
    /// What each drawn row shows.
    slots: StoredValue<HashMap<ConversationId, ArcRwSignal<RowState>>>,
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
        let drawing = Self {
            screen,
            pieces: Memo::new(move |_| drawn.with(|drawn| drawn.pieces.clone())),
            at_top: at_top_now,
            slots: StoredValue::new(HashMap::new()),
        };
        Effect::new(move || drawing.tell());
        drawing
    }

    /// What a row shows, for as long as it is drawn; nothing when it is gone already.
    fn slot(self, id: ConversationId) -> Option<ArcRwSignal<RowState>> {
        if let Some(slot) = self.slots.with_value(|slots| slots.get(&id).cloned()) {
            return Some(slot);
        }
        let slot = untrack(|| {
            let index = self.pieces.with(|pieces| row_index(pieces, id))?;
            self.around().state(self.screen, id, index).map(ArcRwSignal::new)
        })?;
        self.slots.update_value(|slots| drop(slots.insert(id, slot.clone())));
        Some(slot)
    }

    /// Tells each drawn row what it shows now, and forgets the others. A row the list has dropped while it is drawn
    /// stays as it was.
    fn tell(self) {
        let states = self.states();
        let drawn = self.pieces.get_untracked();
        self.slots.update_value(|slots| {
            slots.retain(|id, _| drawn.iter().any(|piece| key_of(piece) == Ok(*id)));
        });
        for state in states {
            let slot = self.slots.with_value(|slots| slots.get(&state.conversation.id).cloned());
            if let Some(slot) = slot.filter(|slot| slot.with_untracked(|shown| *shown != state)) {
                slot.set(state);
            }
        }
    }

    /// What every drawn row shows.
    fn states(self) -> Vec<RowState> {
        let around = self.around();
        self.pieces.with(|pieces| {
            let rows = pieces.iter().filter_map(|piece| match piece {
                Piece::Row { id, index } => around.state(self.screen, *id, *index),
                Piece::Gap { .. } => None,
            });
            rows.collect()
        })
    }

    fn around(self) -> Around {
        let place = self.screen.place;
        Around {
            spot: place.spot.get(),
            open: place.conversation.get(),
            reachable: self.reachable(),
            total: self.screen.inbox.with(|inbox| inbox.total()),
        }
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

/// What all rows have in common.
struct Around {
    spot: Spot,
    open: Option<ConversationId>,
    reachable: Option<ConversationId>,
    total: Option<usize>,
}

impl Around {
    /// What a row shows; nothing when the list has none of this conversation.
    fn state(&self, screen: Screen, id: ConversationId, index: usize) -> Option<RowState> {
        let selected = self.open == Some(id);
        Some(RowState {
            conversation: screen.inbox.with(|inbox| inbox.row(id))?,
            address: self.spot.with(Some(id)).address(),
            selected,
            reachable: self.reachable == Some(id),
            draft: screen.draft_words(id).filter(|_| !selected),
            index,
            total: self.total,
        })
    }
}

fn row_index(pieces: &[Piece], wanted: ConversationId) -> Option<usize> {
    pieces.iter().find_map(|piece| match piece {
        Piece::Row { id, index } if *id == wanted => Some(*index),
        Piece::Row { .. } | Piece::Gap { .. } => None,
    })
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
    drawing.slot(id).map(|state| {
        // It slides in only where the reader sees the top of the list, and only when the list was there before.
        let arrives = screen.settled.get_value()
            && drawing.at_top.get_untracked()
            && state.with_untracked(|state| state.index) == 0;
        view! { <Row state=state me=Some(screen.my_id()) arrives=arrives /> }
    })
}
