//! What a thread shows besides its messages: files, markers, who else is looking.

mod look;

use super::{Desk, allow, erase, media};
use app::api::{Doing, Failure, Found, Holding, Original, Wording};
use domain::person::{Act, Actor};
use domain::view::{Colleague, Listing, Message};
use domain::{ConversationId, MediaId, MessageId, Timestamp};

#[async_trait::async_trait]
impl app::api::ThreadDesk for Desk {
    async fn fetch_again(&self, actor: &Actor, media: MediaId) -> Result<(), Failure> {
        Ok(media::fetch_again(&self.node, actor, media).await?)
    }

    async fn search_thread(
        &self,
        actor: &Actor,
        id: ConversationId,
        text: &str,
    ) -> Result<Vec<Found>, Failure> {
        Ok(look::search(&self.node, actor, id, text).await?)
    }

    async fn back_to(
        &self,
        actor: &Actor,
        id: ConversationId,
        message: MessageId,
        shown: (Timestamp, MessageId),
    ) -> Result<Listing<Message>, Failure> {
        Ok(look::back_to(&self.node, actor, id, message, shown).await?)
    }

    async fn wordings(&self, actor: &Actor, message: MessageId) -> Result<Vec<Wording>, Failure> {
        Ok(look::wordings(&self.node, actor, message).await?)
    }

    async fn here(&self, actor: &Actor, id: ConversationId, doing: Doing) -> Result<Vec<Colleague>, Failure> {
        Ok(look::here(&self.node, actor, id, doing).await?)
    }

    async fn original(&self, actor: &Actor, message: MessageId) -> Result<Original, Failure> {
        Ok(look::original(&self.node, actor, message).await?)
    }

    async fn holding(&self, actor: &Actor, id: ConversationId) -> Result<Holding, Failure> {
        allow(actor, Act::Delete)?;
        Ok(erase::holding(&self.node, actor, id).await?)
    }

    async fn delete_conversation(&self, actor: &Actor, id: ConversationId) -> Result<(), Failure> {
        allow(actor, Act::Delete)?;
        Ok(erase::delete(&self.node, actor, id).await?)
    }
}
