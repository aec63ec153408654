//! Messages that come, change and get on their way, and what that does to the row of their conversation.

use super::Intention;
use crate::desk::{amend, media, preview};
use domain::ConversationId;
use domain::MessageId;
use domain::conversation::message::{AuthorKind, Delivery};
use domain::live::Change;
use domain::view::{LastMessage, Message};
use store::{Result, messages};
use uuid::Uuid;

impl Intention {
    /// Adds a message and lets it head the row. `false`: it was known.
    pub async fn add_message(&mut self, message: Message) -> Result<bool> {
        Ok(self.add(message, None).await?.is_some())
    }

    /// The same for one that came with a stored webhook; the message as it was kept.
    pub async fn receive_message(&mut self, message: Message, inbound: Uuid) -> Result<Option<Message>> {
        self.add(message, Some(inbound)).await
    }

    async fn add(&mut self, mut message: Message, inbound: Option<Uuid>) -> Result<Option<Message>> {
        media::plan(&self.node, &mut message);
        let id = message.conversation_id;
        let page = self.held(id).page.clone();
        if !messages::insert_from(&mut self.tx, &message, &page, inbound).await? {
            return Ok(None);
        }
        self.reads.words.remove(&id);
        media::note(self, &message).await?;
        let record = self.held_mut(id);
        record.updated_at = record.updated_at.max(message.at);
        if record.last.as_ref().is_none_or(|last| (last.at, last.id) < (message.at, message.id)) {
            record.last = Some(LastMessage {
                id: message.id,
                author: message.author.clone(),
                preview: preview::of(&message),
                at: message.at,
            });
        }
        if message.author.kind == AuthorKind::Bot {
            // An app's name is kept once, beside the message; the announcement carries it like a fresh load does.
            self.message_changed(message.id).await?;
        } else {
            self.changes.push(Change::Message { message: Box::new(message.clone()) });
        }
        if let Some(mid) = &message.mid {
            Box::pin(amend::catch_up(self, &page, &message, mid)).await?;
        }
        Ok(Some(message))
    }

    /// Writes the row's line anew when this message heads it.
    pub async fn refresh_preview(&mut self, conversation: ConversationId, id: MessageId) -> Result<()> {
        if self.held(conversation).last.as_ref().is_none_or(|last| last.id != id) {
            return Ok(());
        }
        let message = messages::find(&mut self.tx, id).await?;
        if let (Some(message), Some(last)) = (message, &mut self.held_mut(conversation).last) {
            last.preview = preview::of(&message);
        }
        Ok(())
    }

    /// Announces a message that looks different now.
    pub async fn message_changed(&mut self, id: MessageId) -> Result<()> {
        if let Some(message) = messages::find(&mut self.tx, id).await? {
            self.reads.words.remove(&message.conversation_id);
            self.changes.push(Change::Message { message: Box::new(message) });
        }
        Ok(())
    }

    /// Records how far a message has come, if that is news. `message`: as it is, its conversation held.
    pub async fn deliver(&mut self, message: &Message, delivery: Delivery) -> Result<bool> {
        if !message.delivery.state.may_become(delivery.state) {
            return Ok(false);
        }
        let page = self.held(message.conversation_id).page.clone();
        messages::set_delivery(&mut self.tx, message, &page, &delivery).await?;
        let message = Message { delivery, ..message.clone() };
        self.changes.push(Change::Message { message: Box::new(message) });
        Ok(true)
    }
}
