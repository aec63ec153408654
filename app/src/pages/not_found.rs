use super::door::BatonMark;
use crate::text;
use leptos::prelude::*;
use leptos_meta::Title;

/// An address that leads nowhere.
#[component]
pub fn NotFound() -> impl IntoView {
    #[cfg(feature = "ssr")]
    if let Some(response) = use_context::<leptos_axum::ResponseOptions>() {
        response.set_status(http::StatusCode::NOT_FOUND);
    }
    view! {
        <Title text=text::not_found_title() />
        <div class="door">
            <main id="main">
                <div>
                    <span class="mark"><BatonMark /></span>
                    <h1>{text::not_found_title()}</h1>
                    <p>{text::not_found()}</p>
                </div>
                <a class="button" data-kind="primary" data-size="40" href="/inbox">{text::to_inbox()}</a>
            </main>
        </div>
    }
}
