//! What lets a contact enter a workflow.

use super::condition::Conditions;
use super::field::{FieldKey, FieldType};
use crate::AppId;
use serde::{Deserialize, Serialize};

/// The trigger of a workflow. All of its conditions have to hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Trigger {
    pub kind: TriggerKind,
    #[serde(default)]
    pub conditions: Conditions,
    /// A contact that ever entered never enters again, even while this was off.
    #[serde(default)]
    pub once_per_contact: bool,
}

/// What happens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum TriggerKind {
    /// A closed conversation was opened, or a contact wrote for the first time.
    ConversationOpened {},
    ConversationClosed {},
    ContactTagUpdated {
        action: TagAction,
        #[serde(default)]
        tags: Vec<String>,
    },
    ContactFieldUpdated {
        #[serde(default)]
        field: Option<FieldKey>,
    },
    /// A button for agents, with a form they fill in.
    Shortcut {
        #[serde(default)]
        icon: String,
        #[serde(default)]
        name: String,
        #[serde(default)]
        description: String,
        #[serde(default)]
        form: Vec<FormField>,
    },
    /// Somebody else's program calls an address of ours.
    IncomingWebhook {
        identifier: Identifier,
        /// Where in the body the identifier is, such as `$.customer.email`.
        #[serde(default)]
        path: String,
        #[serde(default)]
        mappings: Vec<Mapping>,
    },
    /// The contact came from an ad; no ads named: from any, unless its author wants to choose.
    ClickToChatAds {
        #[serde(default)]
        ads: Vec<String>,
        /// Only ads that are named count: as long as none is, nobody enters and the trigger is incomplete.
        #[serde(default)]
        chosen: bool,
    },
    /// Only another workflow starts it.
    Manual {},
    /// A button was tapped; no payloads named: any.
    PostbackReceived {
        #[serde(default)]
        payloads: Vec<String>,
    },
    /// Somebody agreed to be written to; no refs named: any.
    OptInReceived {
        #[serde(default)]
        refs: Vec<String>,
    },
    MessageMatches {
        how: Match,
        #[serde(default)]
        words: Vec<String>,
    },
    /// A bot passed the thread to us; no metadata named: any.
    ControlReceived {
        #[serde(default)]
        from: Option<AppId>,
        #[serde(default)]
        metadata: Vec<String>,
    },
    ControlLost {},
}

/// What happened to a tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TagAction {
    Added,
    Removed,
}

/// How words are looked for in a message, whatever their case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Match {
    Contains,
    Equals,
    StartsWith,
}

/// By what a caller names a contact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Identifier {
    ContactId,
    Email,
    Phone,
}

/// A value of a JSON body and the variable it becomes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    /// Such as `$.order.items[0].name`.
    pub path: String,
    pub variable: String,
}

/// A line of a shortcut's form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FormField {
    pub label: String,
    /// The answer becomes `form.<variable>`.
    pub variable: String,
    pub kind: FieldType,
    #[serde(default)]
    pub required: bool,
    #[serde(default)]
    pub options: Vec<String>,
}

/// Through what a conversation was opened or closed, as conditions name it in `trigger.source`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    Contact,
    User,
    Workflow,
    Bot,
    Api,
    ClickToChatAds,
}

impl Source {
    pub const ALL: [Self; 6] =
        [Self::Contact, Self::User, Self::Workflow, Self::Bot, Self::Api, Self::ClickToChatAds];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Contact => "contact",
            Self::User => "user",
            Self::Workflow => "workflow",
            Self::Bot => "bot",
            Self::Api => "api",
            Self::ClickToChatAds => "click_to_chat_ads",
        }
    }
}

impl TriggerKind {
    /// What it is called.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::ConversationOpened {} => "Conversation Opened",
            Self::ConversationClosed {} => "Conversation Closed",
            Self::ContactTagUpdated { .. } => "Contact Tag Updated",
            Self::ContactFieldUpdated { .. } => "Contact Field Updated",
            Self::Shortcut { .. } => "Shortcut",
            Self::IncomingWebhook { .. } => "Incoming Webhook",
            Self::ClickToChatAds { .. } => "Click-to-Chat Ads",
            Self::Manual {} => "Manual Trigger",
            Self::PostbackReceived { .. } => "Postback Received",
            Self::OptInReceived { .. } => "Opt-in Received",
            Self::MessageMatches { .. } => "Message Matches",
            Self::ControlReceived { .. } => "Control Received from Bot",
            Self::ControlLost {} => "Control Lost",
        }
    }

    /// The variables it sets, each with what it holds.
    pub fn variables(&self) -> Vec<(String, &'static str)> {
        let fixed: &[(&str, &str)] = match self {
            Self::ConversationOpened {} => &[
                ("trigger.source", "who opened it: contact, user, workflow, bot, api or click_to_chat_ads"),
                ("trigger.first_message", "the text of the first message"),
                ("trigger.page", "the page's name"),
                ("trigger.first_time", "yes for a new contact, no for one who comes back: yes or no"),
            ],
            Self::ConversationClosed {} => &[
                ("trigger.source", "who closed it: user, workflow, bot or api"),
                ("trigger.category", "the closing note's category"),
                ("trigger.summary", "the closing note's summary"),
            ],
            Self::ContactTagUpdated { .. } => &[("trigger.tag", "the tag")],
            Self::ContactFieldUpdated { .. } => {
                &[("trigger.value", "the new value"), ("trigger.previous", "the value before")]
            }
            Self::ClickToChatAds { .. } => &[
                ("trigger.ad", "the ad's id"),
                ("trigger.ad_title", "the ad's title"),
                ("trigger.ref", "its ref"),
            ],
            Self::PostbackReceived { .. } => {
                &[("trigger.payload", "the button's payload"), ("trigger.title", "the button's title")]
            }
            Self::OptInReceived { .. } => &[("trigger.ref", "the ref of the plugin or link")],
            Self::MessageMatches { .. } => &[("trigger.message", "the message")],
            Self::ControlReceived { .. } => {
                &[("trigger.app", "the bot's name"), ("trigger.metadata", "what the bot said about it")]
            }
            Self::ControlLost {} => &[("trigger.app", "who took it")],
            Self::Shortcut { .. } | Self::IncomingWebhook { .. } | Self::Manual {} => &[],
        };
        let fixed = fixed.iter().map(|(name, what)| ((*name).to_owned(), *what));
        let own: Vec<(String, &'static str)> = match self {
            Self::Shortcut { form, .. } => {
                form.iter().map(|line| (format!("form.{}", line.variable), "an answer of the form")).collect()
            }
            Self::IncomingWebhook { mappings, .. } => mappings
                .iter()
                .map(|mapping| (format!("webhook.{}", mapping.variable), "from the webhook's body"))
                .collect(),
            _ => Vec::new(),
        };
        fixed.chain(own).collect()
    }

    /// Whether *once per contact* can be chosen: what another workflow starts has no such switch.
    pub const fn may_be_once(&self) -> bool {
        !matches!(self, Self::Manual {})
    }
}
