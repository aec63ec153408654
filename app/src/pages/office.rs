//! What settings and workflows have around them alike: who looks, and the stage their pages play on.

use crate::api::{self, Failure, Me};
use crate::browser;
use crate::clock::Clock;
use crate::commands::{Commands, Stage};
use crate::parts::{Empty, Pictures, Toasts};
use crate::text;
use leptos::prelude::*;

/// Draws once it is known who looks.
pub fn for_whom(draw: fn(Result<Me, Failure>) -> AnyView) -> impl IntoView {
    let me = api::delivered(api::signed_in);
    // What is drawn belongs to the page, not to the suspense that waits for who looks.
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

/// Puts on the sheet that only settings and workflows wear; whoever comes from the inbox has not loaded it. A sheet that
/// cannot be fetched is no reason to show nothing. A page that the server drew has it, and must be taken over at once.
pub async fn dress() {
    if !browser::has_come_to_life() {
        return;
    }
    if let Some(address) = browser::root_attribute("data-office") {
        browser::wear(&address).await;
    }
}

/// Sets the stage: pages find who looks as [`Me`] and where to say things as [`Toasts`] in the context.
pub fn set_stage(me: &Me) -> Toasts {
    let toasts = Toasts::new();
    provide_context(me.clone());
    provide_context(toasts);
    let stage = Stage { say: Callback::new(move |words: String| toasts.say(words)), inbox: None };
    Commands::of_window().enter(me.person.clone(), stage);
    #[cfg(feature = "hydrate")]
    super::settings::listen(me.person.clone());
    provide_context(Pictures::new(me.pictures.clone()));
    let clock = Clock::new();
    provide_context(clock);
    clock.wind();
    toasts
}

/// Said in place of a screen whose part of the module could not be fetched.
#[component]
pub fn Missing(failure: Failure) -> impl IntoView {
    view! {
        <main id="main" class="unavailable">
            <Empty title=text::part_missing_title() words=failure.to_string()>
                <a class="button" data-kind="primary" data-size="32" rel="external" href="">{text::try_again()}</a>
            </Empty>
        </main>
    }
}
