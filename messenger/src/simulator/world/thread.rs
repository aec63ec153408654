//! One thread between a customer and a page: its messages, its window, and who controls it until when.

use crate::simulator::setup::CustomerSetup;
use domain::conversation::window::Window;
use domain::{AppId, DAY, Mid, Psid, Timestamp};
use serde::Serialize;
use serde_json::Value;

/// A thread as Meta keeps it.
pub struct Thread {
    /// The id in the Conversations API, `t_…`.
    pub id: String,
    pub psid: Psid,
    pub first_name: String,
    pub last_name: String,
    pub messages: Vec<Message>,
    pub window: Window,
    pub control: Option<Control>,
    last_written: Option<Timestamp>,
    latest: Timestamp,
}

/// An app in control, and until when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Control {
    pub app: AppId,
    pub until: Timestamp,
}

/// One message as it stands in the thread.
#[derive(Clone, Debug, Serialize)]
pub struct Message {
    pub mid: Mid,
    pub at: Timestamp,
    pub author: Author,
    pub text: String,
    /// As `{type, payload}`.
    pub attachments: Vec<Value>,
    /// What the customer may tap, as `{title, payload}`.
    pub buttons: Vec<Value>,
    pub reply_to: Option<Mid>,
    /// The customer's reaction.
    pub reaction: Option<String>,
    /// Whether the customer has seen it.
    pub read: bool,
}

/// Who wrote a message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Author {
    Customer,
    App(AppId),
}

impl Message {
    /// A plain message.
    pub fn text(mid: Mid, at: Timestamp, author: Author, text: &str) -> Self {
        let (attachments, buttons) = (Vec::new(), Vec::new());
        let text = text.to_owned();
        Self { mid, at, author, text, attachments, buttons, reply_to: None, reaction: None, read: false }
    }

    /// Whether the page wrote it, through whichever app.
    pub fn is_from_page(&self) -> bool {
        matches!(self.author, Author::App(_))
    }
}

impl Thread {
    pub(super) fn new(id: String, customer: CustomerSetup) -> Self {
        Self {
            id,
            psid: customer.psid,
            first_name: customer.first_name,
            last_name: customer.last_name,
            messages: Vec::new(),
            window: Window::default(),
            control: None,
            last_written: None,
            latest: Timestamp::default(),
        }
    }

    /// First and last name.
    pub fn name(&self) -> String {
        format!("{} {}", self.first_name, self.last_name).trim().to_owned()
    }

    /// The app in control; none when control has lapsed.
    pub fn owner(&self, now: Timestamp) -> Option<&AppId> {
        self.control.as_ref().filter(|control| now < control.until).map(|control| &control.app)
    }

    /// The time of the next event here: no two events of a thread share a millisecond, so that their order is plain.
    pub(super) fn tick(&mut self, now: Timestamp) -> Timestamp {
        self.latest = now.max(self.latest + 1);
        self.latest
    }

    /// The customer wrote: the window opens and whoever is in control keeps it for another day.
    pub(super) fn customer_wrote(&mut self, at: Timestamp) {
        self.window.customer_wrote(at);
        self.last_written = Some(at);
        if let Some(control) = self.control.as_mut().filter(|control| at < control.until) {
            control.until = control.until.max(at + DAY);
        }
    }

    /// Gives control for a day after the customer's last message. Meta does not say how long control lasts that
    /// was gained later than that; here it is a day from then.
    pub(super) fn give(&mut self, app: AppId, at: Timestamp) {
        let until = self.last_written.map(|written| written + DAY).filter(|until| at < *until);
        self.control = Some(Control { app, until: until.unwrap_or(at + DAY) });
    }

    pub(super) fn expire(&mut self, now: Timestamp) -> Option<AppId> {
        self.control.take_if(|control| control.until <= now).map(|control| control.app)
    }
}
