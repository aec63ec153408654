//! Workflows as a part of the browser's module that is loaded when somebody goes there: only managers do.

use super::builder::BuilderPage;
use super::frame::Workflows;
use super::gallery::{GalleryPage, TemplatePage};
use super::list::ListPage;
use super::report::ReportPage;
use super::run::RunPage;
use super::runs::RunsPage;
use crate::api::Failure;
use crate::pages::office::{Missing, dress};
use leptos::prelude::*;
use leptos::wasm_split::wasm_split;
use leptos_router::LazyRoute;

/// A screen of the module, by the number that goes through the door between the modules.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Screen {
    Frame,
    List,
    Gallery,
    Template,
    Builder,
    Runs,
    Run,
    Report,
}

impl Screen {
    const ALL: [Self; 8] = [
        Self::Frame,
        Self::List,
        Self::Gallery,
        Self::Template,
        Self::Builder,
        Self::Runs,
        Self::Run,
        Self::Report,
    ];

    fn draw(self) -> AnyView {
        match self {
            Self::Frame => view! { <Workflows /> }.into_any(),
            Self::List => view! { <ListPage /> }.into_any(),
            Self::Gallery => view! { <GalleryPage /> }.into_any(),
            Self::Template => view! { <TemplatePage /> }.into_any(),
            Self::Builder => view! { <BuilderPage /> }.into_any(),
            Self::Runs => view! { <RunsPage /> }.into_any(),
            Self::Run => view! { <RunPage /> }.into_any(),
            Self::Report => view! { <ReportPage /> }.into_any(),
        }
    }
}

/// The route of one screen: `Lazy::<Part<{ Screen::List as u8 }>>::new()`.
#[derive(Clone, Copy, Debug)]
pub struct Part<const SCREEN: u8>;

impl<const SCREEN: u8> LazyRoute for Part<SCREEN> {
    fn data() -> Self {
        Self
    }

    async fn view(_: Self) -> AnyView {
        dress().await;
        match workflows(SCREEN).await {
            Ok(view) => view,
            Err(failure) => view! { <Missing failure=failure /> }.into_any(),
        }
    }

    async fn preload() {
        // What could not be fetched is asked for again, and spoken of, when it is drawn.
        let _ = fetch_workflows().await;
    }
}

#[wasm_split(workflows, wasm_split_path = leptos::wasm_split, fallible, preload(fetch_workflows))]
fn workflows(screen: u8) -> Result<AnyView, Failure> {
    // What is not a screen never gets here: routes name them.
    Ok(Screen::ALL.get(usize::from(screen)).map_or_else(|| ().into_any(), |screen| screen.draw()))
}
