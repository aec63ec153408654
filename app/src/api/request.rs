//! What screens and programs ask with.

use domain::conversation::control::OwnerKind;
use domain::person::Person;
use domain::view::{Named, View, WindowWord};
use domain::{MessageId, PageId, PersonId, TeamId, UploadId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

/// Which conversations to list. Every value is bound, never spliced.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ListQuery {
    pub view: View,
    pub unread: Option<bool>,
    pub owner: Option<OwnerKind>,
    pub assignee: Option<Whose>,
    pub team: Option<TeamId>,
    pub page_id: Option<PageId>,
    /// What may be written to the customer at the moment of asking.
    pub window: Option<WindowWord>,
    /// Words of what a bot said when it handed over (CR-04).
    #[serde(default)]
    pub handed_over: Option<String>,
    /// Finds names and message texts.
    pub text: Option<String>,
    /// The `next_cursor` of the page before.
    pub cursor: Option<String>,
    /// 1 to 200.
    pub limit: u32,
}

impl ListQuery {
    /// The first page of a view.
    pub fn of(view: View) -> Self {
        Self {
            view,
            unread: None,
            owner: None,
            assignee: None,
            team: None,
            page_id: None,
            window: None,
            handed_over: None,
            text: None,
            cursor: None,
            limit: 50,
        }
    }
}

/// To whom a conversation is assigned, in addresses `me`, `nobody` or the id of a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Whose {
    Me,
    Nobody,
    Person(PersonId),
}

impl fmt::Display for Whose {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Me => f.write_str("me"),
            Self::Nobody => f.write_str("nobody"),
            Self::Person(person) => write!(f, "{person}"),
        }
    }
}

impl FromStr for Whose {
    type Err = UnknownWhose;
    fn from_str(text: &str) -> Result<Self, UnknownWhose> {
        match text {
            "me" => Ok(Self::Me),
            "nobody" => Ok(Self::Nobody),
            id => id.parse().map(Self::Person).map_err(|_| UnknownWhose),
        }
    }
}

impl TryFrom<String> for Whose {
    type Error = UnknownWhose;
    fn try_from(text: String) -> Result<Self, UnknownWhose> {
        text.parse()
    }
}

impl From<Whose> for String {
    fn from(whose: Whose) -> Self {
        whose.to_string()
    }
}

/// The text names nobody a conversation could be assigned to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an assignee is me, nobody, or the id of a person")]
pub struct UnknownWhose;

/// A reply as the agent wrote it. Text and files leave as one message each, the text first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reply {
    /// The id of the text's message, and of the reply as a whole.
    pub id: MessageId,
    /// Blank when only files are sent.
    pub text: String,
    /// What the agent saw when sending. Programs may leave it out.
    pub seen: Option<Seen>,
    pub then: Option<Then>,
    /// In the order they leave.
    #[serde(default)]
    pub files: Vec<Enclosed>,
    /// The page cannot send now, the writer was told, and wants the message to wait for it.
    #[serde(default)]
    pub wait: bool,
    /// The message of this conversation that is quoted, the customer's or the page's.
    #[serde(default)]
    pub reply_to: Option<MessageId>,
}

impl Reply {
    /// A text and nothing else.
    pub fn of(id: MessageId, text: impl Into<String>) -> Self {
        Self { id, text: text.into(), seen: None, then: None, files: Vec::new(), wait: false, reply_to: None }
    }
}

/// A file of a reply, and the id of the message it leaves in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Enclosed {
    pub id: MessageId,
    pub upload: UploadId,
}

/// The state of the thread on the agent's screen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Seen {
    /// Naming another app here means: I was warned and want to interrupt it (CR-22, CR-23).
    pub owner: OwnerKind,
    pub last_message_id: Option<MessageId>,
}

/// What happens to the conversation once the reply is on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Then {
    ResetControl,
    Close,
    /// Put away until the customer writes.
    Snooze,
}

/// Who is signed in, and the name of the workspace.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Me {
    pub person: Person,
    pub workspace: String,
    /// The versions of the pictures of the team.
    #[serde(default)]
    pub pictures: BTreeMap<PersonId, String>,
}

/// Whom conversations can be assigned to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct People {
    pub agents: Vec<Named<PersonId>>,
    pub teams: Vec<Named<TeamId>>,
}
