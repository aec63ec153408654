//! Every tag the team or its workflows ever used.

use super::loaded::loaded;
use crate::api;
use crate::parts::Empty;
use crate::text::workflows as words;
use leptos::prelude::*;
use leptos_meta::Title;

/// The section at `/settings/tags`.
#[component]
pub fn TagsSection() -> impl IntoView {
    let tags = Resource::new_blocking(|| (), |()| api::load_tags());
    view! {
        <Title text=words::TAGS />
        <div class="page">
            <header class="bar"><h1>{words::TAGS}</h1></header>
            <div class="page-body">
                <p class="lead">{words::TAGS_LEAD}</p>
                {loaded(tags, |tags| view! { <Tags tags=tags /> }.into_any())}
            </div>
        </div>
    }
}

#[component]
fn Tags(tags: Vec<String>) -> impl IntoView {
    if tags.is_empty() {
        return view! { <Empty title=words::NO_TAGS words=words::NO_TAGS_WORDS /> }.into_any();
    }
    let tags = tags.into_iter().map(|tag| view! { <li class="tag"><span dir="auto">{tag}</span></li> });
    view! { <ul class="chips">{tags.collect_view()}</ul> }.into_any()
}
