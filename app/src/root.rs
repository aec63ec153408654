//! Which address shows which page.

use crate::attention::Attention;
use crate::commands::{Awaiting, Called, Commands, Doer};
use crate::pages::settings::{Part, Screen};
use crate::pages::{Inbox, NotFound, door, workflows};
use crate::parts::Icons;
use crate::text;
use domain::attention::Subject;
use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::components::{ParentRoute, Redirect, Route, Router, Routes};
use leptos_router::{Lazy, OptionalParamSegment, ParamSegment, SsrMode, StaticSegment};

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
    let templates = (StaticSegment("templates"), ParamSegment("key"));
    let run = (ParamSegment("id"), StaticSegment("runs"), ParamSegment("run"));
    let routing = (StaticSegment("pages"), ParamSegment("page"), StaticSegment("routing"));
    view! {
        <a class="skip" href="#main">{text::SKIP}</a>
        <Router>
            <Routes fallback=NotFound>
                <Route path=StaticSegment("") view=|| view! { <Redirect path="/inbox" /> } ssr=SsrMode::Async />
                <Route path=StaticSegment("sign-in") view={Lazy::<door::Part<{ door::Screen::SignIn as u8 }>>::new()} ssr=SsrMode::Async />
                <Route path=(StaticSegment("sign-in"), StaticSegment("code")) view={Lazy::<door::Part<{ door::Screen::SecondStep as u8 }>>::new()} ssr=SsrMode::Async />
                <Route path=(StaticSegment("join"), ParamSegment("token")) view={Lazy::<door::Part<{ door::Screen::Join as u8 }>>::new()} ssr=SsrMode::Async />
                <Route path=StaticSegment("set-up") view={Lazy::<door::Part<{ door::Screen::SetUp as u8 }>>::new()} ssr=SsrMode::Async />
                <Route path=inbox view=Inbox ssr=SsrMode::Async />
                <ParentRoute path=StaticSegment("settings") view={Lazy::<Part<{ Screen::Frame as u8 }>>::new()} ssr=SsrMode::Async>
                    <Route path=StaticSegment("") view={Lazy::<Part<{ Screen::Profile as u8 }>>::new()} />
                    <Route path=StaticSegment("profile") view={Lazy::<Part<{ Screen::Profile as u8 }>>::new()} />
                    <Route path=StaticSegment("workspace") view={Lazy::<Part<{ Screen::Workspace as u8 }>>::new()} />
                    <Route path=StaticSegment("people") view={Lazy::<Part<{ Screen::People as u8 }>>::new()} />
                    <Route path=(StaticSegment("people"), ParamSegment("person")) view={Lazy::<Part<{ Screen::Person as u8 }>>::new()} />
                    <Route path=StaticSegment("teams") view={Lazy::<Part<{ Screen::Teams as u8 }>>::new()} />
                    <Route path=StaticSegment("fields") view={Lazy::<Part<{ Screen::Fields as u8 }>>::new()} />
                    <Route path=StaticSegment("tags") view={Lazy::<Part<{ Screen::Tags as u8 }>>::new()} />
                    <Route path=StaticSegment("hours") view={Lazy::<Part<{ Screen::Hours as u8 }>>::new()} />
                    <Route path=StaticSegment("connections") view={Lazy::<Part<{ Screen::Connections as u8 }>>::new()} />
                    <Route path=StaticSegment("audit") view={Lazy::<Part<{ Screen::Audit as u8 }>>::new()} />
                    <Route path=StaticSegment("notifications") view={Lazy::<Part<{ Screen::Notifications as u8 }>>::new()} />
                    <Route path=StaticSegment("shortcuts") view={Lazy::<Part<{ Screen::Shortcuts as u8 }>>::new()} />
                    <Route path=StaticSegment("pages") view={Lazy::<Part<{ Screen::Pages as u8 }>>::new()} />
                    <Route path=(StaticSegment("pages"), StaticSegment("connect")) view={Lazy::<Part<{ Screen::Connect as u8 }>>::new()} />
                    <Route path=(StaticSegment("pages"), ParamSegment("page")) view={Lazy::<Part<{ Screen::Page as u8 }>>::new()} />
                    <Route path=StaticSegment("apps") view={Lazy::<Part<{ Screen::Apps as u8 }>>::new()} />
                    <Route path=routing view={Lazy::<Part<{ Screen::Routing as u8 }>>::new()} />
                </ParentRoute>
                <ParentRoute path=StaticSegment("workflows") view={Lazy::<workflows::Part<{ workflows::Screen::Frame as u8 }>>::new()} ssr=SsrMode::Async>
                    <Route path=StaticSegment("") view={Lazy::<workflows::Part<{ workflows::Screen::List as u8 }>>::new()} />
                    <Route path=StaticSegment("templates") view={Lazy::<workflows::Part<{ workflows::Screen::Gallery as u8 }>>::new()} />
                    <Route path=templates view={Lazy::<workflows::Part<{ workflows::Screen::Template as u8 }>>::new()} />
                    <Route path=ParamSegment("id") view={Lazy::<workflows::Part<{ workflows::Screen::Builder as u8 }>>::new()} />
                    <Route path=(ParamSegment("id"), StaticSegment("runs")) view={Lazy::<workflows::Part<{ workflows::Screen::Runs as u8 }>>::new()} />
                    <Route path=run view={Lazy::<workflows::Part<{ workflows::Screen::Run as u8 }>>::new()} />
                    <Route path=(ParamSegment("id"), StaticSegment("report")) view={Lazy::<workflows::Part<{ workflows::Screen::Report as u8 }>>::new()} />
                </ParentRoute>
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
