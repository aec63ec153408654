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

/// A screen of the module.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Screen {
    List,
    Gallery,
    Template,
    Builder,
    Runs,
    Run,
    Report,
}

impl Screen {
    /// The screen at `/workflows/{rest}`.
    pub fn at(rest: &[&str]) -> Option<Self> {
        Some(match rest {
            [] => Self::List,
            ["templates"] => Self::Gallery,
            ["templates", _] => Self::Template,
            [_] => Self::Builder,
            [_, "runs"] => Self::Runs,
            [_, "runs", _] => Self::Run,
            [_, "report"] => Self::Report,
            _ => return None,
        })
    }

    /// Draws it.
    pub fn draw(self) -> AnyView {
        match self {
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

/// The route of all of them.
#[derive(Clone, Copy, Debug)]
pub struct Part;

impl LazyRoute for Part {
    fn data() -> Self {
        Self
    }

    async fn view(_: Self) -> AnyView {
        dress().await;
        match workflows().await {
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
fn workflows() -> Result<AnyView, Failure> {
    Ok(view! { <Workflows /> }.into_any())
}
