//! What somebody should look at: a bell with a number, and a list that leads to the exact place.

use super::screen::Screen;
use crate::api;
use crate::browser;
use crate::parts::{Empty, Icon, Shape, When};
use crate::text;
use domain::writing::{Notification, Reason};
use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;

impl Screen {
    /// Loads what this person should look at.
    pub(super) fn load_notifications(self) {
        spawn_local(async move {
            if let Ok(notifications) = api::notifications().await {
                self.notifications.try_set(notifications);
            }
        });
    }

    /// Marks what is about the open conversation as seen, as the server does.
    pub fn notifications_seen_in(self, id: domain::ConversationId) {
        let now = self.clock.exactly();
        self.notifications.maybe_update(|all| {
            let mut new =
                all.iter_mut().filter(|one| one.conversation_id == id && one.seen_at.is_none()).peekable();
            let any = new.peek().is_some();
            new.for_each(|one| one.seen_at = Some(now));
            any
        });
    }
}

/// The bell in the navigation.
#[component]
pub fn Bell(screen: Screen) -> impl IntoView {
    let open = RwSignal::new(false);
    let unseen = Memo::new(move |_| {
        screen.notifications.with(|all| all.iter().filter(|one| one.seen_at.is_none()).count())
    });
    Effect::new(move || {
        if open.get() {
            let elsewhere = window_event_listener(ev::pointerdown, move |event| {
                if !browser::is_inside(&event, ".bell") {
                    open.set(false);
                }
            });
            on_cleanup(move || elsewhere.remove());
        }
    });
    let keys = move |event: ev::KeyboardEvent| {
        if event.key() == "Escape" && open.get_untracked() {
            event.stop_propagation();
            open.set(false);
            browser::focus(".bell > .item");
        }
    };
    view! {
        <div class="bell anchor" on:keydown=keys>
            <button
                class="item"
                type="button"
                title=text::notifications()
                aria-expanded=move || open.get().to_string()
                on:click=move |_| {
                    screen.prepare();
                    open.update(|open| *open = !*open);
                }
            >
                <Icon name="bell" />
                <span>{text::notifications()}</span>
                {move || (unseen.get() > 0).then(|| view! {
                    <span class="num" data-unread="">{unseen.get()}<span class="visually-hidden">" new"</span></span>
                })}
            </button>
            <Show when=move || open.get()>
                {move || screen.part.get().map(|part| (part.told)(screen, open))}
            </Show>
        </div>
    }
}

/// The list behind the bell.
#[component]
pub fn Told(screen: Screen, open: RwSignal<bool>) -> impl IntoView {
    let unseen = move || screen.notifications.with(|all| all.iter().any(|one| one.seen_at.is_none()));
    view! {
        <section class="menu told" aria-label=text::notifications() data-place="up-start">
            <header>
                <h2>{text::notifications()}</h2>
                {move || unseen().then(|| view! {
                    <button class="button" type="button" on:click=move |_| all_seen(screen)>{text::all_seen()}</button>
                })}
            </header>
            {move || {
                let all = screen.notifications.get();
                if all.is_empty() {
                    view! { <Empty title=text::nothing_told_title() words=text::nothing_told() /> }.into_any()
                } else {
                    let each = all.into_iter().map(|one| view! { <li><Entry screen=screen one=one open=open /></li> });
                    view! { <ul>{each.collect_view()}</ul> }.into_any()
                }
            }}
        </section>
    }
}

fn all_seen(screen: Screen) {
    let newest = screen.notifications.with_untracked(|all| all.iter().map(|one| one.at).max());
    let Some(until) = newest else { return };
    let now = screen.clock.exactly();
    screen.notifications.update(|all| {
        all.iter_mut().for_each(|one| one.seen_at = one.seen_at.or(Some(now)));
    });
    spawn_local(async move {
        if let Err(failure) = api::notifications_seen(until).await {
            screen.failed(failure);
        }
    });
}

#[component]
fn Entry(screen: Screen, one: Notification, open: RwSignal<bool>) -> impl IntoView {
    let (conversation, note) = (one.conversation_id, one.note_id);
    let address =
        move || format!("{}#note-{note}", screen.place.spot.get().with(Some(conversation)).address());
    let because = match one.reason {
        Reason::Mentioned => text::mentioned(&one.by, &one.customer),
        Reason::TeamMentioned => text::team_mentioned(&one.by, &one.customer),
    };
    let go = move |_| {
        open.set(false);
        reveal(note);
    };
    view! {
        <a href=address data-unseen=one.seen_at.is_none().then_some("") on:click=go>
            <Icon name="lock-eye" />
            <span>
                <b>{because}</b>
                <span class="said" dir="auto">{one.preview}</span>
            </span>
            <When at=Signal::derive(move || one.at) shape=Shape::Short />
        </a>
    }
}

/// Scrolls to a note once it is there; its conversation may still be loading.
pub fn reveal(note: domain::NoteId) {
    let selector = format!("[data-note=\"{note}\"]");
    for wait in [50, 400, 1_200] {
        let selector = selector.clone();
        set_timeout(move || browser::reveal(&selector), std::time::Duration::from_millis(wait));
    }
}
