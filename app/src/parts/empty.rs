use leptos::prelude::*;

/// What is true, what one can do, and at most one action.
#[component]
pub fn Empty(
    #[prop(into)] title: String,
    #[prop(into)] words: String,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty">
            <h2>{title}</h2>
            <p>{words}</p>
            {children.map(|children| view! { <div class="cluster">{children()}</div> })}
        </div>
    }
}
