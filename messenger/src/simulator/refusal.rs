//! What the simulated Graph API says when it does not do what was asked: Meta's codes, our wording.

use serde_json::{Value, json};

/// A refused call, as HTTP status and error object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    pub status: u16,
    pub code: u32,
    pub subcode: Option<u32>,
    pub message: String,
}

impl Refusal {
    /// A refusal with status 400, which Meta uses for nearly everything.
    pub fn new(code: u32, subcode: Option<u32>, message: impl Into<String>) -> Self {
        Self { status: 400, code, subcode, message: message.into() }
    }

    /// Another app controls the thread.
    pub fn not_owner() -> Self {
        Self::new(10, Some(2_018_300), "(#10) Message failed: another app is controlling this thread now.")
    }

    /// The messaging window is closed.
    pub fn window_closed() -> Self {
        Self::new(10, Some(2_018_278), "(#10) This message is sent outside of the allowed window.")
    }

    /// Pass and release belong to the app in control.
    pub fn not_yours_to_give() -> Self {
        Self::new(100, Some(2_018_151), "(#100) The calling app is not the thread owner.")
    }

    /// "Take control of conversations" is off for the app.
    pub fn take_switched_off() -> Self {
        Self::new(27, Some(2_534_118), "(#27) This app may not take control of conversations.")
    }

    /// The page has no default app.
    pub fn routing_off() -> Self {
        let words = "(#27) Take thread control is not supported when Conversation Routing is not enabled.";
        Self::new(27, Some(2_018_464), words)
    }

    /// Nobody on this page has that id.
    pub fn no_such_person() -> Self {
        Self::new(100, Some(2_018_001), "(#100) No matching user found")
    }

    /// The object does not exist or the token may not see it.
    pub fn no_such_object() -> Self {
        Self::new(100, Some(33), "Unsupported request. Object does not exist or cannot be loaded.")
    }

    /// The target of a pass is not connected to the page.
    pub fn no_such_app() -> Self {
        Self::new(100, Some(2_018_164), "(#100) The target app is not connected to this page.")
    }

    /// A file is beyond Meta's limit for its kind.
    pub fn file_too_large() -> Self {
        Self::new(100, Some(2_018_109), "(#100) Attachment size exceeds allowable limit.")
    }

    /// A file is no picture, video or sound although it is said to be one.
    pub fn file_of_another_kind() -> Self {
        Self::new(100, Some(2_018_047), "(#100) Upload attachment failure: the type does not match the file.")
    }

    /// A file id that leads nowhere on this page.
    pub fn no_such_file() -> Self {
        Self::new(100, Some(2_018_074), "(#100) The attachment id is invalid or has expired.")
    }

    /// A parameter is missing or beyond its limit.
    pub fn parameter(words: &str) -> Self {
        Self::new(100, None, format!("(#100) {words}"))
    }

    /// The token lacks a permission.
    pub fn permission(name: &str) -> Self {
        Self::new(200, None, format!("(#200) Requires {name} permission to manage the object"))
    }

    /// The token is unknown.
    pub fn bad_token() -> Self {
        Self::new(190, None, "Invalid OAuth access token.")
    }

    /// The token was good once.
    pub fn expired_token() -> Self {
        Self::new(190, Some(463), "Error validating access token: the session has expired.")
    }

    /// The page calls too often.
    pub fn too_fast() -> Self {
        Self::new(613, None, "(#613) Calls to this API have exceeded the rate limit.")
    }

    /// The error object Meta puts around it.
    pub fn body(&self) -> Value {
        let mut error = json!({
            "message": self.message,
            "type": if self.subcode == Some(33) { "GraphMethodException" } else { "OAuthException" },
            "code": self.code,
            "fbtrace_id": format!("A{:x}{:08x}", self.code, self.subcode.unwrap_or_default()),
        });
        if let Some(subcode) = self.subcode {
            error["error_subcode"] = json!(subcode);
        }
        json!({ "error": error })
    }
}
