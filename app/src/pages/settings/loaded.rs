//! A section that is drawn once what it shows is there.

use crate::api::Failure;
use crate::parts::{Empty, RowsSkeleton};
use crate::text;
use leptos::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Draws what was loaded, or says why it was not.
pub fn loaded<T>(
    resource: Resource<Result<T, Failure>>,
    draw: impl Fn(T) -> AnyView + Clone + Send + Sync + 'static,
) -> impl IntoView
where
    T: Clone + Send + Sync + Serialize + DeserializeOwned + 'static,
{
    // What is drawn belongs to the page, not to the suspense that waits for it.
    let page = Owner::current().unwrap_or_default();
    view! {
        <Suspense fallback=|| view! { <RowsSkeleton /> }>
            {move || {
                let (page, draw) = (page.clone(), draw.clone());
                Suspend::new(async move {
                    match resource.await {
                        Ok(found) => page.with(|| draw(found)),
                        Err(failure) => problem(&failure),
                    }
                })
            }}
        </Suspense>
    }
}

fn problem(failure: &Failure) -> AnyView {
    view! {
        <Empty title=text::section_unavailable() words=failure.to_string()>
            <a class="button" data-kind="outline" data-size="32" rel="external" href="">{text::try_again()}</a>
        </Empty>
    }
    .into_any()
}
