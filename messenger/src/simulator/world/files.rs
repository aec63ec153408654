//! Files handed over to be sent: kept by id, for one page, within Meta's limits.

use super::{Caller, World};
use crate::simulator::refusal::Refusal;
use crate::simulator::request::Request;
use axum::body::Bytes;
use domain::PageId;
use domain::conversation::file::{MAX_FILE, MAX_IMAGE};
use serde_json::{Value, json};

/// A file as Meta keeps it.
#[derive(Clone, Debug)]
pub struct KeptFile {
    page: PageId,
    kind: String,
    pub name: String,
    pub mime: String,
    pub content: Bytes,
    /// Where apps find it.
    url: String,
}

impl World {
    /// Carries out `POST /{page}/message_attachments` with the file itself.
    pub fn keep_file(&mut self, caller: &Caller, request: &Request) -> Result<Value, Refusal> {
        let attachment = &request.params["message"]["attachment"];
        let kind = attachment["type"].as_str().unwrap_or_default();
        let limit = match kind {
            "image" => MAX_IMAGE,
            "video" | "audio" | "file" => MAX_FILE,
            _ => {
                return Err(Refusal::parameter("Param attachment.type must be image, video, audio or file."));
            }
        };
        if attachment["payload"]["is_reusable"] != true {
            return Err(Refusal::parameter("Only reusable attachments can be kept."));
        }
        let file = request.file.as_ref().ok_or_else(|| Refusal::parameter("Param filedata is required."))?;
        if file.content.len() as u64 > limit {
            return Err(Refusal::file_too_large());
        }
        let family = file.mime.split('/').next().unwrap_or_default();
        if kind != "file" && family != kind {
            return Err(Refusal::file_of_another_kind());
        }
        let id = self.ids.file();
        let kept = KeptFile {
            page: caller.page.clone(),
            kind: kind.to_owned(),
            name: file.name.clone(),
            mime: file.mime.clone(),
            content: file.content.clone(),
            url: format!("http://{}/sim/file/{id}", request.host),
        };
        self.files.insert(id.clone(), kept);
        Ok(json!({ "attachment_id": id }))
    }

    /// The attachment of a message as apps hear of it, and the name of the file; ids of other pages lead nowhere.
    pub(super) fn attached(
        &self,
        page: &PageId,
        attachment: &Value,
    ) -> Result<(Value, Option<String>), Refusal> {
        let Some(id) = attachment["payload"]["attachment_id"].as_str() else {
            return Ok((attachment.clone(), None));
        };
        let file = self.files.get(id).filter(|file| file.page == *page).ok_or_else(Refusal::no_such_file)?;
        if attachment["type"] != file.kind {
            return Err(Refusal::file_of_another_kind());
        }
        let told = json!({ "type": file.kind, "payload": { "url": file.url } });
        Ok((told, Some(file.name.clone())))
    }
}
