use crate::text;
use leptos::prelude::*;

/// Rows on their way.
#[component]
pub fn RowsSkeleton() -> impl IntoView {
    let rows =
        (0..8).map(|_| view! { <li class="ghost-row"><i></i><span></span><span></span></li> }).collect_view();
    view! { <ul class="skeleton" role="status" aria-label=text::LOADING>{rows}</ul> }
}

/// Messages on their way.
#[component]
pub fn ThreadSkeleton() -> impl IntoView {
    let bubbles = [("start", 18), ("start", 12), ("end", 20), ("start", 9), ("end", 15)];
    let bubbles = bubbles
        .map(|(side, width)| view! { <li class="ghost-bubble" data-side=side style=format!("--w:{width}rem")></li> })
        .collect_view();
    view! { <ul class="skeleton" data-kind="thread" role="status" aria-label=text::LOADING>{bubbles}</ul> }
}
