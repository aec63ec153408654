//! One's own profile.

use crate::api::Failure;
use crate::api::codec::Json;
#[cfg(feature = "ssr")]
use crate::api::{answer, caller};
use domain::Timestamp;
use domain::person::Person;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// What a person sees of their own account.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Profile {
    pub person: Person,
    /// The address of the picture, if there is one.
    pub picture: Option<String>,
    pub teams: Vec<String>,
    pub two_factor: Option<TwoFactor>,
    pub sessions: Vec<OpenSession>,
    pub now: Timestamp,
}

/// The second step of signing in, when it is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TwoFactor {
    pub since: Timestamp,
    /// How many recovery codes are not used.
    pub codes_left: i64,
}

/// A place where somebody is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenSession {
    pub id: String,
    /// Such as "Firefox on Windows".
    pub device: String,
    pub address: Option<String>,
    pub since: Option<Timestamp>,
    pub last_seen: Option<Timestamp>,
    /// Whether it is the one that asks.
    pub here: bool,
}

/// A new password, and the old one as proof.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewPassword {
    pub old: String,
    pub new: String,
}

impl std::fmt::Debug for NewPassword {
    /// Passwords are never written anywhere.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("NewPassword")
    }
}

/// What a phone needs to make codes. Told once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enrolment {
    /// The secret as one types it.
    pub secret: String,
    /// A picture of it for the phone's camera, as a `data:` address.
    pub picture: String,
}

/// How the screens are lit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    #[default]
    System,
    Light,
    Dark,
}

impl Theme {
    pub const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    /// The word stored and written into the document.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// Reads the word; anything else is as the system has it.
    pub fn of(word: &str) -> Self {
        Self::ALL.into_iter().find(|theme| theme.as_str() == word).unwrap_or_default()
    }
}

/// One's own profile.
#[server(prefix = "/rpc", endpoint = "profile", input = Json, output = Json)]
pub async fn load_profile() -> Result<Profile, Failure> {
    let caller = caller()?;
    answer(caller.desk.profile(&caller.actor, caller.session.as_deref()).await)
}

/// Changes one's own name.
#[server(prefix = "/rpc", endpoint = "profile/rename", input = Json, output = Json)]
pub async fn rename(name: String) -> Result<(), Failure> {
    let caller = caller()?;
    answer(caller.desk.rename(&caller.actor, name).await)
}

/// Remembers how one wants the screens lit.
#[server(prefix = "/rpc", endpoint = "profile/theme", input = Json, output = Json)]
pub async fn set_theme(theme: Theme) -> Result<(), Failure> {
    let caller = caller()?;
    answer(caller.desk.set_theme(&caller.actor, theme).await)
}

/// Takes one's own picture away.
#[server(prefix = "/rpc", endpoint = "profile/remove-picture", input = Json, output = Json)]
pub async fn remove_picture() -> Result<(), Failure> {
    let caller = caller()?;
    answer(caller.desk.remove_picture(&caller.actor).await)
}

/// Changes one's own password.
#[server(prefix = "/rpc", endpoint = "profile/password", input = Json, output = Json)]
pub async fn change_password(change: NewPassword) -> Result<(), Failure> {
    let caller = caller()?;
    answer(caller.desk.change_password(&caller.actor, caller.session.as_deref(), change).await)
}

/// Makes a secret for the second step.
#[server(prefix = "/rpc", endpoint = "profile/begin-two-factor", input = Json, output = Json)]
pub async fn begin_two_factor(password: String) -> Result<Enrolment, Failure> {
    let caller = caller()?;
    answer(caller.desk.begin_two_factor(&caller.actor, password).await)
}

/// Proves the secret; answers the recovery codes.
#[server(prefix = "/rpc", endpoint = "profile/confirm-two-factor", input = Json, output = Json)]
pub async fn confirm_two_factor(code: String) -> Result<Vec<String>, Failure> {
    let caller = caller()?;
    answer(caller.desk.confirm_two_factor(&caller.actor, code).await)
}

/// Replaces the recovery codes and answers them.
#[server(prefix = "/rpc", endpoint = "profile/renew-codes", input = Json, output = Json)]
pub async fn renew_recovery_codes(password: String) -> Result<Vec<String>, Failure> {
    let caller = caller()?;
    answer(caller.desk.renew_recovery_codes(&caller.actor, password).await)
}

/// Asks for no second step any more.
#[server(prefix = "/rpc", endpoint = "profile/end-two-factor", input = Json, output = Json)]
pub async fn end_two_factor(password: String) -> Result<(), Failure> {
    let caller = caller()?;
    answer(caller.desk.end_two_factor(&caller.actor, password).await)
}

/// Ends one of one's own sessions.
#[server(prefix = "/rpc", endpoint = "profile/end-session", input = Json, output = Json)]
pub async fn end_session(id: String) -> Result<(), Failure> {
    let caller = caller()?;
    answer(caller.desk.end_session(&caller.actor, id).await)
}

/// Signs out everywhere but here.
#[server(prefix = "/rpc", endpoint = "profile/end-other-sessions", input = Json, output = Json)]
pub async fn end_other_sessions() -> Result<(), Failure> {
    let caller = caller()?;
    answer(caller.desk.end_other_sessions(&caller.actor, caller.session.as_deref()).await)
}
