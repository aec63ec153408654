//! Which address shows which page. What lies below the first piece of a part's addresses, the part itself knows.

use crate::attention::Attention;
use crate::commands::{Awaiting, Called, Commands, Doer};
use crate::pages::{Inbox, NotFound, door, settings, workflows};
use crate::parts::Icons;
use crate::text;
use domain::attention::Subject;
use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::components::{Redirect, Route, Router, Routes};
use leptos_router::{Lazy, OptionalParamSegment, SsrMode, StaticSegment, WildcardSegment};

/// The screens, by address.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    let commands = Commands::new();
    provide_context(commands);
    provide_context(Attention::new(commands));
    if use_context::<Icons>().is_none() {
        provide_context(Icons::of_page());
    }
    let inbox = (StaticSegment("inbox"), OptionalParamSegment("view"), OptionalParamSegment("conversation"));
    let below = |first| (StaticSegment(first), WildcardSegment("rest"));
    view! {
        <a class="skip" href="#main">{text::skip()}</a>
        <Router>
            <Routes fallback=NotFound>
                <Route path=StaticSegment("") view=|| view! { <Redirect path="/inbox" /> } ssr=SsrMode::Async />
                <Route path=inbox view=Inbox ssr=SsrMode::Async />
                <Route path=below("sign-in") view={Lazy::<door::Part>::new()} ssr=SsrMode::Async />
                <Route path=below("join") view={Lazy::<door::Part>::new()} ssr=SsrMode::Async />
                <Route path=below("set-up") view={Lazy::<door::Part>::new()} ssr=SsrMode::Async />
                <Route path=below("settings") view={Lazy::<settings::Part>::new()} ssr=SsrMode::Async />
                <Route path=below("workflows") view={Lazy::<workflows::Part>::new()} ssr=SsrMode::Async />
            </Routes>
            <Over commands=commands />
        </Router>
    }
}

/// What lies over every page: the palette, the keyboard map, what may follow a key.
#[component]
fn Over(commands: Commands) -> impl IntoView {
    let doer = Doer::new(commands);
    commands.listen(doer.clone());
    Attention::of_window().wake(Callback::new(move |subject| match subject {
        Subject::Conversation(id) => doer.conversation(id),
        Subject::Page(_) => doer.go("/settings/pages"),
    }));
    view! {
        <Called />
        <Awaiting />
    }
}
