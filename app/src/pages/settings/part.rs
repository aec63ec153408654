//! The settings as a part of the browser's module that is loaded when somebody goes there: the inbox does not wait for it.

use super::{
    AppsSection, AuditSection, ConnectPage, ConnectionsSection, FieldsSection, HoursSection, Notifications,
    PageSection, PagesSection, PeopleSection, PersonSection, ProfileSection, RoutingSection, Settings,
    Shortcuts, TagsSection, TeamsSection,
};
use crate::api::Failure;
use crate::pages::office::{Missing, dress};
use leptos::prelude::*;
use leptos::wasm_split::wasm_split;
use leptos_router::LazyRoute;

/// A screen of the settings, by the number that goes through the door between the modules.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Screen {
    Frame,
    Profile,
    People,
    Person,
    Teams,
    Fields,
    Tags,
    Hours,
    Connections,
    Audit,
    Notifications,
    Shortcuts,
    Pages,
    Connect,
    Page,
    Apps,
    Routing,
}

impl Screen {
    const ALL: [Self; 17] = [
        Self::Frame,
        Self::Profile,
        Self::People,
        Self::Person,
        Self::Teams,
        Self::Fields,
        Self::Tags,
        Self::Hours,
        Self::Connections,
        Self::Audit,
        Self::Notifications,
        Self::Shortcuts,
        Self::Pages,
        Self::Connect,
        Self::Page,
        Self::Apps,
        Self::Routing,
    ];

    fn draw(self) -> AnyView {
        match self {
            Self::Frame => view! { <Settings /> }.into_any(),
            Self::Profile => view! { <ProfileSection /> }.into_any(),
            Self::People => view! { <PeopleSection /> }.into_any(),
            Self::Person => view! { <PersonSection /> }.into_any(),
            Self::Teams => view! { <TeamsSection /> }.into_any(),
            Self::Fields => view! { <FieldsSection /> }.into_any(),
            Self::Tags => view! { <TagsSection /> }.into_any(),
            Self::Hours => view! { <HoursSection /> }.into_any(),
            Self::Connections => view! { <ConnectionsSection /> }.into_any(),
            Self::Audit => view! { <AuditSection /> }.into_any(),
            Self::Notifications => view! { <Notifications /> }.into_any(),
            Self::Shortcuts => view! { <Shortcuts /> }.into_any(),
            Self::Pages => view! { <PagesSection /> }.into_any(),
            Self::Connect => view! { <ConnectPage /> }.into_any(),
            Self::Page => view! { <PageSection /> }.into_any(),
            Self::Apps => view! { <AppsSection /> }.into_any(),
            Self::Routing => view! { <RoutingSection /> }.into_any(),
        }
    }
}

/// The route of one screen: `Lazy::<Part<{ Screen::People as u8 }>>::new()`.
#[derive(Clone, Copy, Debug)]
pub struct Part<const SCREEN: u8>;

impl<const SCREEN: u8> LazyRoute for Part<SCREEN> {
    fn data() -> Self {
        Self
    }

    async fn view(_: Self) -> AnyView {
        dress().await;
        match settings(SCREEN).await {
            Ok(view) => view,
            Err(failure) => view! { <Missing failure=failure /> }.into_any(),
        }
    }

    async fn preload() {
        // What could not be fetched is asked for again, and spoken of, when it is drawn.
        let _ = fetch_settings().await;
    }
}

#[wasm_split(settings, wasm_split_path = leptos::wasm_split, fallible, preload(fetch_settings))]
fn settings(screen: u8) -> Result<AnyView, Failure> {
    // What is not a screen never gets here: routes name them.
    Ok(Screen::ALL.get(usize::from(screen)).map_or_else(|| ().into_any(), |screen| screen.draw()))
}
