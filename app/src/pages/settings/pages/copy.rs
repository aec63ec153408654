use crate::browser;
use crate::parts::{Icon, Toasts};
use crate::text;
use leptos::prelude::*;

/// A value that is to be taken elsewhere.
#[component]
pub fn Copyable(
    label: &'static str,
    #[prop(optional)] hint: Option<&'static str>,
    #[prop(into)] value: String,
) -> impl IntoView {
    let toasts = expect_context::<Toasts>();
    let copied = value.clone();
    let copy = move |_| {
        toasts.say(if browser::copy(&copied) { text::pages::copied() } else { text::pages::not_copied() })
    };
    view! {
        <div class="copyable">
            <p class="label">{label}</p>
            <code>{value}</code>
            <button class="button" type="button" data-icon="" aria-label=format!("{} {label}", text::pages::copy()) title=text::pages::copy() on:click=copy>
                <Icon name="copy" />
            </button>
            {hint.map(|hint| view! { <small>{hint}</small> })}
        </div>
    }
}
