//! What a step says: text, a file, buttons, quick replies; within Meta's limits.

use crate::workflow::phrase::{Phrase, Variables};
use serde::{Deserialize, Serialize};

/// The most characters of a text (WF: Send a Message); Meta takes one fewer.
pub const MOST_TEXT: usize = 2_000;
/// The most characters of a text with buttons (Meta: button template).
pub const MOST_TEXT_WITH_BUTTONS: usize = 640;
/// The most quick replies (Meta; MA-05).
pub const MOST_QUICK_REPLIES: usize = 13;
/// The most buttons (Meta; MA-10).
pub const MOST_BUTTONS: usize = 3;
/// The most characters on a button or quick reply (Meta).
pub const MOST_TITLE: usize = 20;

/// Messenger's messages are a text or a file, never both.
pub const TEXT_AND_FILE: &str =
    "Messenger sends a text or a file, not both in one message. Give the other a step of its own.";

/// A message as its author wrote it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Content {
    pub text: Phrase,
    pub file: Option<File>,
    pub buttons: Vec<Button>,
    pub quick_replies: Vec<QuickReply>,
}

/// A file at an address Meta can fetch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct File {
    pub kind: FileKind,
    pub url: Phrase,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FileKind {
    Image,
    Video,
    Audio,
    File,
}

/// A button under a text; it stays after use.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Button {
    pub title: String,
    pub action: Action,
}

/// What a button does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum Action {
    Postback { payload: String },
    Link { url: Phrase },
    Call { phone: String },
}

/// A suggestion above the keyboard; it vanishes after use (MA-09).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuickReply {
    pub title: String,
    #[serde(default)]
    pub payload: Option<String>,
}

/// A message with its values, as it is sent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Filled {
    pub text: Option<String>,
    pub file: Option<(FileKind, String)>,
    #[serde(default)]
    pub buttons: Vec<(String, FilledAction)>,
    /// Title and payload.
    #[serde(default)]
    pub quick_replies: Vec<(String, String)>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FilledAction {
    Postback(String),
    Link(String),
    Call(String),
}

impl Content {
    /// A plain text.
    pub fn text(text: &str) -> Self {
        Self { text: Phrase::new(text), ..Self::default() }
    }

    /// Checks it against Meta's limits; each flaw names the field it is about.
    pub fn check(&self) -> Vec<(&'static str, String)> {
        let mut flaws = Vec::new();
        if self.text.is_blank() && self.file.is_none() {
            flaws.push(("text", "Write the message.".to_owned()));
        }
        let most = if self.buttons.is_empty() { MOST_TEXT } else { MOST_TEXT_WITH_BUTTONS };
        let length = self.text.as_str().chars().count();
        if length > most {
            flaws.push(("text", format!("The text has {length} characters; at most {most} fit.")));
        }
        if let Some(file) = &self.file {
            let fits = file.url.as_str().starts_with("https://") || file.url.as_str().starts_with('$');
            if !fits {
                flaws.push(("file", "Give the file's address; it begins with https://.".to_owned()));
            }
            if !self.text.is_blank() {
                flaws.push(("file", TEXT_AND_FILE.to_owned()));
            }
        }
        self.check_buttons(&mut flaws);
        self.check_quick_replies(&mut flaws);
        flaws
    }

    fn check_buttons(&self, flaws: &mut Vec<(&'static str, String)>) {
        if self.buttons.len() > MOST_BUTTONS {
            flaws.push(("buttons", "A message has at most 3 buttons.".to_owned()));
        }
        if !self.buttons.is_empty() && self.text.is_blank() {
            flaws.push(("text", "Buttons need a text above them.".to_owned()));
        }
        for button in &self.buttons {
            check_title(&button.title, "buttons", flaws);
            let complete = match &button.action {
                Action::Postback { payload } => !payload.trim().is_empty(),
                Action::Link { url } => url.as_str().starts_with("https://") || url.as_str().starts_with('$'),
                Action::Call { phone } => crate::workflow::field::phone(phone).is_some(),
            };
            if !complete {
                flaws.push(("buttons", format!("Say what the button “{}” does.", button.title)));
            }
        }
    }

    fn check_quick_replies(&self, flaws: &mut Vec<(&'static str, String)>) {
        if self.quick_replies.len() > MOST_QUICK_REPLIES {
            flaws.push(("quick_replies", "A message has at most 13 quick replies.".to_owned()));
        }
        for reply in &self.quick_replies {
            check_title(&reply.title, "quick_replies", flaws);
        }
    }

    /// The message with its values.
    pub fn fill(&self, variables: &dyn Variables) -> Filled {
        let text = self.text.fill(variables);
        Filled {
            text: (!text.trim().is_empty()).then_some(text),
            file: self.file.as_ref().map(|file| (file.kind, file.url.fill(variables))),
            buttons: self
                .buttons
                .iter()
                .map(|button| (button.title.clone(), button.action.fill(variables)))
                .collect(),
            quick_replies: self
                .quick_replies
                .iter()
                .map(|reply| {
                    (reply.title.clone(), reply.payload.clone().unwrap_or_else(|| reply.title.clone()))
                })
                .collect(),
        }
    }

    /// The phrases in it.
    pub fn phrases(&self) -> Vec<&Phrase> {
        let links = self.buttons.iter().filter_map(|button| match &button.action {
            Action::Link { url } => Some(url),
            Action::Postback { .. } | Action::Call { .. } => None,
        });
        std::iter::once(&self.text).chain(self.file.iter().map(|file| &file.url)).chain(links).collect()
    }
}

impl Action {
    fn fill(&self, variables: &dyn Variables) -> FilledAction {
        match self {
            Self::Postback { payload } => FilledAction::Postback(payload.clone()),
            Self::Link { url } => FilledAction::Link(url.fill(variables)),
            Self::Call { phone } => FilledAction::Call(phone.clone()),
        }
    }
}

fn check_title(title: &str, field: &'static str, flaws: &mut Vec<(&'static str, String)>) {
    match title.trim().chars().count() {
        0 => flaws.push((field, "Every button and quick reply needs a title.".to_owned())),
        length if length > MOST_TITLE => {
            flaws.push((field, format!("“{title}” has {length} characters; at most 20 fit on a button.")));
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(content: &Content) -> Vec<&'static str> {
        content.check().into_iter().map(|(field, _)| field).collect()
    }

    #[test]
    fn metas_limits_are_kept_before_anything_is_sent() {
        let reply = || QuickReply { title: "Yes".into(), payload: None };
        let many = Content { quick_replies: vec![reply(); 14], ..Content::text("Well?") };
        assert_eq!(fields(&many), ["quick_replies"]);
        let button =
            || Button { title: "Open".into(), action: Action::Link { url: "https://example.com".into() } };
        assert_eq!(fields(&Content { buttons: vec![button(); 4], ..Content::text("Look") }), ["buttons"]);
        assert_eq!(fields(&Content::text(&"x".repeat(2_001))), ["text"]);
        assert_eq!(fields(&Content { buttons: vec![button()], ..Content::text(&"x".repeat(641)) }), ["text"]);
        assert_eq!(fields(&Content::default()), ["text"]);
        assert!(fields(&Content { buttons: vec![button(); 3], ..Content::text("Look") }).is_empty());
    }

    #[test]
    fn a_text_and_a_file_are_two_messages() {
        let file = File { kind: FileKind::Image, url: "https://example.com/map.png".into() };
        let both = Content { file: Some(file.clone()), ..Content::text("Here is the way.") };
        assert_eq!(fields(&both), ["file"]);
        assert!(fields(&Content { file: Some(file), ..Content::default() }).is_empty());
    }

    #[test]
    fn a_button_that_leads_nowhere_is_refused() {
        let script = Action::Link { url: "javascript:alert(1)".into() };
        let content = Content {
            buttons: vec![Button { title: "Tap".into(), action: script }],
            ..Content::text("Look")
        };
        assert_eq!(fields(&content), ["buttons"]);
    }
}
