//! What a manager should put right at a page that still works, before customers notice.

use super::{AppCheck, Checkup, Level, Permission, PermissionCheck, Quiet, QuietAnswer, SubscriptionCheck};
use super::{Subject, TokenCheck};
use crate::{PageId, Timestamp};
use serde::{Deserialize, Serialize};
use std::fmt;

/// So many missing fields are named at a glance; all of them stand in the check.
const NAMED: usize = 3;

/// Meta has warned a page about its messages. After further violations it restricts the page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicyWarning {
    pub at: Timestamp,
    /// In Meta's words.
    pub reason: Option<String>,
}

/// One thing to put right.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "alarm", rename_all = "snake_case")]
pub enum Alarm {
    /// Meta knows no app with the stored id and secret: webhooks cannot be told from forged ones.
    Secret {},
    /// Meta does not tell us these things.
    Subscription {
        missing: Vec<String>,
    },
    Permissions {
        missing: Vec<Permission>,
    },
    /// Customers wrote, and Meta did not tell us or cannot be asked.
    Quiet {
        since: Timestamp,
    },
    /// See [`PolicyWarning`].
    Warned {
        at: Timestamp,
        reason: Option<String>,
    },
    /// The token ends, or somebody has to confirm it.
    Token {
        ends_at: Timestamp,
    },
}

crate::tagged!(Alarm by "alarm" {
    "secret" => Secret {},
    "subscription" => Subscription { missing },
    "permissions" => Permissions { missing },
    "quiet" => Quiet { since },
    "warned" => Warned { at, reason },
    "token" => Token { ends_at },
});

impl Alarm {
    /// What is to be put right at a page, the most pressing first. What keeps a page from sending is its health's to
    /// tell, and not repeated here.
    pub fn all(
        checkup: Option<&Checkup>,
        quiet: Option<&Quiet>,
        warning: Option<&PolicyWarning>,
        now: Timestamp,
    ) -> Vec<Self> {
        let checked = checkup.into_iter().flat_map(|checkup| {
            let wrong = Subject::ALL
                .into_iter()
                .filter(|subject| matches!(checkup.level(*subject, now), Level::Warning | Level::Failed));
            wrong.filter_map(|subject| Self::of(checkup, subject))
        });
        let quiet = quiet.filter(|quiet| quiet.answer != QuietAnswer::NothingNewer);
        let quiet = quiet.map(|quiet| Self::Quiet { since: quiet.silence.since });
        let warned = warning.cloned().map(|PolicyWarning { at, reason }| Self::Warned { at, reason });
        let mut all: Vec<Self> = checked.chain(quiet).chain(warned).collect();
        all.sort_by_key(Self::rank);
        all
    }

    fn of(checkup: &Checkup, subject: Subject) -> Option<Self> {
        match subject {
            Subject::App => (checkup.app == AppCheck::Wrong).then_some(Self::Secret {}),
            Subject::Token => match &checkup.token {
                token @ TokenCheck::Valid { .. } => token.ends_at().map(|ends_at| Self::Token { ends_at }),
                // The page cannot send: that is its health.
                TokenCheck::Dead { .. } | TokenCheck::OtherApp { .. } | TokenCheck::OtherPage { .. } => None,
                TokenCheck::Unreachable => None,
            },
            Subject::Permissions => match &checkup.permissions {
                PermissionCheck::Known { missing, .. } => {
                    Some(Self::Permissions { missing: missing.clone() })
                }
                PermissionCheck::Unreachable => None,
            },
            Subject::Subscription => match &checkup.subscription {
                SubscriptionCheck::Known { missing } => Some(Self::Subscription { missing: missing.clone() }),
                SubscriptionCheck::Unreachable => None,
            },
        }
    }

    const fn rank(&self) -> u8 {
        match self {
            Self::Secret {} => 0,
            Self::Subscription { .. } => 1,
            Self::Permissions { .. } => 2,
            Self::Quiet { .. } => 3,
            Self::Warned { .. } => 4,
            Self::Token { .. } => 5,
        }
    }

    /// How bad it is: whether something is wrong now, or will be.
    pub fn level(&self) -> Level {
        match self {
            Self::Secret {} | Self::Subscription { .. } | Self::Quiet { .. } => Level::Failed,
            Self::Permissions { missing } if missing.iter().any(|one| one.is_vital()) => Level::Failed,
            Self::Permissions { .. } | Self::Warned { .. } | Self::Token { .. } => Level::Warning,
        }
    }

    /// The same for as long as it is the same trouble, so that nobody is called for it twice.
    pub fn key(&self, page: &PageId) -> String {
        let what = match self {
            Self::Secret {} => "secret".to_owned(),
            Self::Subscription { .. } => "subscription".into(),
            Self::Permissions { .. } => "permissions".into(),
            Self::Quiet { since } => format!("quiet:{}", since.ms()),
            Self::Warned { at, .. } => format!("warned:{}", at.ms()),
            Self::Token { ends_at } => format!("token:{}", ends_at.ms()),
        };
        format!("page:{page}:{what}")
    }
}

impl fmt::Display for Alarm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Secret {} => f.write_str("Facebook does not accept the app ID and secret of its Meta app."),
            Self::Subscription { missing } => {
                let (named, others) = missing.split_at(missing.len().min(NAMED));
                write!(f, "Facebook does not tell us: {}", named.join(", "))?;
                match others.len() {
                    0 => f.write_str("."),
                    more => write!(f, " and {more} more."),
                }
            }
            Self::Permissions { missing } => {
                let names: Vec<_> = missing.iter().map(|one| one.as_str()).collect();
                write!(f, "Permissions are missing: {}.", names.join(", "))
            }
            Self::Quiet { .. } => {
                f.write_str("It is quieter than usual, and Facebook’s history could not explain it.")
            }
            Self::Warned { reason: Some(reason), .. } => {
                write!(f, "Facebook warned about its messages: {reason}")
            }
            Self::Warned { reason: None, .. } => {
                f.write_str("Facebook warned about its messages. See Page Support Inbox on Facebook.")
            }
            Self::Token { .. } => f.write_str("Its access ends soon. Reconnect it."),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::DAY;
    use crate::page::Mode;
    use crate::page::rhythm::Silence;

    const T: Timestamp = Timestamp(1_795_219_200_000);

    fn checkup(token: i64, missing: &[&str]) -> Checkup {
        Checkup {
            at: T,
            app: AppCheck::Right { name: "Baton".into() },
            token: TokenCheck::Valid { expires_at: Some(T + token * DAY), confirm_by: None },
            permissions: PermissionCheck::Known { granted: Vec::new(), missing: Vec::new() },
            subscription: SubscriptionCheck::Known {
                missing: missing.iter().map(|field| (*field).to_owned()).collect(),
            },
            mode: Mode::Routing,
        }
    }

    #[test]
    fn a_page_that_works_has_no_alarm() {
        assert_eq!(Alarm::all(Some(&checkup(60, &[])), None, None, T), []);
        assert_eq!(Alarm::all(None, None, None, T), []);
    }

    #[test]
    fn the_most_pressing_comes_first() {
        let warning = PolicyWarning { at: T, reason: None };
        let all = Alarm::all(Some(&checkup(3, &["standby"])), None, Some(&warning), T);
        let levels: Vec<_> = all.iter().map(Alarm::level).collect();
        assert_eq!(levels, [Level::Failed, Level::Warning, Level::Warning]);
        assert_eq!(all[0], Alarm::Subscription { missing: vec!["standby".into()] });
        assert_eq!(all[2], Alarm::Token { ends_at: T + 3 * DAY });
    }

    #[test]
    fn at_a_glance_a_few_of_many_fields_are_named() {
        let missing = |count: usize| Alarm::Subscription { missing: vec!["standby".into(); count] };
        assert_eq!(missing(1).to_string(), "Facebook does not tell us: standby.");
        assert_eq!(
            missing(5).to_string(),
            "Facebook does not tell us: standby, standby, standby and 2 more."
        );
    }

    #[test]
    fn a_silence_that_meta_explains_alarms_nobody() {
        let silence = Silence { since: T, expected: 9.0, chance: 0.0001 };
        let quiet = |answer| Quiet { silence, rang_at: T, answer };
        assert_eq!(Alarm::all(None, Some(&quiet(QuietAnswer::NothingNewer)), None, T), []);
        let missed = quiet(QuietAnswer::Missed { messages: 2 });
        assert_eq!(Alarm::all(None, Some(&missed), None, T), [Alarm::Quiet { since: T }]);
    }
}
