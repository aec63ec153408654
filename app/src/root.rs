//! Which address shows which page.

use crate::attention::Attention;
use crate::commands::{Awaiting, Commands, Doer, Help, Palette};
use crate::pages::settings::{
    AppsSection, AuditSection, FieldsSection, HoursSection, PeopleSection, PersonSection, ProfileSection,
    RoutingSection, TagsSection, TeamsSection,
};
use crate::pages::{
    ConnectPage, Inbox, Join, NotFound, PageSection, PagesSection, SecondStep, SetUp, Settings, SignIn,
    settings, workflows,
};
use crate::parts::Icons;
use crate::text;
use domain::attention::Subject;
use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::components::{ParentRoute, Redirect, Route, Router, Routes};
use leptos_router::{OptionalParamSegment, ParamSegment, SsrMode, StaticSegment};

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
                <Route path=StaticSegment("sign-in") view=SignIn ssr=SsrMode::Async />
                <Route path=(StaticSegment("sign-in"), StaticSegment("code")) view=SecondStep ssr=SsrMode::Async />
                <Route path=(StaticSegment("join"), ParamSegment("token")) view=Join ssr=SsrMode::Async />
                <Route path=StaticSegment("set-up") view=SetUp ssr=SsrMode::Async />
                <Route path=inbox view=Inbox ssr=SsrMode::Async />
                <ParentRoute path=StaticSegment("settings") view=Settings ssr=SsrMode::Async>
                    <Route path=StaticSegment("") view=ProfileSection />
                    <Route path=StaticSegment("profile") view=ProfileSection />
                    <Route path=StaticSegment("people") view=PeopleSection />
                    <Route path=(StaticSegment("people"), ParamSegment("person")) view=PersonSection />
                    <Route path=StaticSegment("teams") view=TeamsSection />
                    <Route path=StaticSegment("fields") view=FieldsSection />
                    <Route path=StaticSegment("tags") view=TagsSection />
                    <Route path=StaticSegment("hours") view=HoursSection />
                    <Route path=StaticSegment("audit") view=AuditSection />
                    <Route path=StaticSegment("notifications") view=settings::Notifications />
                    <Route path=StaticSegment("shortcuts") view=settings::Shortcuts />
                    <Route path=StaticSegment("pages") view=PagesSection />
                    <Route path=(StaticSegment("pages"), StaticSegment("connect")) view=ConnectPage />
                    <Route path=(StaticSegment("pages"), ParamSegment("page")) view=PageSection />
                    <Route path=StaticSegment("apps") view=AppsSection />
                    <Route path=routing view=RoutingSection />
                </ParentRoute>
                <ParentRoute path=StaticSegment("workflows") view=workflows::Workflows ssr=SsrMode::Async>
                    <Route path=StaticSegment("") view=workflows::ListPage />
                    <Route path=StaticSegment("templates") view=workflows::GalleryPage />
                    <Route path=templates view=workflows::TemplatePage />
                    <Route path=ParamSegment("id") view=workflows::BuilderPage />
                    <Route path=(ParamSegment("id"), StaticSegment("runs")) view=workflows::RunsPage />
                    <Route path=run view=workflows::RunPage />
                    <Route path=(ParamSegment("id"), StaticSegment("report")) view=workflows::ReportPage />
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
        <Palette />
        <Help />
        <Awaiting />
    }
}
