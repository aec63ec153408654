//! What a thread shows besides its messages: files, markers, who else is looking.

use super::{Desk, media};
use app::api::Failure;
use domain::MediaId;
use domain::person::Actor;

#[async_trait::async_trait]
impl app::api::ThreadDesk for Desk {
    async fn fetch_again(&self, actor: &Actor, media: MediaId) -> Result<(), Failure> {
        Ok(media::fetch_again(&self.node, actor, media).await?)
    }
}
