//! Drafts, files to send and notes.

use super::Desk;

#[async_trait::async_trait]
impl app::api::WritingDesk for Desk {}
