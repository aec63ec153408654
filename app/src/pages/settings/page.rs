//! One page: its connection value by value, what waits, the ledger, the test by hand, and the switches.

pub mod findings;
mod ledger;
mod switches;
mod test;
mod waiting;
mod warned;

use super::doing::Doing;
use super::loaded::loaded;
use super::pages::card::{Alarms, Head, Vitals};
use super::pages::{REFRESH, clock, every};
use crate::api::pages::{PageDetail, load_page};
use crate::pages::address::piece;
use crate::parts::Icon;
use crate::text;
use domain::PageId;
use findings::Findings;
use ledger::LedgerView;
use leptos::prelude::*;
use leptos_meta::Title;
use switches::Switches;
use test::SelfTest;
use waiting::WaitingMessages;
use warned::Warned;

/// The section at `/settings/pages/{id}`.
#[component]
pub fn PageSection() -> impl IntoView {
    let page = piece(2);
    let id = Memo::new(move |_| PageId(page.get()));
    let detail = Resource::new_blocking(move || id.get(), load_page);
    view! {
        <Title text=text::settings_pages() />
        <div class="page">{loaded(detail, |detail| view! { <Detail detail=detail /> }.into_any())}</div>
    }
}

/// What the parts look at and change.
#[derive(Clone, Copy)]
pub struct Shown {
    pub detail: RwSignal<PageDetail>,
    reading: Doing,
}

impl Shown {
    /// The page's id.
    pub fn id(self) -> PageId {
        self.detail.with_untracked(|detail| detail.card.id.clone())
    }

    /// Reads everything again, after something was done.
    pub fn reload(self) {
        let detail = self.detail;
        self.reading.run(load_page(self.id()), move |fresh| {
            if let Some(clock) = use_context::<crate::clock::Clock>() {
                clock.set(fresh.now);
            }
            detail.try_set(fresh);
        });
    }
}

#[component]
fn Detail(detail: PageDetail) -> impl IntoView {
    clock().set(detail.now);
    let shown = Shown { detail: RwSignal::new(detail), reading: Doing::nothing() };
    every(REFRESH, move || shown.reload());
    let card = Memo::new(move |_| shown.detail.with(|detail| detail.card.clone()));
    let name = move || card.with(|card| card.name.clone());
    view! {
        <header class="bar">
            <a class="button" data-icon="" href="/settings/pages" aria-label=text::pages::back_to_pages() title=text::pages::back_to_pages()>
                <Icon name="chevron-left" size=20 />
            </a>
            <h1 dir="auto">{name}</h1>
            <a class="button push" data-kind="outline" href=move || format!("/settings/pages/{}/routing", card.with(|card| card.id.clone()))>
                {text::pages::routing_check()}
            </a>
        </header>
        <div class="page-body connections">
            {move || {
                let card = card.get();
                let state = super::pages::card::word(&card.health);
                let (name, id) = (card.name.clone(), card.id.0.clone());
                view! {
                    <section class="connection" aria-label=name data-page=id data-health=state>
                        <Head card=card.clone() />
                        <Vitals card=card.clone() />
                        <Alarms card=card />
                    </section>
                }
            }}
            {view! { <WaitingMessages shown=shown /> }.into_any()}
            {view! { <Warned shown=shown /> }.into_any()}
            {view! { <Findings shown=shown /> }.into_any()}
            {view! { <LedgerView shown=shown /> }.into_any()}
            {view! { <SelfTest shown=shown /> }.into_any()}
            {view! { <Switches shown=shown /> }.into_any()}
        </div>
    }
}
