//! Files one can send, and what Messenger takes.

use super::message::Attachment;
use crate::UploadId;
use serde::{Deserialize, Serialize};

/// The largest picture Messenger takes, in bytes.
pub const MAX_IMAGE: u64 = 8 * 1024 * 1024;
/// The largest video, sound or other file Messenger takes, in bytes.
pub const MAX_FILE: u64 = 25 * 1024 * 1024;
/// The most files of one answer. Each leaves as a message of its own.
pub const MOST_FILES: usize = 10;

/// Meta's words for what a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FileKind {
    Image,
    Video,
    Audio,
    File,
}

impl FileKind {
    /// The word: `image`, `video`, `audio`, `file`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Image => "image",
            Self::Video => "video",
            Self::Audio => "audio",
            Self::File => "file",
        }
    }

    /// What a file of this type is sent as. Nothing for what Messenger does not take at all.
    pub fn of(mime: &str) -> Option<Self> {
        Some(match mime {
            "image/jpeg" | "image/png" | "image/gif" | "image/webp" => Self::Image,
            "video/mp4" | "video/quicktime" | "video/webm" | "video/x-matroska" | "video/ogg" => Self::Video,
            "audio/mpeg" | "audio/mp4" | "audio/x-m4a" | "audio/m4a" | "audio/aac" | "audio/ogg"
            | "audio/wav" | "audio/x-wav" | "audio/amr" => Self::Audio,
            "application/pdf"
            | "application/zip"
            | "application/msword"
            | "application/vnd.ms-excel"
            | "application/vnd.ms-powerpoint"
            | "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
            | "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
            | "application/vnd.openxmlformats-officedocument.presentationml.presentation"
            | "application/vnd.oasis.opendocument.text"
            | "application/vnd.oasis.opendocument.spreadsheet"
            | "application/rtf"
            | "text/plain"
            | "text/csv"
            | "text/calendar" => Self::File,
            _ => return None,
        })
    }

    /// The largest file of this kind, in bytes.
    pub const fn limit(self) -> u64 {
        match self {
            Self::Image => MAX_IMAGE,
            Self::Video | Self::Audio | Self::File => MAX_FILE,
        }
    }
}

/// A file with the server, ready to be sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Upload {
    pub id: UploadId,
    /// As the sender's computer calls it.
    pub name: String,
    pub kind: FileKind,
    /// By its content, not by its name.
    pub mime: String,
    /// In bytes.
    pub size: u64,
}

crate::object!(Upload { id, name, kind, mime, size });

/// A file as an attachment of a message of ours. It remembers the upload, so that it can be sent again.
pub fn attachment(upload: &Upload) -> Attachment {
    let payload = serde_json::json!({ "upload": upload });
    Attachment {
        kind: upload.kind.as_str().to_owned(),
        title: Some(upload.name.clone()),
        url: None,
        payload: Some(payload),
        media: Vec::new(),
    }
}

/// The file an attachment of ours was sent from.
pub fn uploaded(attachment: &Attachment) -> Option<Upload> {
    serde_json::from_value(attachment.payload.as_ref()?.get("upload")?.clone()).ok()
}

/// Why a file cannot be sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum FileRefusal {
    #[error("{name} is empty.")]
    Empty { name: String },
    #[error(
        "Messenger does not take files like {name}. Send a picture, a video, a sound, a PDF or an office document."
    )]
    Type { name: String },
    #[error("{name} has {size}. Messenger takes at most {limit} for this kind of file; make it smaller.")]
    TooLarge { name: String, size: Megabytes, limit: Megabytes },
    #[error("One answer carries at most 10 files. Send the others after it.")]
    TooMany,
}

/// A size as people read it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Megabytes(pub u64);

impl std::fmt::Display for Megabytes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        const MEGABYTE: u64 = 1024 * 1024;
        match self.0 {
            bytes if bytes < 1024 => write!(f, "{bytes} bytes"),
            bytes if bytes < MEGABYTE => write!(f, "{} KB", bytes.div_ceil(1024)),
            bytes if bytes % MEGABYTE == 0 => write!(f, "{} MB", bytes / MEGABYTE),
            // Rounded up, so that what is too large never reads like what is allowed.
            bytes => {
                let tenths = (bytes * 10).div_ceil(MEGABYTE);
                write!(f, "{}.{} MB", tenths / 10, tenths % 10)
            }
        }
    }
}

/// Checks a file against what Messenger takes. The browser asks before it uploads, the server again by content.
pub fn check_file(name: &str, mime: &str, size: u64) -> Result<FileKind, FileRefusal> {
    let kind = FileKind::of(mime).ok_or_else(|| FileRefusal::Type { name: name.to_owned() })?;
    match size {
        0 => Err(FileRefusal::Empty { name: name.to_owned() }),
        size if size > kind.limit() => Err(FileRefusal::TooLarge {
            name: name.to_owned(),
            size: Megabytes(size),
            limit: Megabytes(kind.limit()),
        }),
        _ => Ok(kind),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_may_have_eight_megabytes_and_a_video_twenty_five() {
        assert_eq!(check_file("a.png", "image/png", MAX_IMAGE), Ok(FileKind::Image));
        let refusal = check_file("a.png", "image/png", MAX_IMAGE + 1).unwrap_err();
        assert_eq!(
            refusal.to_string(),
            "a.png has 8.1 MB. Messenger takes at most 8 MB for this kind of file; make it smaller."
        );
        assert_eq!(check_file("a.mp4", "video/mp4", MAX_FILE), Ok(FileKind::Video));
    }

    #[test]
    fn what_messenger_does_not_take_is_refused_by_its_type() {
        let refused = |mime| check_file("x", mime, 1).is_err();
        assert!(refused("application/x-msdownload") && refused("image/svg+xml") && refused("text/html"));
        assert!(check_file("x", "text/plain", 0).is_err());
    }
}
