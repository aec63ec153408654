//! What every page of the module has around it.

use crate::api::{self, Failure, Me};
use crate::clock::Clock;
use crate::commands::{Commands, Stage};
use crate::pages::door::BatonMark;
use crate::parts::{Empty, Icon, Pictures, Toasts, ToastsView};
use crate::text;
use crate::text::workflows as words;
use domain::person::Act;
use leptos::prelude::*;
use leptos_router::components::{Outlet, Redirect};

/// The module at `/workflows`. Its pages find who looks as [`Me`] and where to say things as [`Toasts`] in the context.
#[component]
pub fn Workflows() -> impl IntoView {
    let me = api::delivered(api::signed_in);
    // The pages belong to the module, not to the suspense that waits for who looks.
    let page = Owner::current().unwrap_or_default();
    view! {
        <Suspense>
            {move || {
                let page = page.clone();
                Suspend::new(async move {
                    let me = me.await;
                    page.with(|| draw(me))
                })
            }}
        </Suspense>
    }
}

fn draw(me: Result<Me, Failure>) -> AnyView {
    match me {
        Ok(me) if me.person.may(Act::Configure) => view! { <Frame me=me /> }.into_any(),
        Ok(_) => {
            #[cfg(feature = "ssr")]
            if let Some(response) = use_context::<leptos_axum::ResponseOptions>() {
                response.set_status(http::StatusCode::FORBIDDEN);
            }
            unavailable(words::FORBIDDEN_TITLE, words::FORBIDDEN_WORDS.into())
        }
        Err(Failure::SignedOut) => view! { <Redirect path="/sign-in" /> }.into_any(),
        Err(failure) => unavailable(text::WORKFLOWS_UNAVAILABLE, failure.to_string()),
    }
}

fn unavailable(title: &'static str, words: String) -> AnyView {
    view! {
        <main id="main" class="unavailable">
            <Empty title=title words=words>
                <a class="button" data-kind="primary" data-size="32" rel="external" href="/inbox">{text::TO_INBOX}</a>
            </Empty>
        </main>
    }
    .into_any()
}

#[component]
fn Frame(me: Me) -> impl IntoView {
    let toasts = Toasts::new();
    provide_context(me.clone());
    provide_context(toasts);
    let stage = Stage { say: Callback::new(move |words: String| toasts.say(words)), inbox: None };
    Commands::of_window().enter(me.person.clone(), stage);
    #[cfg(feature = "hydrate")]
    crate::pages::settings::listen(me.person.clone());
    provide_context(Pictures::new(me.pictures.clone()));
    let clock = Clock::new();
    provide_context(clock);
    clock.wind();
    view! {
        <div class="app">
            <nav class="nav" aria-label=text::MAIN>
                <p class="brand"><span class="mark"><BatonMark /></span><span>{me.workspace.clone()}</span></p>
                <ul>
                    <li><a class="item" href="/inbox" title=text::INBOX><Icon name="inbox" /><span>{text::INBOX}</span></a></li>
                    <li>
                        <a class="item" href="/workflows" title=text::WORKFLOWS aria-current="page">
                            <Icon name="workflow" />
                            <span>{text::WORKFLOWS}</span>
                        </a>
                    </li>
                    <li><a class="item" href="/settings" title=text::SETTINGS><Icon name="settings" /><span>{text::SETTINGS}</span></a></li>
                </ul>
            </nav>
            <Outlet />
        </div>
        <ToastsView toasts=toasts />
    }
}
