//! Whether conversation routing is set up as it should be, and the apps seen on pages.

pub mod apps;
mod check;
mod radar;
pub mod watch;

use super::{Desk, Refusal, allow};
use crate::node::Node;
use app::api::{AppLook, AppsBeside, Failure, Report, RoutingView};
use domain::PageId;
use domain::apps::KnownApp;
use domain::person::{Act, Actor};
use std::sync::Arc;
use store::checks;

/// Checks a page's routing unless it was checked before.
pub async fn check_new(node: &Arc<Node>, actor: &Actor, page: &PageId) -> Result<(), Refusal> {
    let before = checks::newest::<Report>(&mut node.db.snapshot().await?, page, 1).await?;
    if before.is_empty() {
        check::run(node, actor, page).await?;
    }
    Ok(())
}

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
