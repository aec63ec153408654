//! Messages a workflow writes: a text with buttons or quick replies, or a file Meta fetches itself.

use super::Text;
use domain::conversation::file::FileKind;
use serde_json::{Value, json};

/// The most quick replies (Meta: `quick_replies`).
pub const MOST_QUICK_REPLIES: usize = 13;
/// The most buttons (Meta: button template).
pub const MOST_BUTTONS: usize = 3;
/// The most characters of a text above buttons (Meta: button template).
pub const MOST_TEXT: usize = 640;
/// The most characters on a button or quick reply (Meta).
pub const MOST_TITLE: usize = 20;
/// The most characters of a payload (Meta).
pub const MOST_PAYLOAD: usize = 1_000;

/// A message that is more than a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rich {
    carries: Carries,
    quick_replies: Vec<(String, String)>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Carries {
    Text(Text),
    Buttons(Text, Vec<Button>),
    File(FileKind, String),
}

/// A button under a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Button {
    pub title: String,
    pub does: Does,
}

/// What a button does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Does {
    Postback(String),
    Link(String),
    Call(String),
}

/// Why Messenger would not take it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TooMuch {
    #[error("A message has at most 13 quick replies.")]
    QuickReplies,
    #[error("A message has at most 3 buttons.")]
    Buttons,
    #[error("Above buttons fit 640 characters.")]
    Text,
    #[error("“{0}” is longer than the 20 characters that fit on a button, or empty.")]
    Title(String),
    #[error("A payload has at most 1000 characters, and at least one.")]
    Payload,
}

impl Rich {
    /// A text with what can be tapped.
    pub fn text(
        text: Text,
        buttons: Vec<Button>,
        quick_replies: Vec<(String, String)>,
    ) -> Result<Self, TooMuch> {
        if buttons.len() > MOST_BUTTONS {
            return Err(TooMuch::Buttons);
        }
        if !buttons.is_empty() && text.as_str().chars().count() > MOST_TEXT {
            return Err(TooMuch::Text);
        }
        for button in &buttons {
            check_title(&button.title)?;
            if let Does::Postback(payload) = &button.does {
                check_payload(payload)?;
            }
        }
        let carries = if buttons.is_empty() { Carries::Text(text) } else { Carries::Buttons(text, buttons) };
        Ok(Self { carries, quick_replies: check_replies(quick_replies)? })
    }

    /// A file at an address.
    pub fn file(kind: FileKind, url: String, quick_replies: Vec<(String, String)>) -> Result<Self, TooMuch> {
        Ok(Self { carries: Carries::File(kind, url), quick_replies: check_replies(quick_replies)? })
    }

    pub(super) fn body(&self) -> Value {
        let mut body = match &self.carries {
            Carries::Text(text) => json!({ "text": text.as_str() }),
            Carries::Buttons(text, buttons) => json!({
                "attachment": { "type": "template", "payload": {
                    "template_type": "button",
                    "text": text.as_str(),
                    "buttons": buttons.iter().map(Button::body).collect::<Vec<_>>(),
                } },
            }),
            Carries::File(kind, url) => json!({
                "attachment": { "type": kind.as_str(), "payload": { "url": url, "is_reusable": false } },
            }),
        };
        if !self.quick_replies.is_empty() {
            body["quick_replies"] = self
                .quick_replies
                .iter()
                .map(|(title, payload)| json!({ "content_type": "text", "title": title, "payload": payload }))
                .collect();
        }
        body
    }
}

impl Button {
    fn body(&self) -> Value {
        match &self.does {
            Does::Postback(payload) => json!({ "type": "postback", "title": self.title, "payload": payload }),
            Does::Link(url) => json!({ "type": "web_url", "title": self.title, "url": url }),
            Does::Call(phone) => json!({ "type": "phone_number", "title": self.title, "payload": phone }),
        }
    }
}

fn check_replies(replies: Vec<(String, String)>) -> Result<Vec<(String, String)>, TooMuch> {
    if replies.len() > MOST_QUICK_REPLIES {
        return Err(TooMuch::QuickReplies);
    }
    for (title, payload) in &replies {
        check_title(title)?;
        check_payload(payload)?;
    }
    Ok(replies)
}

fn check_title(title: &str) -> Result<(), TooMuch> {
    match title.trim().chars().count() {
        1..=MOST_TITLE => Ok(()),
        _ => Err(TooMuch::Title(title.to_owned())),
    }
}

fn check_payload(payload: &str) -> Result<(), TooMuch> {
    match payload.chars().count() {
        1..=MOST_PAYLOAD => Ok(()),
        _ => Err(TooMuch::Payload),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text() -> Text {
        Text::new("Which one?").expect("a text")
    }

    #[test]
    fn what_exceeds_metas_limits_cannot_be_built() {
        let replies = |n: usize| (0..n).map(|n| (n.to_string(), n.to_string())).collect::<Vec<_>>();
        assert!(Rich::text(text(), Vec::new(), replies(13)).is_ok());
        assert_eq!(Rich::text(text(), Vec::new(), replies(14)), Err(TooMuch::QuickReplies));
        let button = || Button { title: "More".into(), does: Does::Postback("MORE".into()) };
        assert_eq!(
            Rich::text(text(), vec![button(), button(), button(), button()], vec![]),
            Err(TooMuch::Buttons)
        );
        let long = Button { title: "x".repeat(21), does: Does::Link("https://a.example".into()) };
        assert!(matches!(Rich::text(text(), vec![long], vec![]), Err(TooMuch::Title(_))));
    }

    #[test]
    fn options_travel_as_quick_replies() {
        let rich = Rich::text(text(), Vec::new(), vec![("Sales".into(), "Sales".into())]).expect("fits");
        let body = rich.body();
        assert_eq!(body["text"], "Which one?");
        assert_eq!(body["quick_replies"][0]["title"], "Sales");
    }
}
