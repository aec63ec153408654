//! Whether a page routes conversations as it should (CR-07 to CR-12), one item at a time.
//!
//! An item is `Ok` or `Wrong` only with something that proves it; everything else cannot be verified. To add an item: a
//! variant of [`Check`], its rule in [`judge`], its words and its fix in the screens' text.

use super::sign::{Seen, Sign, Signs};
use crate::page;
use crate::{ConversationId, DAY, SECOND, Timestamp};
use serde::{Deserialize, Serialize};

/// How long a bot should wait before it answers, in milliseconds (CR-12).
pub const PATIENCE: i64 = SECOND;
/// Over which time answers are measured, in milliseconds.
pub const PERIOD: i64 = 7 * DAY;
/// A proof older than this says nothing about today, in milliseconds.
pub const STALE: i64 = 30 * DAY;

/// What is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Check {
    /// Our app is connected to the page (CR-07).
    Connected,
    /// Facebook sends us every kind of event an inbox needs.
    Fields,
    /// "Access standby channel" is on (CR-08).
    Standby,
    /// "Take control of conversations" is on (CR-08).
    TakeControl,
    /// We are the default routing app (CR-09).
    DefaultApp,
    /// The bot is chosen for the links, posts and ads it is to answer (CR-10).
    EntryPoints,
    /// The bot waits at least a second before it answers (CR-12).
    BotWaits,
}

impl Check {
    /// In the order in which one sets them up.
    pub const ALL: [Self; 7] = [
        Self::Connected,
        Self::Fields,
        Self::Standby,
        Self::TakeControl,
        Self::DefaultApp,
        Self::EntryPoints,
        Self::BotWaits,
    ];

    /// The word in `data-check`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Connected => "connected",
            Self::Fields => "fields",
            Self::Standby => "standby",
            Self::TakeControl => "take_control",
            Self::DefaultApp => "default_app",
            Self::EntryPoints => "entry_points",
            Self::BotWaits => "bot_waits",
        }
    }
}

/// How an item stands (CR-11).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    Ok,
    Wrong,
    CannotVerify,
}

impl Verdict {
    /// The word in `data-verdict`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Wrong => "wrong",
            Self::CannotVerify => "cannot_verify",
        }
    }
}

/// One item with what was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    pub check: Check,
    pub verdict: Verdict,
    pub found: Found,
    /// When the event happened that shows it.
    pub at: Option<Timestamp>,
    /// The conversation in which it happened.
    pub conversation: Option<ConversationId>,
}

/// The evidence, for screens to put into words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Found {
    /// Facebook answered that we hear so many kinds of event.
    Subscribed {
        fields: usize,
    },
    /// Facebook's list of the page's apps is without ours.
    NotSubscribed,
    /// These kinds of event do not reach us.
    FieldsMissing {
        fields: Vec<String>,
    },
    /// Facebook does not accept our access to the page; why, in words.
    AccessRefused {
        words: String,
    },
    /// Facebook could not be asked; why, in words.
    NotAnswered {
        words: String,
    },
    /// It was proven once, too long ago to count.
    Stale,
    /// So many events of other apps' threads reached us.
    Overheard {
        times: i64,
    },
    /// Facebook remembers so many conversations of other apps with news that never reached us.
    Missed {
        conversations: i64,
    },
    /// No other app has had a thread, so there was nothing to overhear, or nobody to ask about.
    NothingHeld,
    TakeAccepted,
    TakeSwitchedOff,
    NeverTaken,
    OwnerNamed,
    OwnerHidden,
    RoutingOff,
    /// No bot has been seen on the page.
    NoBot,
    /// Facebook does not tell what was chosen.
    NotTold,
    /// So many answers of bots, so many of them faster than a second, and the fastest, in milliseconds. `waited`: how
    /// many have waited long enough since the last one that did not.
    Pace {
        answers: i64,
        fast: i64,
        fastest: i64,
        #[serde(default)]
        waited: i64,
    },
    /// Bots answered nothing in the period.
    NoAnswers,
}

/// How a page decides who gets a conversation (CR-06).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// Conversation routing, with a default app.
    Routing,
    /// No default app is chosen: every app hears the customer and may answer.
    Unconfigured,
    /// The older handover protocol with its primary receiver.
    Legacy,
    /// Nothing has shown it yet.
    #[default]
    Unknown,
}

impl Mode {
    /// What a page's signs say; the newest counts.
    pub fn of(signs: &Signs) -> Self {
        let shown = [
            Sign::TakeAccepted,
            Sign::TakeSwitchedOff,
            Sign::OwnerNamed,
            Sign::OwnerHidden,
            Sign::RoutingOff,
            Sign::RolesGiven,
        ];
        // An old page answers the same questions: once it gave roles, only what it cannot say tells otherwise.
        let roles = signs.of(Sign::RolesGiven);
        match signs.newest(&shown).map(|seen| seen.sign) {
            Some(Sign::RoutingOff) => Self::Unconfigured,
            Some(Sign::TakeSwitchedOff) => Self::Routing,
            Some(_) if roles.is_some() => Self::Legacy,
            Some(_) => Self::Routing,
            None => Self::Unknown,
        }
    }

    /// The same, with what Meta says about the page where no sign has shown it.
    pub fn of_page(signs: &Signs, said: page::Mode) -> Self {
        match (Self::of(signs), said) {
            (Self::Unknown, page::Mode::Routing) => Self::Routing,
            (Self::Unknown, page::Mode::Open) => Self::Unconfigured,
            (mode, _) => mode,
        }
    }
}

/// What Facebook answered about our subscription to the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subscribed {
    Yes {
        fields: usize,
        /// What an inbox needs and does not get.
        missing: Vec<String>,
    },
    No,
    /// Our access is not accepted.
    Refused {
        words: String,
    },
    NotAnswered {
        words: String,
    },
}

/// Conversations that Facebook remembers and we never heard of, while another app has them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Missed {
    pub conversations: i64,
    pub newest: Timestamp,
}

/// How fast bots answered in the period.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pace {
    pub answers: i64,
    /// Faster than [`PATIENCE`].
    pub fast: i64,
    /// Milliseconds.
    pub fastest: i64,
    pub newest_fast: Option<(Timestamp, ConversationId)>,
    /// Answers since then, all of which waited.
    pub waited: i64,
}

/// So many answers in a row that waited show that a bot has been taught to.
pub const TAUGHT: i64 = 10;

/// All that is known when a page is checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    pub now: Timestamp,
    pub subscribed: Subscribed,
    pub signs: Signs,
    pub missed: Option<Missed>,
    pub pace: Pace,
    /// Whether another app has been seen on the page.
    pub bot_seen: bool,
}

/// Judges every item by itself: one that is wrong hides no other.
pub fn judge(facts: &Facts) -> Vec<Finding> {
    Check::ALL.into_iter().map(|check| facts.finding(check)).collect()
}

impl Facts {
    fn finding(&self, check: Check) -> Finding {
        let (verdict, found, at, conversation) = match check {
            Check::Connected => self.connected(),
            Check::Fields => self.fields(),
            Check::Standby => self.standby(),
            Check::TakeControl => self.take_control(),
            Check::DefaultApp => self.default_app(),
            Check::EntryPoints => match self.bot_seen {
                true => self.asked(Verdict::CannotVerify, Found::NotTold),
                false => self.asked(Verdict::CannotVerify, Found::NoBot),
            },
            Check::BotWaits => self.bot_waits(),
        };
        Finding { check, verdict, found, at, conversation }
    }

    /// Something Facebook answered, or did not answer, just now.
    fn asked(&self, verdict: Verdict, found: Found) -> Judged {
        (verdict, found, Some(self.now), None)
    }

    /// Something an event shows; an old one shows nothing about today.
    fn shown(&self, verdict: Verdict, found: Found, seen: &Seen) -> Judged {
        match verdict {
            Verdict::Ok if self.now - seen.at > STALE => {
                (Verdict::CannotVerify, Found::Stale, Some(seen.at), seen.conversation)
            }
            verdict => (verdict, found, Some(seen.at), seen.conversation),
        }
    }

    fn connected(&self) -> Judged {
        match &self.subscribed {
            Subscribed::Yes { fields, .. } => self.asked(Verdict::Ok, Found::Subscribed { fields: *fields }),
            Subscribed::No => self.asked(Verdict::Wrong, Found::NotSubscribed),
            Subscribed::Refused { words } => {
                self.asked(Verdict::Wrong, Found::AccessRefused { words: words.clone() })
            }
            Subscribed::NotAnswered { words } => {
                self.asked(Verdict::CannotVerify, Found::NotAnswered { words: words.clone() })
            }
        }
    }

    fn fields(&self) -> Judged {
        match &self.subscribed {
            Subscribed::Yes { missing, fields } if missing.is_empty() => {
                self.asked(Verdict::Ok, Found::Subscribed { fields: *fields })
            }
            Subscribed::Yes { missing, .. } => {
                self.asked(Verdict::Wrong, Found::FieldsMissing { fields: missing.clone() })
            }
            Subscribed::No => self.asked(Verdict::Wrong, Found::NotSubscribed),
            Subscribed::Refused { words } | Subscribed::NotAnswered { words } => {
                self.asked(Verdict::CannotVerify, Found::NotAnswered { words: words.clone() })
            }
        }
    }

    fn standby(&self) -> Judged {
        let overheard = self.signs.of(Sign::Overheard);
        let missed = self.missed.filter(|missed| overheard.is_none_or(|seen| seen.at < missed.newest));
        match (missed, overheard) {
            (Some(Missed { conversations, newest }), _) => {
                (Verdict::Wrong, Found::Missed { conversations }, Some(newest), None)
            }
            (None, Some(seen)) => self.shown(Verdict::Ok, Found::Overheard { times: seen.times }, seen),
            (None, None) => (Verdict::CannotVerify, Found::NothingHeld, None, None),
        }
    }

    fn take_control(&self) -> Judged {
        let outcomes = [Sign::TakeAccepted, Sign::TakeSwitchedOff, Sign::RoutingOff];
        match self.signs.newest(&outcomes) {
            Some(seen) if seen.sign == Sign::TakeAccepted => {
                self.shown(Verdict::Ok, Found::TakeAccepted, seen)
            }
            Some(seen) if seen.sign == Sign::TakeSwitchedOff => {
                self.shown(Verdict::Wrong, Found::TakeSwitchedOff, seen)
            }
            // Facebook says no before it looks at the switch.
            Some(seen) => self.shown(Verdict::CannotVerify, Found::RoutingOff, seen),
            None => (Verdict::CannotVerify, Found::NeverTaken, None, None),
        }
    }

    fn default_app(&self) -> Judged {
        match self.signs.newest(&[Sign::OwnerNamed, Sign::OwnerHidden, Sign::RoutingOff]) {
            Some(seen) if seen.sign == Sign::OwnerNamed => self.shown(Verdict::Ok, Found::OwnerNamed, seen),
            Some(seen) if seen.sign == Sign::OwnerHidden => {
                self.shown(Verdict::Wrong, Found::OwnerHidden, seen)
            }
            Some(seen) => self.shown(Verdict::Wrong, Found::RoutingOff, seen),
            None => (Verdict::CannotVerify, Found::NothingHeld, None, None),
        }
    }

    fn bot_waits(&self) -> Judged {
        let Pace { answers, fast, fastest, newest_fast, waited } = self.pace;
        let found = Found::Pace { answers, fast, fastest, waited };
        match (answers, newest_fast) {
            (0, _) => self.asked(Verdict::CannotVerify, Found::NoAnswers),
            (_, Some((at, conversation))) if waited < TAUGHT => {
                (Verdict::Wrong, found, Some(at), Some(conversation))
            }
            (_, _) => self.asked(Verdict::Ok, found),
        }
    }
}

type Judged = (Verdict, Found, Option<Timestamp>, Option<ConversationId>);

#[cfg(test)]
mod tests;
