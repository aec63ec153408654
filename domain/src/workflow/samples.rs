//! What tests look at.

use super::field::FieldKey;
use super::graph::StepId;
use super::settings::ControlPolicy;
use super::step::StepKind;
use super::steps::branch::{Branch, Way};
use super::steps::content::Content;
use super::steps::send::SendMessage;
use super::turn::{Answer, Candidate, Sight};
use super::value::Value;
use super::world::{ContactFacts, ThreadFacts, World, Zones};
use crate::conversation::control::OwnerKind;
use crate::conversation::standing::Status;
use crate::view::WindowWord;
use crate::{ContactId, PersonId, Timestamp};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Saturday 21 November 2026, 00:00 UTC.
pub const T0: Timestamp = Timestamp(1_795_219_200_000);

/// Two zones are enough.
pub struct TwoZones;

impl Zones for TwoZones {
    fn minutes_east(&self, zone: &str, _: Timestamp) -> Option<i64> {
        match zone {
            "UTC" => Some(0),
            "Europe/Oslo" => Some(60),
            _ => None,
        }
    }
}

/// Maya from Norway, who writes to a page of ours.
pub fn world() -> World<'static> {
    let field = |key: &str, value: Value| (FieldKey::new(key).unwrap(), value);
    World {
        now: T0,
        zone: "UTC".into(),
        zones: &TwoZones,
        schedules: BTreeMap::new(),
        contact: ContactFacts {
            id: ContactId(Uuid::from_u128(1)),
            fields: [
                field("name", "Maya Lindqvist".into()),
                field("firstname", "Maya".into()),
                field("country", "Norway".into()),
                field("points", 120.0.into()),
            ]
            .into(),
            tags: ["VIP".to_owned()].into(),
        },
        thread: ThreadFacts {
            status: Status::Open,
            page: "102034567890123".into(),
            page_name: "Shoe Shop".into(),
            owner: OwnerKind::Ours,
            owner_app: None,
            window: WindowWord::Open,
            assignee: None,
            team: None,
            last_incoming: None,
            last_outgoing: None,
            last_origin: None,
        },
    }
}

/// What a run has found out.
pub fn found(values: &[(&str, Value)]) -> BTreeMap<String, Value> {
    values.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect()
}

/// Everything a step looks at, to be changed by a test.
pub struct Stand {
    pub world: World<'static>,
    pub found: BTreeMap<String, Value>,
    pub policy: ControlPolicy,
    pub jumps: BTreeMap<StepId, u8>,
    pub candidates: Vec<Candidate>,
}

impl Stand {
    pub fn new() -> Self {
        Self {
            world: world(),
            found: BTreeMap::new(),
            policy: ControlPolicy::default(),
            jumps: BTreeMap::new(),
            candidates: Vec::new(),
        }
    }

    pub fn sight(&self) -> Sight<'_, 'static> {
        Sight {
            world: &self.world,
            found: &self.found,
            policy: self.policy,
            jumps: &self.jumps,
            candidates: &self.candidates,
        }
    }
}

/// The nth person of the team.
pub fn person(n: u128) -> PersonId {
    PersonId(Uuid::from_u128(n))
}

/// The customer's words.
pub fn said(text: &str) -> Answer {
    Answer { text: Some(text.into()), ..Answer::default() }
}

/// A step that says something.
pub fn say(text: &str) -> StepKind {
    StepKind::SendMessage(SendMessage { content: Content::text(text) })
}

/// A step with so many branches.
pub fn branch(ways: usize) -> StepKind {
    StepKind::Branch(Branch { branches: vec![Way::default(); ways] })
}
