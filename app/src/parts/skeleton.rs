use crate::text;
use leptos::prelude::*;

/// Rows on their way.
#[component]
pub fn RowsSkeleton() -> impl IntoView {
    let rows = (0..8)
        .map(|_| view! { <div class="ghost-row"><i></i><span></span><span></span></div> })
        .collect_view();
    view! { <div class="skeleton" role="status" aria-label=text::loading()>{rows}</div> }
}

/// Messages on their way.
#[component]
pub fn ThreadSkeleton() -> impl IntoView {
    let bubbles = ["start", "start", "end", "start", "end"]
        .map(|side| view! { <div class="ghost-bubble" data-side=side></div> })
        .collect_view();
    view! { <div class="skeleton" data-kind="thread" role="status" aria-label=text::loading()>{bubbles}</div> }
}
