//! Whether conversation routing is set up as it should be, and the apps seen on pages.

pub mod apps;
mod check;
mod radar;
pub mod watch;

use super::{Desk, allow};
use app::api::{AppLook, AppsBeside, Failure, RoutingView};
use domain::PageId;
use domain::apps::KnownApp;
use domain::person::{Act, Actor};

#[async_trait::async_trait]
impl app::api::RoutingDesk for Desk {
    async fn apps_seen(&self, actor: &Actor) -> Result<AppsBeside, Failure> {
        allow(actor, Act::Configure)?;
        Ok(apps::seen(&self.node).await?)
    }

    async fn show_app(&self, actor: &Actor, look: AppLook) -> Result<KnownApp, Failure> {
        allow(actor, Act::Configure)?;
        Ok(apps::show(&self.node, actor, look).await?)
    }

    async fn routing(&self, actor: &Actor, page: PageId) -> Result<RoutingView, Failure> {
        allow(actor, Act::Configure)?;
        Ok(check::view(&self.node, &page).await?)
    }

    async fn check_routing(&self, actor: &Actor, page: PageId) -> Result<RoutingView, Failure> {
        allow(actor, Act::Configure)?;
        Ok(check::run(&self.node, actor, &page).await?)
    }

    async fn subscribe_again(&self, actor: &Actor, page: PageId) -> Result<RoutingView, Failure> {
        allow(actor, Act::Configure)?;
        Ok(check::subscribe(&self.node, actor, &page).await?)
    }
}
