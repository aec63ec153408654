//! Drafts, files to send and notes.

pub mod drafts;
pub mod notes;
mod notifications;
mod typing;
pub mod uploads;

use super::{Desk, allow};
use app::api::{Failure, NewNote, Saved};
use bytes::Bytes;
use domain::conversation::file::Upload;
use domain::person::{Act, Actor, Person};
use domain::writing::{Draft, Note, Notification, Sheet};
use domain::{ConversationId, NoteId, Timestamp, UploadId};

#[async_trait::async_trait]
impl app::api::WritingDesk for Desk {
    async fn drafts(&self, actor: &Actor) -> Result<Vec<Draft>, Failure> {
        allow(actor, Act::Converse)?;
        match actor.person() {
            Some(person) => Ok(drafts::all(&self.node, person).await?),
            None => Ok(Vec::new()),
        }
    }

    async fn save_draft(
        &self,
        actor: &Actor,
        id: ConversationId,
        sheet: Sheet,
        based_on: i64,
    ) -> Result<Saved, Failure> {
        allow(actor, Act::Converse)?;
        Ok(drafts::save(&self.node, person(actor)?, id, sheet, based_on).await?)
    }

    async fn add_note(
        &self,
        actor: &Actor,
        id: ConversationId,
        note: NewNote,
    ) -> Result<(Note, bool), Failure> {
        allow(actor, Act::Converse)?;
        Ok(notes::add(&self.node, actor, id, note).await?)
    }

    async fn delete_note(&self, actor: &Actor, id: NoteId) -> Result<(), Failure> {
        allow(actor, Act::Delete)?;
        Ok(notes::delete(&self.node, actor, id).await?)
    }

    async fn keep_upload(
        &self,
        actor: &Actor,
        id: UploadId,
        name: String,
        content: Bytes,
    ) -> Result<Upload, Failure> {
        allow(actor, Act::Converse)?;
        Ok(uploads::keep(&self.node, person(actor)?, id, &name, content).await?)
    }

    async fn show_upload(&self, actor: &Actor, id: UploadId) -> Result<(Upload, Bytes), Failure> {
        allow(actor, Act::Look)?;
        Ok(uploads::show(&self.node, person(actor)?, id).await?)
    }

    async fn remove_upload(&self, actor: &Actor, id: UploadId) -> Result<(), Failure> {
        allow(actor, Act::Converse)?;
        Ok(uploads::remove(&self.node, person(actor)?, id).await?)
    }

    async fn typing(&self, actor: &Actor, id: ConversationId) -> Result<(), Failure> {
        allow(actor, Act::Converse)?;
        Ok(typing::show(&self.node, actor, id).await?)
    }

    async fn notifications(&self, actor: &Actor) -> Result<Vec<Notification>, Failure> {
        allow(actor, Act::Look)?;
        match actor.person() {
            Some(person) => Ok(notifications::newest(&self.node, person).await?),
            None => Ok(Vec::new()),
        }
    }

    async fn notifications_seen(&self, actor: &Actor, until: Timestamp) -> Result<(), Failure> {
        allow(actor, Act::Look)?;
        Ok(notifications::seen(&self.node, person(actor)?, until).await?)
    }
}

/// What only people have, programs are refused.
fn person(actor: &Actor) -> Result<&Person, Failure> {
    actor.person().ok_or(Failure::Forbidden)
}
