//! Events that show how a page routes. Of each kind the newest is kept, with how often it has happened.

use super::rehearsal::Entry;
use crate::{ConversationId, Timestamp};
use serde::{Deserialize, Serialize};
use std::str::FromStr;

/// A kind of event that shows something about a page's routing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sign {
    /// What a customer did in a thread of another app reached us: "Access standby channel" is on.
    Overheard,
    /// Facebook let us take a thread: "Take control of conversations" is on.
    TakeAccepted,
    /// Facebook did not, because the switch is off.
    TakeSwitchedOff,
    /// Facebook did not, because the page has no default app.
    RoutingOff,
    /// Facebook named another app as the owner. It does so only to the owner and to the default app.
    OwnerNamed,
    /// Facebook kept the owner's name to itself: we are not the default app.
    OwnerHidden,
    /// Facebook gave roles to apps: the page still uses the handover protocol.
    RolesGiven,
    /// A thread nobody had control of began like this; whether it came to us.
    Entered(Entry, bool),
}

impl Sign {
    /// Signs that stand for themselves.
    const PLAIN: [(Self, &'static str); 7] = [
        (Self::Overheard, "overheard"),
        (Self::TakeAccepted, "take_accepted"),
        (Self::TakeSwitchedOff, "take_switched_off"),
        (Self::RoutingOff, "routing_off"),
        (Self::OwnerNamed, "owner_named"),
        (Self::OwnerHidden, "owner_hidden"),
        (Self::RolesGiven, "roles_given"),
    ];

    /// The word it is stored under.
    pub fn word(self) -> String {
        let plain = Self::PLAIN.into_iter().find(|(sign, _)| *sign == self);
        match (plain, self) {
            (Some((_, word)), _) => word.to_owned(),
            (None, Self::Entered(entry, ours)) => {
                format!("entered.{}.{}", entry.as_str(), if ours { "ours" } else { "other" })
            }
            (None, _) => String::new(),
        }
    }
}

/// The text names no sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this names no sign of routing")]
pub struct UnknownSign;

impl FromStr for Sign {
    type Err = UnknownSign;
    fn from_str(word: &str) -> Result<Self, UnknownSign> {
        let entered =
            Entry::ALL.into_iter().flat_map(|entry| [true, false].map(|ours| Self::Entered(entry, ours)));
        let all = Self::PLAIN.into_iter().map(|(sign, _)| sign).chain(entered);
        all.into_iter().find(|sign| sign.word() == word).ok_or(UnknownSign)
    }
}

/// The newest event of a kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    pub sign: Sign,
    pub first_at: Timestamp,
    pub at: Timestamp,
    pub times: i64,
    /// Where it happened.
    pub conversation: Option<ConversationId>,
}

/// What has been seen on one page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signs(pub Vec<Seen>);

impl Signs {
    /// The newest event of a kind.
    pub fn of(&self, sign: Sign) -> Option<&Seen> {
        self.0.iter().find(|seen| seen.sign == sign)
    }

    /// The newest event of any of these kinds.
    pub fn newest(&self, signs: &[Sign]) -> Option<&Seen> {
        self.0.iter().filter(|seen| signs.contains(&seen.sign)).max_by_key(|seen| seen.at)
    }

    /// Notes what was seen just now.
    pub fn note(&mut self, sign: Sign, at: Timestamp, conversation: Option<ConversationId>) {
        let before = self.0.iter().position(|seen| seen.sign == sign).map(|index| self.0.remove(index));
        let (first_at, times) = before.map_or((at, 0), |before| (before.first_at, before.times));
        self.0.push(Seen { sign, first_at, at, times: times + 1, conversation });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sign_is_read_back_from_its_word() {
        let plain = Sign::PLAIN.into_iter().map(|(sign, _)| sign);
        let entered = Entry::ALL.into_iter().map(|entry| Sign::Entered(entry, false));
        for sign in plain.chain(entered) {
            assert_eq!(sign.word().parse(), Ok(sign));
        }
        assert_eq!("entered.by_magic.ours".parse::<Sign>(), Err(UnknownSign));
    }
}
