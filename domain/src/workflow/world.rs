//! What a workflow may look at: the contact and the conversation at one moment.

use super::field::{BOT_OFF, FieldKey};
use super::hours::Hours;
use super::phrase::Variables;
use super::value::Value;
use crate::conversation::control::OwnerKind;
use crate::conversation::message::Origin;
use crate::conversation::standing::Status;
use crate::view::WindowWord;
use crate::{AppId, ContactId, Local, PageId, PersonId, ScheduleId, TeamId, Timestamp};
use std::collections::{BTreeMap, BTreeSet};

/// Knows the world's time zones; the server's library does, and so does every browser.
pub trait Zones: Sync {
    /// Minutes east of UTC in a zone (by its IANA name) at a moment; nothing for a zone it does not know.
    fn minutes_east(&self, zone: &str, at: Timestamp) -> Option<i64>;
}

/// Everything a step or a condition may look at. It is read fresh before each step (B-7).
#[derive(Clone)]
pub struct World<'a> {
    pub now: Timestamp,
    /// The workspace's time zone.
    pub zone: String,
    pub zones: &'a dyn Zones,
    pub schedules: BTreeMap<ScheduleId, Hours>,
    pub contact: ContactFacts,
    pub thread: ThreadFacts,
}

/// What is known of the contact.
#[derive(Clone, Debug, PartialEq)]
pub struct ContactFacts {
    pub id: ContactId,
    pub fields: BTreeMap<FieldKey, Value>,
    pub tags: BTreeSet<String>,
}

impl ContactFacts {
    /// Whether somebody has switched Bot Status off: AI agents leave the contact to people (WF-83).
    pub fn is_left_to_people(&self) -> bool {
        let off = Value::from(BOT_OFF);
        self.fields.iter().any(|(key, value)| key.is_bot_status() && value.same(&off))
    }
}

/// What is known of the conversation.
#[derive(Clone, Debug, PartialEq)]
pub struct ThreadFacts {
    pub status: Status,
    pub page: PageId,
    pub page_name: String,
    pub owner: OwnerKind,
    pub owner_app: Option<AppId>,
    pub window: WindowWord,
    pub assignee: Option<AssigneeFacts>,
    pub team: Option<TeamId>,
    pub last_incoming: Option<Said>,
    pub last_outgoing: Option<Said>,
    /// Through what the newest message of ours came about.
    pub last_origin: Option<Origin>,
}

/// Who the conversation is assigned to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AssigneeFacts {
    pub id: PersonId,
    pub name: String,
    pub email: String,
    pub online: bool,
}

/// The newest message of one side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    pub text: String,
    pub at: Timestamp,
}

impl World<'_> {
    /// What the clock on the wall shows in a zone; in the workspace's when the zone is not known.
    pub fn local(&self, zone: &str) -> Local {
        let known = self.zones.minutes_east(zone, self.now);
        let east = known.or_else(|| self.zones.minutes_east(&self.zone, self.now));
        Local::of(self.now, east.unwrap_or(0))
    }

    /// Whether a schedule says the team is there; nothing for a schedule that is gone.
    pub fn is_open(&self, schedule: ScheduleId) -> Option<bool> {
        self.schedules.get(&schedule).map(|hours| hours.is_open(&self.local(&hours.zone)))
    }

    fn contact_value(&self, key: &str) -> Option<Value> {
        if key == "id" {
            return Some(self.contact.id.to_string().into());
        }
        let key = FieldKey::new(key).ok()?;
        Some(self.contact.fields.get(&key).cloned().unwrap_or_default())
    }

    fn assignee_value(&self, key: &str) -> Option<Value> {
        let assignee = self.thread.assignee.as_ref();
        let text = match key {
            "id" => assignee.map(|person| person.id.to_string()),
            "name" => assignee.map(|person| person.name.clone()),
            "email" => assignee.map(|person| person.email.clone()),
            _ => return None,
        };
        Some(text.map(Value::Text).unwrap_or_default())
    }

    fn system_value(&self, key: &str) -> Option<Value> {
        let local = self.local(&self.zone);
        let second = self.now.ms().rem_euclid(crate::MINUTE) / crate::SECOND;
        match key {
            "current_date" => Some(local.iso_date().into()),
            "current_time" => Some(format!("{}:{second:02}", local.clock()).into()),
            "current_datetime" => Some(format!("{} {}:{second:02}", local.iso_date(), local.clock()).into()),
            _ => None,
        }
    }
}

/// What a phrase can name: the world, and what this run has found out. Variables of a run end with it.
pub struct Scope<'a, 'w> {
    pub world: &'a World<'w>,
    pub found: &'a BTreeMap<String, Value>,
}

impl Variables for Scope<'_, '_> {
    fn value(&self, name: &str) -> Option<Value> {
        match name.split_once('.') {
            Some(("contact", key)) => self.world.contact_value(key),
            Some(("assignee", key)) => self.world.assignee_value(key),
            Some(("system", key)) => self.world.system_value(key),
            Some(("page", "id")) => Some(self.world.thread.page.to_string().into()),
            Some(("page", "name")) => Some(self.world.thread.page_name.clone().into()),
            _ => self.found.get(name).cloned(),
        }
    }
}
