//! What all sections have around them.

use super::{Screen, Section};
use crate::api::{Failure, Me};
use crate::pages::door::BatonMark;
use crate::pages::office::{for_whom, set_stage};
use crate::pages::{NotFound, address};
use crate::parts::{Empty, Icon, ToastsView};
use crate::text;
use leptos::prelude::*;
use leptos_router::components::Redirect;
use leptos_router::hooks::use_location;

/// The settings at `/settings/{section}`.
#[component]
pub fn Settings() -> impl IntoView {
    let screen = address::screen(Screen::at);
    let found = Memo::new(move |_| screen.get().is_some());
    provide_context(screen);
    move || if found.get() { for_whom(draw).into_any() } else { view! { <NotFound /> }.into_any() }
}

fn draw(me: Result<Me, Failure>) -> AnyView {
    match me {
        Ok(me) => view! { <Frame me=me /> }.into_any(),
        Err(Failure::SignedOut) => view! { <Redirect path="/sign-in" /> }.into_any(),
        Err(failure) => view! {
            <main id="main" class="unavailable">
                <Empty title=text::settings_unavailable() words=failure.to_string()>
                    <a class="button" data-kind="primary" data-size="32" rel="external" href="/settings/profile">{text::try_again()}</a>
                </Empty>
            </main>
        }
        .into_any(),
    }
}

#[component]
fn Frame(me: Me) -> impl IntoView {
    let toasts = set_stage(&me);
    let screen = expect_context::<ReadSignal<Option<Screen>>>();
    let path = use_location().pathname;
    let pane = move || if is_list(&path.get()) { "settings-list" } else { "settings" };
    view! {
        <div class="app" data-pane=pane>
            <Navigation me=me />
            <main id="main" class="sheet settings">
                <a class="back" href="/settings"><Icon name="chevron-left" />{text::to_settings()}</a>
                {move || screen.get().map(Screen::draw)}
            </main>
        </div>
        <ToastsView toasts=toasts />
    }
}

/// Whether the address names no section: small screens show the list of them there, large ones the first beside it.
fn is_list(path: &str) -> bool {
    path.trim_end_matches('/') == "/settings"
}

#[component]
fn Navigation(me: Me) -> impl IntoView {
    let group = move |personal: bool| {
        Section::ALL
            .into_iter()
            .filter(|section| section.is_personal() == personal && section.is_for(&me.person))
            .map(|section| view! { <li><SectionLink section=section /></li> })
            .collect_view()
    };
    view! {
        <nav class="nav" aria-label=text::settings()>
            <p class="brand"><span class="mark"><BatonMark /></span><span>{me.workspace.clone()}</span></p>
            <ul>
                <li><a class="item" href="/inbox" title=text::inbox()><Icon name="chevron-left" /><span>{text::inbox()}</span></a></li>
            </ul>
            <ul>{group(true)}</ul>
            <ul>{group(false)}</ul>
        </nav>
    }
}

#[component]
fn SectionLink(section: Section) -> impl IntoView {
    let path = use_location().pathname;
    let address = format!("/settings/{}", section.as_str());
    let current = {
        let address = address.clone();
        move || {
            let path = path.get();
            if is_list(&path) {
                return (section == Section::Profile).then_some("page");
            }
            let here =
                path == address || path.strip_prefix(&address).is_some_and(|rest| rest.starts_with('/'));
            here.then_some("page")
        }
    };
    view! {
        <a class="item" href=address title=section.name() aria-current=current>
            <Icon name=section.icon() />
            <span>{section.name()}</span>
        </a>
    }
}
