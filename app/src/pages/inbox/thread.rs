//! The open conversation.

use super::composer::Composer;
use super::details::Details;
use super::find::{Find, MessageDialogs};
use super::header::Header;
use super::log::Log;
use super::looking::Looking;
use super::screen::Screen;
use super::strip::Strip;
use super::writing::Writing;
use crate::browser;
use crate::parts::{Banner, Empty, Icon, ThreadSkeleton};
use crate::state::{Stance, stance};
use crate::text;
use domain::person::Act;
use domain::view::Conversation;
use domain::{ConversationId, Timestamp};
use leptos::prelude::*;
use std::sync::Arc;

/// The thread pane: nothing chosen, on its way, not to be had, or there.
#[component]
pub fn ThreadPane(screen: Screen) -> impl IntoView {
    let wanted = screen.place.conversation;
    let open = Memo::new(move |_| {
        let shown = screen.thread.with(|thread| thread.as_ref().map(|thread| thread.id()));
        shown.filter(|shown| wanted.get() == Some(*shown) && screen.part.with(Option::is_some))
    });
    // Each conversation has elements of its own: a field that went from one to the next would carry its text along.
    view! {
        <For each=move || open.get() key=|id| *id let(id)>
            {screen.part.get_untracked().map(|part| (part.draw)(screen, id))}
        </For>
        {move || match (wanted.get(), open.get()) {
            (None, _) => view! {
                <section class="pane thread" data-empty="">
                    <Empty title=text::nothing_chosen_title() words=text::nothing_chosen() />
                </section>
            }
            .into_any(),
            (Some(_), Some(_)) => ().into_any(),
            (Some(id), None) => view! { <NotYet screen=screen id=id /> }.into_any(),
        }}
    }
}

#[component]
fn NotYet(screen: Screen, id: ConversationId) -> impl IntoView {
    let back = move || screen.place.spot.get().with(None).address();
    view! {
        <section class="pane thread">
            <header class="bar">
                <a class="button back" data-icon="" href=back aria-label=text::back()><Icon name="chevron-left" size=20 /></a>
            </header>
            {move || match screen.thread_problem.get() {
                None => view! { <ThreadSkeleton /> }.into_any(),
                Some(failure) => view! {
                    <Empty title=text::not_shown() words=failure.to_string()>
                        <button
                            class="button"
                            type="button"
                            data-kind="outline"
                            data-size="32"
                            on:click=move |_| {
                                screen.thread_problem.set(None);
                                screen.load_thread(id);
                            }
                        >
                            {text::try_again()}
                        </button>
                    </Empty>
                }
                .into_any(),
            }}
        </section>
    }
}

/// What the parts of a thread look at. Each notifies only when it differs.
#[derive(Clone, Copy)]
pub struct Open {
    pub screen: Screen,
    pub id: ConversationId,
    pub conversation: Memo<Arc<Conversation>>,
    /// The customer's first name.
    pub customer: Memo<String>,
    pub stance: Memo<Stance>,
    pub writing: Writing,
    pub look: Looking,
    /// When something was last typed here.
    pub typed: RwSignal<Option<Timestamp>>,
}

impl Open {
    fn new(screen: Screen, id: ConversationId) -> Option<Self> {
        let first = screen
            .thread
            .with_untracked(|thread| thread.as_ref().map(|thread| Arc::clone(&thread.conversation)))?;
        let conversation = Memo::new(move |before: Option<&Arc<Conversation>>| {
            let now = screen.thread.with(|thread| {
                thread
                    .as_ref()
                    .filter(|thread| thread.id() == id)
                    .map(|thread| Arc::clone(&thread.conversation))
            });
            now.or_else(|| before.cloned()).unwrap_or_else(|| Arc::clone(&first))
        });
        let health = Memo::new(move |_| screen.health(&conversation.get().page_id));
        let stance = Memo::new(move |_| {
            let now = screen.clock.now().unwrap_or_else(|| conversation.get().updated_at);
            screen.me.with_value(|me| {
                stance(&conversation.get(), &health.get(), &me.person, screen.interrupting.get(), now)
            })
        });
        let customer = Memo::new(move |_| text::first_name(&conversation.get().contact.name).to_owned());
        let (writing, look) = (Writing::new(screen, id), Looking::new(screen, id));
        Some(Self { screen, id, conversation, customer, stance, writing, look, typed: RwSignal::new(None) })
    }
}

/// A conversation with all its parts.
#[component]
pub fn OpenThread(screen: Screen, id: ConversationId) -> impl IntoView {
    let open = Open::new(screen, id)?;
    let name = Memo::new(move |_| open.conversation.get().contact.name.clone());
    let last = Memo::new(move |_| {
        screen.thread.with(|thread| thread.as_ref().and_then(|thread| thread.last_seen()))
    });
    Effect::new(move || {
        last.track();
        if browser::is_visible() {
            screen.seen(id);
            screen.notifications_seen_in(id);
        }
    });
    // Each part is a type of its own: one type for the whole screen would be too deep to compile.
    Some(view! {
        <section
            class="pane thread"
            aria-label=move || text::conversation_with(&name.get())
            on:input=move |event| {
                if browser::is_inside(&event, ".composer") {
                    open.typed.set(Some(screen.clock.exactly()));
                }
            }
        >
            {view! { <Header open=open /> }.into_any()}
            {view! { <Strip open=open /> }.into_any()}
            {view! { <Warnings open=open /> }.into_any()}
            {view! { <Find open=open /> }.into_any()}
            {view! { <Log open=open /> }.into_any()}
            {view! { <Composer open=open /> }.into_any()}
        </section>
        {view! { <Details open=open /> }.into_any()}
        {view! { <MessageDialogs open=open /> }.into_any()}
    })
}

/// What has to be known before writing here.
#[component]
fn Warnings(open: Open) -> impl IntoView {
    let conflict = Memo::new(move |_| open.conversation.get().conflict_at.is_some());
    view! {
        {move || conflict.get().then(|| {
            let manager = open.screen.me.with_value(|me| me.person.may(Act::Configure));
            let link = manager.then(|| (text::routing_settings().to_owned(), format!("/settings/pages/{}/routing", open.conversation.with_untracked(|one| one.page_id.clone()))));
            view! { <Banner icon="triangle-alert" words=text::conflict(manager).to_owned() link=link /> }
        })}
    }
}
