//! Who did what.

use crate::api::Failure;
use crate::api::codec::Json;
#[cfg(feature = "ssr")]
use crate::api::{answer, caller};
use domain::view::Named;
use domain::{ConversationId, PersonId, Timestamp};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Which entries to list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AuditQuery {
    /// Only what this person did.
    pub person: Option<PersonId>,
    /// Only this act; with a dot at the end, every act that begins so.
    pub act: Option<String>,
    pub from: Option<Timestamp>,
    /// Before this moment.
    pub until: Option<Timestamp>,
    /// The `next_cursor` of the page before.
    pub cursor: Option<String>,
}

/// One entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditEntry {
    pub id: Uuid,
    pub at: Timestamp,
    /// Who did it, as others read it.
    pub actor: String,
    pub act: String,
    pub conversation: Option<ConversationId>,
    /// What it was about, by name and in the order to read it.
    pub detail: Vec<(String, String)>,
}

/// A page of entries, with what one can search for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditPage {
    pub entries: Vec<AuditEntry>,
    pub next_cursor: Option<String>,
    pub people: Vec<Named<PersonId>>,
    pub acts: Vec<String>,
    pub now: Timestamp,
}

/// Who did what, newest first.
#[server(prefix = "/rpc", endpoint = "team/audit", input = Json, output = Json)]
pub async fn load_audit(query: AuditQuery) -> Result<AuditPage, Failure> {
    let caller = caller()?;
    answer(caller.desk.audit(&caller.actor, query).await)
}
