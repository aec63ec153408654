//! All pages, each with how it is doing, and the Meta apps that serve them.

pub mod app_form;
mod apps;
pub mod card;
pub mod copy;

use super::doing::Doing;
use super::loaded::loaded;
use crate::api::pages::{PagesOverview, load_pages};
use crate::browser;
use crate::clock::Clock;
use crate::parts::{Empty, Icon};
use crate::text;
use apps::Apps;
use card::Card;
use leptos::prelude::*;
use leptos_meta::Title;
use std::time::Duration;

/// How often what is shown is read again while somebody looks.
pub const REFRESH: Duration = Duration::from_secs(5);

/// The section at `/settings/pages`.
#[component]
pub fn PagesSection() -> impl IntoView {
    let overview = Resource::new_blocking(|| (), |()| load_pages());
    view! {
        <Title text=text::settings_pages() />
        <div class="page">{loaded(overview, |overview| view! { <Overview overview=overview /> }.into_any())}</div>
    }
}

#[component]
fn Overview(overview: PagesOverview) -> impl IntoView {
    clock().set(overview.now);
    let overview = RwSignal::new(overview);
    let doing = Doing::nothing();
    every(REFRESH, move || doing.run(load_pages(), move |fresh| overview.set(fresh)));
    let cards = move || {
        let pages = overview.with(|all| all.pages.clone());
        pages.into_iter().map(|card| view! { <Card card=card /> }).collect_view()
    };
    let none = Memo::new(move |_| overview.with(|all| all.pages.is_empty()));
    let simulator = overview.with_untracked(|all| all.simulator.clone());
    view! {
        <header class="bar">
            <h1>{text::settings_pages()}</h1>
            <a class="button push" data-kind="primary" data-size="32" href="/settings/pages/connect">
                <Icon name="plus" />
                {text::connect_a_page()}
            </a>
        </header>
        <div class="page-body connections">
            <p class="lead">{text::pages::pages_lead()}</p>
            {simulator
                .map(|address| {
                    view! {
                        <p class="notice">
                            <Icon name="play" />
                            <span>{text::pages::simulator_words()}</span>
                            <a class="link" href=address target="_blank" rel="noopener">{text::pages::open_simulator()}</a>
                        </p>
                    }
                })}
            <Show when=move || none.get()>
                <Empty title=text::no_pages() words=text::no_pages_words()>
                    <a class="button" data-kind="primary" data-size="32" href="/settings/pages/connect">{text::connect_a_page()}</a>
                </Empty>
            </Show>
            <div class="cards">{cards}</div>
            <Apps overview=overview />
        </div>
    }
}

/// The reader's clock: the settings' own, or one for this page.
pub fn clock() -> Clock {
    use_context::<Clock>().unwrap_or_else(|| {
        let clock = Clock::new();
        provide_context(clock);
        clock.wind();
        clock
    })
}

/// Does something again and again while the page is looked at.
pub fn every(pause: Duration, what: impl Fn() + Clone + 'static) {
    Effect::new(move || {
        let what = what.clone();
        let again = move || {
            if browser::is_visible() {
                what();
            }
        };
        let ticking = set_interval_with_handle(again, pause);
        on_cleanup(move || {
            if let Ok(ticking) = ticking {
                ticking.clear();
            }
        });
    });
}
