//! What sign-in and set-up have in common: a narrow column, the mark, and a password one can look at.

mod part;

pub use part::Part;
#[cfg(feature = "hydrate")]
pub use part::fetch;

use crate::parts::Icon;
use crate::text;
use leptos::prelude::*;

/// The column with the mark and a heading.
#[component]
pub fn Door(title: &'static str, #[prop(into)] hint: String, children: Children) -> impl IntoView {
    view! {
        <div class="door">
            <main id="main">
                <div>
                    <span class="mark"><BatonMark /></span>
                    <h1>{title}</h1>
                    <p>{hint}</p>
                </div>
                {children()}
            </main>
        </div>
    }
}

/// The product's mark: a baton on its way.
#[component]
pub fn BatonMark() -> impl IntoView {
    view! {
        <svg viewBox="0 0 24 24" width="16" height="16" fill="none" stroke="currentColor" stroke-linecap="round" aria-hidden="true">
            <path d="M5.5 18.5 18.5 5.5" stroke-width="5.5"></path>
            <path class="grip" d="m9.2 11.2 3.6 3.6" stroke-width="1.8"></path>
        </svg>
    }
}

/// Why the form came back.
#[component]
pub fn Problem(words: String) -> impl IntoView {
    view! { <div class="problem" id="problem" role="alert"><Icon name="circle-alert" /><span>{words}</span></div> }
}

/// A line of the form.
#[component]
pub fn Field(
    id: &'static str,
    label: &'static str,
    #[prop(optional)] kind: Option<&'static str>,
    autocomplete: &'static str,
    value: String,
    #[prop(optional)] hint: Option<&'static str>,
) -> impl IntoView {
    let hint_id = format!("{id}-hint");
    view! {
        <div class="field">
            <label for=id>{label}</label>
            <input
                class="input"
                data-size="40"
                id=id
                name=id
                type=kind.unwrap_or("text")
                autocomplete=autocomplete
                value=value
                required
                aria-describedby=hint.map(|_| hint_id.clone())
            />
            {hint.map(|hint| view! { <small id=hint_id>{hint}</small> })}
        </div>
    }
}

/// The password, which can be shown.
#[component]
pub fn PasswordField(
    autocomplete: &'static str,
    #[prop(optional)] hint: Option<&'static str>,
) -> impl IntoView {
    let shown = RwSignal::new(false);
    view! {
        <div class="field">
            <label for="password">{text::password()}</label>
            <div class="secret">
                <input
                    class="input"
                    data-size="40"
                    id="password"
                    name="password"
                    type=move || if shown.get() { "text" } else { "password" }
                    autocomplete=autocomplete
                    required
                    aria-describedby=hint.map(|_| "password-hint")
                />
                <button
                    class="button"
                    type="button"
                    data-icon=""
                    aria-label=text::show_password()
                    title=text::show_password()
                    aria-pressed=move || shown.get().to_string()
                    on:click=move |_| shown.update(|shown| *shown = !*shown)
                >
                    <Icon name="eye" />
                </button>
            </div>
            {hint.map(|hint| view! { <small id="password-hint">{hint}</small> })}
        </div>
    }
}
