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
        <Title text=text::NOT_FOUND_TITLE />
        <div class="door">
            <main id="main">
                <div>
                    <span class="mark"><BatonMark /></span>
                    <h1>{text::NOT_FOUND_TITLE}</h1>
                    <p>{text::NOT_FOUND}</p>
                </div>
                <a class="button" data-kind="primary" data-size="40" href="/inbox">{text::TO_INBOX}</a>
            </main>
        </div>
    }
}
