//! What screens and programs ask with.

use domain::conversation::control::OwnerKind;
use domain::person::Person;
use domain::view::{Named, View};
use domain::{MessageId, PageId, PersonId, TeamId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Which conversations to list. Every value is bound, never spliced.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ListQuery {
    pub view: View,
    pub unread: Option<bool>,
    pub owner: Option<OwnerKind>,
    pub assignee: Option<PersonId>,
    pub page_id: Option<PageId>,
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
            page_id: None,
            text: None,
            cursor: None,
            limit: 50,
        }
    }
}

/// A reply as the agent wrote it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reply {
    /// Made where it is written; the same id again is the same reply.
    pub id: MessageId,
    pub text: String,
    /// What the agent saw when sending. Programs may leave it out.
    pub seen: Option<Seen>,
    pub then: Option<Then>,
}

/// The state of the thread on the agent's screen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
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
