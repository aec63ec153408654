//! Drafts, files to send and notes.

use super::Failure;
#[cfg(feature = "ssr")]
use super::{answer, caller};
use crate::api::codec::Json;
#[cfg(feature = "ssr")]
use bytes::Bytes;
#[cfg(feature = "ssr")]
use domain::UploadId;
#[cfg(feature = "ssr")]
use domain::conversation::file::Upload;
use domain::writing::{Draft, Named, Note, Notification, Sheet};
use domain::{ConversationId, NoteId, Timestamp};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// What became of a draft that was saved.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "saved", rename_all = "snake_case")]
pub enum Saved {
    Kept {
        version: i64,
    },
    /// Another browser of the same person has written something else meanwhile; nothing was overwritten.
    Other {
        draft: Draft,
    },
}

domain::tagged!(Saved by "saved" { "kept" => Kept { version }, "other" => Other { draft } });

/// A note as its author wrote it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewNote {
    /// Made where the note is written: the same one twice is one note.
    pub id: NoteId,
    pub text: String,
    /// Whom the author chose, where two people have the same name.
    #[serde(default)]
    pub mentions: Vec<Named>,
}

/// The desk's side of it.
#[cfg(feature = "ssr")]
#[async_trait::async_trait]
pub trait WritingDesk: Send + Sync + 'static {
    /// What the person who asks has written and not sent, blank sheets included. Programs have none.
    async fn drafts(&self, actor: &domain::person::Actor) -> Result<Vec<Draft>, Failure>;
    /// Keeps a sheet, unless another browser of the same person has saved something since version `based_on`.
    async fn save_draft(
        &self,
        actor: &domain::person::Actor,
        id: ConversationId,
        sheet: Sheet,
        based_on: i64,
    ) -> Result<Saved, Failure>;
    /// Adds a note for the team and tells whom it names. The same id again answers with the first note; `false`
    /// says so.
    async fn add_note(
        &self,
        actor: &domain::person::Actor,
        id: ConversationId,
        note: NewNote,
    ) -> Result<(Note, bool), Failure>;
    /// Deletes a note: one's own, or as a manager anybody's. A note that is gone already is no error.
    async fn delete_note(&self, actor: &domain::person::Actor, id: NoteId) -> Result<(), Failure>;
    /// Keeps a file for a message that is still being written. The same id again answers with the first file.
    async fn keep_upload(
        &self,
        actor: &domain::person::Actor,
        id: UploadId,
        name: String,
        content: Bytes,
    ) -> Result<Upload, Failure>;
    /// A file of the person who asks, that may not have been sent.
    async fn show_upload(
        &self,
        actor: &domain::person::Actor,
        id: UploadId,
    ) -> Result<(Upload, Bytes), Failure>;
    /// Takes back a file that was not sent.
    async fn remove_upload(&self, actor: &domain::person::Actor, id: UploadId) -> Result<(), Failure>;
    /// Shows the customer that somebody types, where we have control; nowhere else.
    async fn typing(&self, actor: &domain::person::Actor, id: ConversationId) -> Result<(), Failure>;
    /// What the person who asks should look at, newest first.
    async fn notifications(&self, actor: &domain::person::Actor) -> Result<Vec<Notification>, Failure>;
    /// The person who asks has seen what came up to a moment.
    async fn notifications_seen(
        &self,
        actor: &domain::person::Actor,
        until: Timestamp,
    ) -> Result<(), Failure>;
}

/// What I have written and not sent.
#[server(prefix = "/rpc", endpoint = "drafts", input = Json, output = Json)]
pub async fn drafts() -> Result<Vec<Draft>, Failure> {
    let caller = caller()?;
    answer(caller.desk.drafts(&caller.actor).await)
}

/// Where browsers leave a draft on their way out; the address of [`save_draft`].
pub const SAVE_DRAFT: &str = "/rpc/save-draft";

/// Keeps what I have written.
#[server(prefix = "/rpc", endpoint = "save-draft", input = Json, output = Json)]
pub async fn save_draft(id: ConversationId, sheet: Sheet, based_on: i64) -> Result<Saved, Failure> {
    let caller = caller()?;
    answer(caller.desk.save_draft(&caller.actor, id, sheet, based_on).await)
}

/// Adds a note for the team.
#[server(prefix = "/rpc", endpoint = "add-note", input = Json, output = Json)]
pub async fn add_note(id: ConversationId, note: NewNote) -> Result<Note, Failure> {
    let caller = caller()?;
    answer(caller.desk.add_note(&caller.actor, id, note).await.map(|(note, _)| note))
}

/// Deletes a note: one's own, or as a manager anybody's.
#[server(prefix = "/rpc", endpoint = "delete-note", input = Json, output = Json)]
pub async fn delete_note(id: NoteId) -> Result<(), Failure> {
    let caller = caller()?;
    answer(caller.desk.delete_note(&caller.actor, id).await)
}

/// I am typing an answer.
#[server(prefix = "/rpc", endpoint = "typing", input = Json, output = Json)]
pub async fn typing(id: ConversationId) -> Result<(), Failure> {
    let caller = caller()?;
    answer(caller.desk.typing(&caller.actor, id).await)
}

/// What I should look at.
#[server(prefix = "/rpc", endpoint = "notifications", input = Json, output = Json)]
pub async fn notifications() -> Result<Vec<Notification>, Failure> {
    let caller = caller()?;
    answer(caller.desk.notifications(&caller.actor).await)
}

/// I have seen what came up to a moment.
#[server(prefix = "/rpc", endpoint = "notifications-seen", input = Json, output = Json)]
pub async fn notifications_seen(until: Timestamp) -> Result<(), Failure> {
    let caller = caller()?;
    answer(caller.desk.notifications_seen(&caller.actor, until).await)
}
