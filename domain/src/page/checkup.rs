//! What Meta says about our connection to a page, value by value.

use crate::{AppId, DAY, PageId, Timestamp};
use serde::{Deserialize, Serialize};

/// A warning comes this long before a token ends, in milliseconds.
pub const ENDS_SOON: i64 = 7 * DAY;

/// One look at a connection: what was asked, what Meta answered, and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checkup {
    pub at: Timestamp,
    pub app: AppCheck,
    pub token: TokenCheck,
    pub permissions: PermissionCheck,
    pub subscription: SubscriptionCheck,
    pub mode: Mode,
}

/// What is checked, in the order in which it can be put right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    App,
    Token,
    Permissions,
    Subscription,
}

impl Subject {
    pub const ALL: [Self; 4] = [Self::App, Self::Token, Self::Permissions, Self::Subscription];

    /// The word in attributes: `app`, `token`, `permissions`, `subscription`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::App => "app",
            Self::Token => "token",
            Self::Permissions => "permissions",
            Self::Subscription => "subscription",
        }
    }
}

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    Ok,
    /// Meta could not be asked; nothing is known to be wrong.
    Unverified,
    /// It works now and will not for long, or not for everything.
    Warning,
    Failed,
}

impl Level {
    /// The word in attributes: `ok`, `unverified`, `warning`, `failed`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Unverified => "unverified",
            Self::Warning => "warning",
            Self::Failed => "failed",
        }
    }
}

/// App id and app secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "found", rename_all = "snake_case")]
pub enum AppCheck {
    Right {
        name: String,
    },
    /// Meta knows no app with this id and secret.
    Wrong,
    Unreachable,
}

/// The page's access token.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "found", rename_all = "snake_case")]
pub enum TokenCheck {
    Valid {
        /// Nothing for a token that does not end by the calendar.
        expires_at: Option<Timestamp>,
        /// When Meta wants whoever connected the page to confirm again.
        confirm_by: Option<Timestamp>,
    },
    /// Meta no longer accepts it. `why` is for people.
    Dead {
        why: String,
    },
    /// It was made by another app than ours.
    OtherApp {
        app: AppId,
    },
    /// It belongs to another page, or to a person.
    OtherPage {
        page: Option<PageId>,
    },
    Unreachable,
}

/// What Meta permits us with this token.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "found", rename_all = "snake_case")]
pub enum PermissionCheck {
    Known { granted: Vec<String>, missing: Vec<Permission> },
    Unreachable,
}

/// Whether the page tells us everything.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "found", rename_all = "snake_case")]
pub enum SubscriptionCheck {
    Known { missing: Vec<String> },
    Unreachable,
}

/// How a page decides which app is in control, as far as Meta tells (CR-06).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// Conversation routing.
    Routing,
    /// One app, or nothing configured: every app may answer.
    Open,
    #[default]
    Unknown,
}

/// A permission an inbox cannot do without.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Permission {
    PagesShowList,
    PagesMessaging,
    PagesManageMetadata,
    PagesReadEngagement,
}

impl Permission {
    pub const ALL: [Self; 4] =
        [Self::PagesShowList, Self::PagesMessaging, Self::PagesManageMetadata, Self::PagesReadEngagement];

    /// As Meta writes it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::PagesShowList => "pages_show_list",
            Self::PagesMessaging => "pages_messaging",
            Self::PagesManageMetadata => "pages_manage_metadata",
            Self::PagesReadEngagement => "pages_read_engagement",
        }
    }

    /// Whether customers are not served without it. Without `pages_show_list` a page works, but the next sign-in with
    /// Facebook finds no pages.
    pub const fn is_vital(self) -> bool {
        !matches!(self, Self::PagesShowList)
    }

    /// Those that are not among the granted ones.
    pub fn missing_in(granted: &[String]) -> Vec<Self> {
        Self::ALL.into_iter().filter(|one| !granted.iter().any(|has| has == one.as_str())).collect()
    }
}

impl TokenCheck {
    /// The next moment at which the token ends or has to be confirmed.
    pub fn ends_at(&self) -> Option<Timestamp> {
        match self {
            Self::Valid { expires_at, confirm_by } => [*expires_at, *confirm_by].into_iter().flatten().min(),
            Self::Dead { .. } | Self::OtherApp { .. } | Self::OtherPage { .. } | Self::Unreachable => None,
        }
    }
}

impl Checkup {
    /// How a subject stands at this moment: a token may have come close to its end since it was looked at.
    pub fn level(&self, subject: Subject, now: Timestamp) -> Level {
        match subject {
            Subject::App => match self.app {
                AppCheck::Right { .. } => Level::Ok,
                AppCheck::Wrong => Level::Failed,
                AppCheck::Unreachable => Level::Unverified,
            },
            Subject::Token => match &self.token {
                TokenCheck::Valid { .. } => match self.token.ends_at() {
                    Some(end) if end <= now => Level::Failed,
                    Some(end) if end - now <= ENDS_SOON => Level::Warning,
                    Some(_) | None => Level::Ok,
                },
                TokenCheck::Dead { .. } | TokenCheck::OtherApp { .. } | TokenCheck::OtherPage { .. } => {
                    Level::Failed
                }
                TokenCheck::Unreachable => Level::Unverified,
            },
            Subject::Permissions => match &self.permissions {
                PermissionCheck::Known { missing, .. } if missing.iter().any(|one| one.is_vital()) => {
                    Level::Failed
                }
                PermissionCheck::Known { missing, .. } if missing.is_empty() => Level::Ok,
                PermissionCheck::Known { .. } => Level::Warning,
                PermissionCheck::Unreachable => Level::Unverified,
            },
            Subject::Subscription => match &self.subscription {
                SubscriptionCheck::Known { missing } if missing.is_empty() => Level::Ok,
                SubscriptionCheck::Known { .. } => Level::Failed,
                SubscriptionCheck::Unreachable => Level::Unverified,
            },
        }
    }

    /// The worst of all.
    pub fn worst(&self, now: Timestamp) -> Level {
        Subject::ALL.into_iter().map(|subject| self.level(subject, now)).max().unwrap_or(Level::Unverified)
    }

    /// Whether a page may be stored with these values: nothing is known to be wrong but what a button puts right.
    pub fn is_good(&self, now: Timestamp) -> bool {
        [Subject::App, Subject::Token, Subject::Permissions]
            .into_iter()
            .all(|subject| matches!(self.level(subject, now), Level::Ok | Level::Warning))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const T: Timestamp = Timestamp(1_795_219_200_000);

    fn good() -> Checkup {
        Checkup {
            at: T,
            app: AppCheck::Right { name: "Baton".into() },
            token: TokenCheck::Valid { expires_at: Some(T + 60 * DAY), confirm_by: None },
            permissions: PermissionCheck::Known { granted: Vec::new(), missing: Vec::new() },
            subscription: SubscriptionCheck::Known { missing: Vec::new() },
            mode: Mode::Routing,
        }
    }

    #[test]
    fn a_token_warns_a_week_before_it_ends_and_then_fails() {
        let checkup = good();
        let at = |days| checkup.level(Subject::Token, T + days * DAY);
        assert_eq!((at(52), at(53), at(60)), (Level::Ok, Level::Warning, Level::Failed));
    }

    #[test]
    fn a_missing_field_fails_but_does_not_keep_a_page_from_being_connected() {
        let missing = SubscriptionCheck::Known { missing: vec!["standby".into()] };
        let checkup = Checkup { subscription: missing, ..good() };
        assert_eq!(checkup.worst(T), Level::Failed);
        assert!(checkup.is_good(T));
    }

    #[test]
    fn what_could_not_be_asked_is_not_called_good() {
        let checkup = Checkup { token: TokenCheck::Unreachable, ..good() };
        assert_eq!(checkup.worst(T), Level::Unverified);
        assert!(!checkup.is_good(T));
    }

    #[test]
    fn missing_permissions_are_named() {
        let granted =
            ["pages_messaging".to_owned(), "pages_show_list".into(), "pages_read_engagement".into()];
        assert_eq!(Permission::missing_in(&granted), [Permission::PagesManageMetadata]);
    }
}
