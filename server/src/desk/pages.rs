//! Connecting pages, and how each is doing.

use super::Desk;

#[async_trait::async_trait]
impl app::api::PagesDesk for Desk {}
