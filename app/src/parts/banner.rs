use super::Icon;
use leptos::prelude::*;

/// One line over a page, about the page.
#[component]
pub fn Banner(
    icon: &'static str,
    #[prop(optional)] danger: bool,
    #[prop(into)] words: Signal<String>,
    /// Where one can do something about it: its words and its address.
    #[prop(optional_no_strip)]
    link: Option<(String, String)>,
) -> impl IntoView {
    view! {
        <p class="banner" data-tone=danger.then_some("danger") role="status">
            <Icon name=icon />
            <span>{words}</span>
            {link.map(|(words, address)| view! { <a href=address>{words}</a> })}
        </p>
    }
}
