//! Files that messages carry: which of them we copy, and how far each copy is.
//!
//! Meta's addresses are signed and end after some weeks, and opening one would tell Meta who reads. So every file is
//! copied when its message arrives, and browsers only ever ask us for the copy.

use crate::MediaId;
use crate::conversation::message::Attachment;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Our copy of one file of an attachment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Media {
    pub id: MediaId,
    /// Which part of the attachment it shows: empty for the attachment itself, `elements/0` for its first card.
    pub part: String,
    pub state: MediaState,
    /// What it is, found out from its content: `image/png`. Nothing for what is only to be saved.
    pub kind: Option<String>,
    /// What the writer called it.
    pub name: Option<String>,
    pub bytes: Option<i64>,
    /// In pixels, of pictures.
    pub width: Option<i64>,
    pub height: Option<i64>,
    /// Why there is no copy, and what to do.
    pub problem: Option<String>,
}

crate::object!(Media { id, state, kind, name, bytes, width, height, problem; part });

/// How far a copy is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MediaState {
    /// On its way.
    Waiting,
    Stored,
    /// Given up. Somebody may ask for it again.
    Failed,
}

impl MediaState {
    /// The word stored and spoken.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Stored => "stored",
            Self::Failed => "failed",
        }
    }
}

impl Media {
    /// A copy that is on its way.
    pub fn waiting(id: MediaId, part: String, name: Option<String>) -> Self {
        Self {
            id,
            part,
            state: MediaState::Waiting,
            kind: None,
            name,
            bytes: None,
            width: None,
            height: None,
            problem: None,
        }
    }

    /// Where a browser finds it, once it is there.
    pub fn address(&self) -> Option<String> {
        (self.state == MediaState::Stored).then(|| address(self.id))
    }
}

/// Where a browser finds a file we keep.
pub fn address(id: MediaId) -> String {
    format!("/media/{id}")
}

/// Kinds that are a file themselves; reels and posts are pages on Facebook, with nothing to copy.
const FILES: [&str; 5] = ["image", "video", "audio", "file", "sticker"];
/// No message shows more pictures; a made-up one must not make us fetch for hours.
const MOST: usize = 30;

impl Attachment {
    /// Our copy of a part.
    pub fn copy_of(&self, part: &str) -> Option<&Media> {
        self.media.iter().find(|media| media.part == part)
    }

    /// The files it shows: which part, and where Meta keeps it.
    pub fn files(&self) -> Vec<(String, String)> {
        let itself = self.url.clone().filter(|_| FILES.contains(&self.kind.as_str()));
        let mut files: Vec<(String, String)> = itself.into_iter().map(|url| (String::new(), url)).collect();
        if let Some(payload) = &self.payload {
            let told = |key: &str, part: &str, of: &Value| {
                let url = of.get(key)?.as_str().filter(|url| !url.is_empty())?;
                Some((part.to_owned(), url.to_owned()))
            };
            let pictured = payload.get("ads_context_data").and_then(|ad| told("photo_url", "photo", ad));
            files.extend(pictured);
            files.extend(told("media_url", "media", payload));
            for (index, element) in elements(payload).iter().enumerate() {
                files.extend(told("image_url", &format!("elements/{index}"), element));
            }
        }
        files.truncate(MOST);
        files
    }
}

/// The cards of a template, products of a catalog included.
pub fn elements(payload: &Value) -> &[Value] {
    let found = payload.get("elements").or_else(|| payload.pointer("/product/elements"));
    found.and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// What browsers may show in place. Everything else, drawings with scripts in them included, is only to be saved.
const SHOWN: [&str; 16] = [
    "image/png",
    "image/jpeg",
    "image/gif",
    "image/webp",
    "image/avif",
    "image/bmp",
    "video/mp4",
    "video/webm",
    "video/quicktime",
    "audio/mpeg",
    "audio/mp4",
    "audio/m4a",
    "audio/ogg",
    "audio/aac",
    "audio/x-wav",
    "audio/amr",
];

/// Whether a browser may show this kind in place.
pub fn is_shown(kind: &str) -> bool {
    SHOWN.contains(&kind)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn attachment(kind: &str, url: Option<&str>, payload: Value) -> Attachment {
        Attachment {
            kind: kind.into(),
            title: None,
            url: url.map(Into::into),
            payload: Some(payload),
            media: Vec::new(),
        }
    }

    #[test]
    fn a_picture_is_copied_and_a_page_is_not() {
        let url = Some("https://cdn.example/a.jpg");
        assert_eq!(attachment("image", url, json!({})).files().len(), 1);
        assert_eq!(attachment("reel", url, json!({})).files(), []);
    }

    #[test]
    fn each_card_has_its_picture() {
        let cards = json!({"elements": [{"title": "a"}, {"image_url": "https://cdn.example/b.jpg"}]});
        assert_eq!(
            attachment("template", None, cards).files(),
            [("elements/1".to_owned(), "https://cdn.example/b.jpg".to_owned())]
        );
        let products = json!({"product": {"elements": [{"image_url": "https://cdn.example/c.jpg"}]}});
        assert_eq!(attachment("template", None, products).files()[0].0, "elements/0");
    }

    #[test]
    fn a_drawing_that_may_hold_a_script_is_never_shown() {
        assert!(is_shown("image/png") && !is_shown("image/svg+xml") && !is_shown("text/html"));
    }
}
