//! The zero-loss ledger: what came in and what became of it, what was to go out and what became of that.
//!
//! Every count is written in the transaction of what it counts. Two equations hold at every moment: what was received
//! is applied or set aside, and what was asked for was accepted, failed, waits, or has an unknown fate.

use serde::{Deserialize, Serialize};

/// One thing that is counted, per page (or per app, for whole webhook bodies) and hour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Webhook bodies of an app made durable before Meta got its 200.
    Bodies,
    /// Webhook bodies of an app read to the end.
    BodiesRead,
    /// Items of webhooks about the page.
    Received,
    /// Items that were carried out; one that was known already changed nothing and counts as well.
    Applied,
    /// Items that could not be used and are kept with their reason.
    Parked,
    /// Messages that webhooks brought.
    Messages,
    /// Messages found in Meta's history that no webhook had brought.
    Filled,
    /// Stretches of ten minutes in which something came.
    Active,
    /// Messages the team or a program wrote here.
    Asked,
    /// Of those: how many Meta has now.
    Accepted,
    /// Of those: how many wait to be handed over, or for the answer.
    Waiting,
    /// Of those: how many will not arrive.
    Failed,
    /// Of those: how many have a fate nobody knows yet.
    Unknown,
    /// Of the accepted ones: on the customer's device.
    Delivered,
    /// Of the accepted ones: seen by the customer.
    Read,
}

impl Kind {
    pub const ALL: [Self; 15] = [
        Self::Bodies,
        Self::BodiesRead,
        Self::Received,
        Self::Applied,
        Self::Parked,
        Self::Messages,
        Self::Filled,
        Self::Active,
        Self::Asked,
        Self::Accepted,
        Self::Waiting,
        Self::Failed,
        Self::Unknown,
        Self::Delivered,
        Self::Read,
    ];

    /// The word stored with the count.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Bodies => "bodies",
            Self::BodiesRead => "bodies_read",
            Self::Received => "received",
            Self::Applied => "applied",
            Self::Parked => "parked",
            Self::Messages => "messages",
            Self::Filled => "filled",
            Self::Active => "active",
            Self::Asked => "asked",
            Self::Accepted => "accepted",
            Self::Waiting => "waiting",
            Self::Failed => "failed",
            Self::Unknown => "unknown",
            Self::Delivered => "delivered",
            Self::Read => "read",
        }
    }
}

impl std::str::FromStr for Kind {
    type Err = UnknownKind;
    fn from_str(text: &str) -> Result<Self, UnknownKind> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text).ok_or(UnknownKind)
    }
}

/// The text names nothing that is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no such count in the ledger")]
pub struct UnknownKind;

/// The counts of a stretch of time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ledger {
    pub bodies: i64,
    pub bodies_read: i64,
    /// Bodies that are stored and not read yet, counted in the store itself.
    pub bodies_waiting: i64,
    pub received: i64,
    pub applied: i64,
    pub parked: i64,
    pub messages: i64,
    pub filled: i64,
    pub asked: i64,
    pub accepted: i64,
    pub waiting: i64,
    pub failed: i64,
    pub unknown: i64,
    pub delivered: i64,
    pub read: i64,
}

impl Ledger {
    /// Adds to a count.
    pub fn add(&mut self, kind: Kind, n: i64) {
        let count = match kind {
            Kind::Bodies => &mut self.bodies,
            Kind::BodiesRead => &mut self.bodies_read,
            Kind::Received => &mut self.received,
            Kind::Applied => &mut self.applied,
            Kind::Parked => &mut self.parked,
            Kind::Messages => &mut self.messages,
            Kind::Filled => &mut self.filled,
            Kind::Asked => &mut self.asked,
            Kind::Accepted => &mut self.accepted,
            Kind::Waiting => &mut self.waiting,
            Kind::Failed => &mut self.failed,
            Kind::Unknown => &mut self.unknown,
            Kind::Delivered => &mut self.delivered,
            Kind::Read => &mut self.read,
            Kind::Active => return,
        };
        *count += n;
    }

    /// Whether everything Meta handed over found its end: every body stored is read or waits, and every item of it
    /// is applied or set aside.
    pub const fn incoming_balances(&self) -> bool {
        self.bodies == self.bodies_read + self.bodies_waiting && self.received == self.applied + self.parked
    }

    /// Whether everything the team wrote has a known place.
    pub const fn outgoing_balances(&self) -> bool {
        self.asked == self.accepted + self.failed + self.waiting + self.unknown
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_count_is_read_back_from_its_word() {
        for kind in Kind::ALL {
            assert_eq!(kind.as_str().parse(), Ok(kind));
        }
    }

    #[test]
    fn a_lost_item_unbalances_the_ledger() {
        let mut ledger = Ledger::default();
        ledger.add(Kind::Received, 3);
        ledger.add(Kind::Applied, 2);
        assert!(!ledger.incoming_balances());
        ledger.add(Kind::Parked, 1);
        assert!(ledger.incoming_balances() && ledger.outgoing_balances());
        ledger.add(Kind::Asked, 1);
        assert!(!ledger.outgoing_balances());
    }
}
