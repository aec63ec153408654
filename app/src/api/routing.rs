//! Whether conversation routing is set up as it should be, and the apps seen on pages.

use super::Failure;
#[cfg(feature = "ssr")]
use super::{answer, caller};
use crate::api::codec::Json;
use domain::apps::{Colour, KnownApp, Mark, Sighting};
#[cfg(feature = "ssr")]
use domain::person::Actor;
use domain::routing::check::{Finding, Mode};
use domain::routing::radar::Measure;
use domain::routing::sign::Signs;
use domain::view::PageView;
use domain::{AppId, PageId, Timestamp};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// The desk's side of it. All of it is for those who configure the workspace.
#[cfg(feature = "ssr")]
#[async_trait::async_trait]
pub trait RoutingDesk: Send + Sync + 'static {
    /// Every app seen beside us.
    async fn apps_seen(&self, actor: &Actor) -> Result<AppsBeside, Failure>;
    /// Shows an app under another name, colour or picture, in all browsers.
    async fn show_app(&self, actor: &Actor, look: AppLook) -> Result<KnownApp, Failure>;
    /// What is known of a page's routing.
    async fn routing(&self, actor: &Actor, page: PageId) -> Result<RoutingView, Failure>;
    /// Checks a page's routing now.
    async fn check_routing(&self, actor: &Actor, page: PageId) -> Result<RoutingView, Failure>;
    /// Asks Facebook again for every kind of event an inbox needs, and checks whether it took.
    async fn subscribe_again(&self, actor: &Actor, page: PageId) -> Result<RoutingView, Failure>;
}

/// The apps beside us, by name, and what each did where.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AppsBeside {
    pub apps: Vec<KnownApp>,
    pub sightings: Vec<Sighting>,
    /// The server's clock.
    pub now: Timestamp,
}

/// How a manager wants an app to be shown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AppLook {
    pub app: AppId,
    /// 1 to 40 characters.
    pub name: String,
    pub colour: Colour,
    pub icon: Mark,
}

/// What is known of a page's routing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RoutingView {
    pub page: PageView,
    /// Our app on this page.
    pub ours: AppId,
    pub mode: Mode,
    /// The newest run; none before the first.
    pub latest: Option<Run>,
    /// Every run that is kept, the newest first.
    pub history: Vec<RunLine>,
    /// How the team shows the apps beside us.
    pub apps: Vec<KnownApp>,
    /// What apps did on this page, the most recent first.
    pub sightings: Vec<Sighting>,
    /// What events have shown so far.
    pub signs: Signs,
    /// The server's clock.
    pub now: Timestamp,
}

/// One run of the check.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Run {
    pub at: Timestamp,
    /// Who asked for it.
    pub by: String,
    pub report: Report,
}

/// What a run found, as it is kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Report {
    pub findings: Vec<Finding>,
    pub measures: Vec<Measure>,
}

/// A run in one line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RunLine {
    pub at: Timestamp,
    pub by: String,
    /// How many items were wrong.
    pub wrong: usize,
    /// How many could not be verified.
    pub unsure: usize,
}

/// Every app seen beside us.
#[server(prefix = "/rpc", endpoint = "apps", input = Json, output = Json)]
pub async fn load_apps() -> Result<AppsBeside, Failure> {
    let caller = caller()?;
    answer(caller.desk.apps_seen(&caller.actor).await)
}

/// Shows an app under another name, colour or picture.
#[server(prefix = "/rpc", endpoint = "show-app", input = Json, output = Json)]
pub async fn show_app(look: AppLook) -> Result<KnownApp, Failure> {
    let caller = caller()?;
    answer(caller.desk.show_app(&caller.actor, look).await)
}

/// What is known of a page's routing.
#[server(prefix = "/rpc", endpoint = "routing", input = Json, output = Json)]
pub async fn load_routing(page: PageId) -> Result<RoutingView, Failure> {
    let caller = caller()?;
    answer(caller.desk.routing(&caller.actor, page).await)
}

/// Checks a page's routing now.
#[server(prefix = "/rpc", endpoint = "check-routing", input = Json, output = Json)]
pub async fn check_routing(page: PageId) -> Result<RoutingView, Failure> {
    let caller = caller()?;
    answer(caller.desk.check_routing(&caller.actor, page).await)
}

/// Asks Facebook again for every kind of event an inbox needs.
#[server(prefix = "/rpc", endpoint = "subscribe-again", input = Json, output = Json)]
pub async fn subscribe_again(page: PageId) -> Result<RoutingView, Failure> {
    let caller = caller()?;
    answer(caller.desk.subscribe_again(&caller.actor, page).await)
}
