//! Which address shows which page.

use crate::pages::settings::{AppsSection, RoutingSection};
use crate::pages::{Inbox, NotFound, SetUp, Settings, SignIn};
use crate::parts::Icons;
use crate::text;
use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::components::{ParentRoute, Redirect, Route, Router, Routes};
use leptos_router::{OptionalParamSegment, ParamSegment, SsrMode, StaticSegment};

/// The screens, by address.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    if use_context::<Icons>().is_none() {
        provide_context(Icons::of_page());
    }
    let inbox = (StaticSegment("inbox"), OptionalParamSegment("view"), OptionalParamSegment("conversation"));
    let routing = (StaticSegment("pages"), ParamSegment("page"), StaticSegment("routing"));
    view! {
        <a class="skip" href="#main">{text::SKIP}</a>
        <Router>
            <Routes fallback=NotFound>
                <Route path=StaticSegment("") view=|| view! { <Redirect path="/inbox" /> } ssr=SsrMode::Async />
                <Route path=StaticSegment("sign-in") view=SignIn ssr=SsrMode::Async />
                <Route path=StaticSegment("set-up") view=SetUp ssr=SsrMode::Async />
                <Route path=inbox view=Inbox ssr=SsrMode::Async />
                <ParentRoute path=StaticSegment("settings") view=Settings ssr=SsrMode::Async>
                    <Route path=StaticSegment("") view=|| view! { <Redirect path="/settings/profile" /> } />
                    <Route path=StaticSegment("apps") view=AppsSection />
                    <Route path=routing view=RoutingSection />
                </ParentRoute>
            </Routes>
        </Router>
    }
}
