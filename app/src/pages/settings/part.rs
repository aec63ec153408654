//! The settings as a part of the browser's module that is loaded when somebody goes there: the inbox does not wait for it.

use super::{
    AppsSection, AuditSection, ConnectPage, ConnectionsSection, FieldsSection, HoursSection, Notifications,
    PageSection, PagesSection, PeopleSection, PersonSection, ProfileSection, RoutingSection, Settings,
    Shortcuts, TagsSection, TeamsSection, WorkspaceSection,
};
use crate::api::Failure;
use crate::pages::office::{Missing, dress};
use leptos::prelude::*;
use leptos::wasm_split::wasm_split;
use leptos_router::LazyRoute;

/// A screen of the settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Screen {
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
    Workspace,
}

impl Screen {
    /// The screen at `/settings/{rest}`.
    pub fn at(rest: &[&str]) -> Option<Self> {
        Some(match rest {
            [] | ["profile"] => Self::Profile,
            ["people"] => Self::People,
            ["people", _] => Self::Person,
            ["teams"] => Self::Teams,
            ["fields"] => Self::Fields,
            ["tags"] => Self::Tags,
            ["hours"] => Self::Hours,
            ["connections"] => Self::Connections,
            ["audit"] => Self::Audit,
            ["notifications"] => Self::Notifications,
            ["shortcuts"] => Self::Shortcuts,
            ["pages"] => Self::Pages,
            ["pages", "connect"] => Self::Connect,
            ["pages", _] => Self::Page,
            ["pages", _, "routing"] => Self::Routing,
            ["apps"] => Self::Apps,
            ["workspace"] => Self::Workspace,
            _ => return None,
        })
    }

    /// Draws it.
    pub fn draw(self) -> AnyView {
        match self {
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
            Self::Workspace => view! { <WorkspaceSection /> }.into_any(),
        }
    }
}

/// The route of all settings.
#[derive(Clone, Copy, Debug)]
pub struct Part;

impl LazyRoute for Part {
    fn data() -> Self {
        Self
    }

    async fn view(_: Self) -> AnyView {
        dress().await;
        match settings().await {
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
fn settings() -> Result<AnyView, Failure> {
    Ok(view! { <Settings /> }.into_any())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::address::pieces;
    use crate::pages::settings::Section;

    #[test]
    fn every_section_has_its_screen() {
        for section in Section::ALL {
            assert!(Screen::at(&[section.as_str()]).is_some(), "{}", section.as_str());
        }
    }

    #[test]
    fn what_lies_below_a_section_is_found_and_the_rest_leads_nowhere() {
        let at = |path| Screen::at(&pieces(path));
        assert_eq!(at("/"), Some(Screen::Profile));
        assert_eq!(at("/pages/connect"), Some(Screen::Connect));
        assert_eq!(at("/pages/1001/"), Some(Screen::Page));
        assert_eq!(at("/pages/1001/routing"), Some(Screen::Routing));
        assert_eq!(at("/people/7/keys"), None);
        assert_eq!(at("/nothing"), None);
    }
}
