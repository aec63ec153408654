use super::Icon;
use leptos::prelude::*;

/// One line over a page, about the page.
#[component]
pub fn Banner(
    icon: &'static str,
    #[prop(optional)] danger: bool,
    #[prop(into)] words: Signal<String>,
) -> impl IntoView {
    view! {
        <p class="banner" data-tone=danger.then_some("danger") role="status">
            <Icon name=icon />
            <span>{words}</span>
        </p>
    }
}
