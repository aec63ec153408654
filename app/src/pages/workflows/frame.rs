//! What every page of the module has around it.

use crate::api::{Failure, Me};
use crate::pages::door::BatonMark;
use crate::pages::office::{for_whom, set_stage};
use crate::parts::{Empty, Icon, ToastsView};
use crate::text;
use crate::text::workflows as words;
use domain::person::Act;
use leptos::prelude::*;
use leptos_router::components::{Outlet, Redirect};

/// The module at `/workflows`.
#[component]
pub fn Workflows() -> impl IntoView {
    for_whom(draw)
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
    let toasts = set_stage(&me);
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
