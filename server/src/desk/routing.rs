//! Whether conversation routing is set up as it should be, and the apps seen on pages.

use super::Desk;

#[async_trait::async_trait]
impl app::api::RoutingDesk for Desk {}
