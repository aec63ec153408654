//! What lies over the screen: the state of the connection, the ended sign-in.

use super::screen::Screen;
use crate::api::{self, Failure};
use crate::browser;
use crate::calendar;
use crate::parts::{Banner, Dialog};
use crate::state::Link;
use crate::text;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Whether changes still arrive by themselves; nothing as long as they do.
#[component]
pub fn Connection(screen: Screen) -> impl IntoView {
    move || {
        match screen.link.get() {
        Link::Connected | Link::Ended => ().into_any(),
        Link::Reconnecting => {
            view! { <p class="reconnecting" role="status"><span class="visually-hidden">{text::reconnecting()}</span></p> }
                .into_any()
        }
        Link::Offline { since } => {
            let clock = screen.clock.locale().map(|locale| calendar::time(locale, since)).unwrap_or_default();
            {
                let waits = screen.waiting.with(|waiting| text::messages_wait(waiting.len()));
                let words = [Some(text::offline_since(&clock)), waits].into_iter().flatten();
                let words = words.collect::<Vec<_>>().join(" ");
                view! { <Banner icon="wifi-off" danger=true words=words /> }.into_any()
            }
        }
    }
    }
}

/// Signing in again over the screen, so that nothing on it is lost.
#[component]
pub fn Ended(screen: Screen) -> impl IntoView {
    let still = RwSignal::new(false);
    let go_on = move |_| {
        spawn_local(async move {
            match api::signed_in().await {
                Ok(me) if me.person.id != screen.my_id() => browser::reload_page(),
                Ok(_) => {
                    still.set(false);
                    screen.ended.set(false);
                    screen.reload();
                }
                Err(Failure::SignedOut) => still.set(true),
                Err(failure) => screen.failed(failure),
            }
        });
    };
    view! {
        <Dialog open=screen.ended title=text::session_ended_title() escape=false>
            <p>{text::session_ended()}</p>
            <p role="status">{move || still.get().then_some(text::session_still_ended())}</p>
            <footer>
                <button class="button" type="button" data-kind="outline" data-size="32" on:click=go_on>
                    {text::session_go_on()}
                </button>
                <a class="button" data-kind="primary" data-size="32" href="/sign-in" target="_blank" rel="noopener">
                    {text::session_open_sign_in()}
                </a>
            </footer>
        </Dialog>
    }
}
