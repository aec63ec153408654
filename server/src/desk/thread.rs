//! What a thread shows besides its messages: files, markers, who else is looking.

use super::Desk;

#[async_trait::async_trait]
impl app::api::ThreadDesk for Desk {}
