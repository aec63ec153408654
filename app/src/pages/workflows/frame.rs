//! What every page of the module has around it.

use super::part::Screen;
use crate::api::{Failure, Me};
use crate::pages::door::BatonMark;
use crate::pages::office::{for_whom, set_stage};
use crate::pages::{NotFound, address};
use crate::parts::{Empty, Icon, ToastsView};
use crate::text;
use crate::text::workflows as words;
use domain::person::Act;
use leptos::prelude::*;
use leptos_router::components::Redirect;

/// The module at `/workflows`.
#[component]
pub fn Workflows() -> impl IntoView {
    let screen = address::screen(Screen::at);
    let found = Memo::new(move |_| screen.get().is_some());
    provide_context(screen);
    move || if found.get() { for_whom(draw).into_any() } else { view! { <NotFound /> }.into_any() }
}

fn draw(me: Result<Me, Failure>) -> AnyView {
    match me {
        Ok(me) if me.person.may(Act::Configure) => view! { <Frame me=me /> }.into_any(),
        Ok(_) => {
            #[cfg(feature = "ssr")]
            if let Some(response) = use_context::<leptos_axum::ResponseOptions>() {
                response.set_status(http::StatusCode::FORBIDDEN);
            }
            unavailable(words::forbidden_title(), words::forbidden_words().into())
        }
        Err(Failure::SignedOut) => view! { <Redirect path="/sign-in" /> }.into_any(),
        Err(failure) => unavailable(text::workflows_unavailable(), failure.to_string()),
    }
}

fn unavailable(title: &'static str, words: String) -> AnyView {
    view! {
        <main id="main" class="unavailable">
            <Empty title=title words=words>
                <a class="button" data-kind="primary" data-size="32" rel="external" href="/inbox">{text::to_inbox()}</a>
            </Empty>
        </main>
    }
    .into_any()
}

#[component]
fn Frame(me: Me) -> impl IntoView {
    let screen = expect_context::<ReadSignal<Option<Screen>>>();
    let toasts = set_stage(&me);
    view! {
        <div class="app">
            <nav class="nav" aria-label=text::main()>
                <p class="brand"><span class="mark"><BatonMark /></span><span>{me.workspace.clone()}</span></p>
                <ul>
                    <li><a class="item" href="/inbox" title=text::inbox()><Icon name="inbox" /><span>{text::inbox()}</span></a></li>
                    <li>
                        <a class="item" href="/workflows" title=text::workflows() aria-current="page">
                            <Icon name="workflow" />
                            <span>{text::workflows()}</span>
                        </a>
                    </li>
                    <li><a class="item" href="/settings" title=text::settings()><Icon name="settings" /><span>{text::settings()}</span></a></li>
                </ul>
            </nav>
            {move || screen.get().map(Screen::draw)}
        </div>
        <ToastsView toasts=toasts />
    }
}
