//! The inbox: views, list, thread, details.

mod actions;
mod attaching;
mod bell;
mod beside;
mod choices;
mod closing;
mod colleagues;
mod composer;
mod contact;
mod details;
mod drafts;
mod erase;
mod events;
mod find;
mod flows;
mod header;
#[cfg(feature = "hydrate")]
mod hearing;
mod keys;
mod list;
mod log;
mod looking;
mod navigation;
mod opening;
mod over;
mod page_notices;
mod part;
mod place;
mod problem;
mod screen;
mod sending;
mod snooze;
mod strip;
mod thread;
mod threads;
mod writing;

use crate::api::{Failure, Me, delivered};
use crate::browser;
use crate::clock::Clock;
use crate::hands::at_first_move;
use crate::parts::{Apps, Empty, ToastsView};
use crate::state::ThreadState;
use crate::text;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::components::Redirect;
use list::List;
use navigation::Navigation;
use opening::{Opening, open};
use over::{Connection, Ended};
use page_notices::PageNotices;
use part::OpenPart;
#[cfg(feature = "hydrate")]
pub use part::fetch_thread;
use place::Place;
use screen::Screen;
use thread::ThreadPane;

/// The inbox at `/inbox/{view}/{conversation}`.
#[component]
pub fn Inbox() -> impl IntoView {
    let place = Place::of_page();
    let opening = delivered(move || open(place.spot.get_untracked()));
    // What the screen knows belongs to the page. Left to the suspense, the server may drop it while it still draws.
    let page = Owner::current().unwrap_or_default();
    view! {
        <Suspense>
            {move || {
                let page = page.clone();
                Suspend::new(async move {
                    let opening = opening.await;
                    let thread = match opening.thread {
                        Some(_) => part::thread().await.ok(),
                        None => None,
                    };
                    page.with(|| draw(place, opening, thread))
                })
            }}
        </Suspense>
    }
}

fn draw(place: Place, opening: Opening, thread: Option<OpenPart>) -> AnyView {
    match opening.me.clone() {
        Ok(me) => view! { <Desktop place=place me=me opening=opening thread=thread /> }.into_any(),
        Err(Failure::SignedOut) => view! { <Redirect path="/sign-in" /> }.into_any(),
        Err(failure) => view! { <Unavailable failure=failure /> }.into_any(),
    }
}

#[component]
fn Unavailable(failure: Failure) -> impl IntoView {
    view! {
        <Title text=text::inbox() />
        <main id="main" class="unavailable">
            <Empty title=text::unavailable() words=failure.to_string()>
                <a class="button" data-kind="primary" data-size="32" rel="external" href="/inbox">{text::try_again()}</a>
            </Empty>
        </main>
    }
}

#[component]
fn Desktop(place: Place, me: Me, opening: Opening, thread: Option<OpenPart>) -> impl IntoView {
    let clock = Clock::new();
    provide_context(clock);
    let screen = Screen::new(place, clock, me, opening, thread);
    provide_context(screen.pictures);
    // A signal of its own, told only of what differs: every lock that was ever drawn would else hear of every change.
    let apps = RwSignal::new(screen.inbox.with_untracked(|inbox| inbox.apps.clone()));
    let told = Memo::new(move |_| screen.inbox.with(|inbox| inbox.apps.clone()));
    Effect::watch(move || told.get(), move |told, _, _| apps.set(told.clone()), false);
    provide_context(Apps::new(apps));
    clock.wind();
    screen.follow_address();
    keys::listen(screen);
    Effect::new(move || screen.look_for_writing());
    Effect::new(move || {
        if let Some(part) = screen.part.get() {
            untrack(|| (part.resume_writing)(screen));
        }
    });
    // Whoever moves a hand is about to open a conversation.
    Effect::new(move || at_first_move(move || screen.prepare()));
    #[cfg(feature = "hydrate")]
    Effect::new(move || crate::live::listen(screen.line()));
    let waiting = Memo::new(move |_| screen.inbox.with(|inbox| inbox.counters.waiting()));
    Effect::new(move || {
        screen.attention.listen(screen.me.with_value(|me| me.person.clone()));
        browser::badge(waiting.get());
    });
    let title = Memo::new(move |_| {
        let unread = waiting.get();
        let who = |thread: &ThreadState| thread.conversation.contact.name.clone();
        text::window_title(unread, screen.thread.with(|thread| thread.as_ref().map(who)).as_deref())
    });
    // The server writes the title last, when the rest of the page is gone already.
    let first_title = title.get_untracked();
    let pane = move || if place.conversation.get().is_some() { "thread" } else { "list" };
    view! {
        <Title text=move || title.try_get().unwrap_or_else(|| first_title.clone()) />
        <div class="app" data-pane=pane>
            {view! { <Navigation screen=screen /> }.into_any()}
            <main id="main" class="sheet">
                <h1 class="visually-hidden">{text::inbox()}</h1>
                <Connection screen=screen />
                {view! { <PageNotices screen=screen /> }.into_any()}
                <div class="panes" data-collapsed=move || (screen.collapsed.get() && screen.place.conversation.get().is_some()).then_some("")>
                    {view! { <List screen=screen /> }.into_any()}
                    <ThreadPane screen=screen />
                </div>
            </main>
        </div>
        <ToastsView toasts=screen.toasts />
        <Ended screen=screen />
    }
}
