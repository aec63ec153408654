//! Whether conversation routing is set up as it should be, and the apps seen on pages.

use super::Failure;
#[cfg(feature = "ssr")]
use super::{answer, caller};
use domain::apps::{Colour, KnownApp, Mark, Sighting};
#[cfg(feature = "ssr")]
use domain::person::Actor;
use domain::{AppId, Timestamp};
use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use serde::{Deserialize, Serialize};

/// The desk's side of it. All of it is for those who configure the workspace.
#[cfg(feature = "ssr")]
#[async_trait::async_trait]
pub trait RoutingDesk: Send + Sync + 'static {
    /// Every app seen beside us.
    async fn apps_seen(&self, actor: &Actor) -> Result<AppsBeside, Failure>;
    /// Shows an app under another name, colour or picture, in all browsers.
    async fn show_app(&self, actor: &Actor, look: AppLook) -> Result<KnownApp, Failure>;
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

/// Every app seen beside us.
#[server(prefix = "/rpc", endpoint = "apps", input = Json)]
pub async fn load_apps() -> Result<AppsBeside, Failure> {
    let caller = caller()?;
    answer(caller.desk.apps_seen(&caller.actor).await)
}

/// Shows an app under another name, colour or picture.
#[server(prefix = "/rpc", endpoint = "show-app", input = Json)]
pub async fn show_app(look: AppLook) -> Result<KnownApp, Failure> {
    let caller = caller()?;
    answer(caller.desk.show_app(&caller.actor, look).await)
}
