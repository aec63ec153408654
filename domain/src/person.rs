//! The team: who someone is and what they may do.

use crate::{PersonId, TeamId};
use serde::{Deserialize, Serialize};

/// What a person is in the workspace. A higher role may do everything a lower one may.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    Agent,
    Manager,
    Owner,
}

impl Role {
    pub const ALL: [Self; 3] = [Self::Agent, Self::Manager, Self::Owner];

    /// The word stored and spoken: `agent`, `manager`, `owner`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Agent => "agent",
            Self::Manager => "manager",
            Self::Owner => "owner",
        }
    }
}

impl std::str::FromStr for Role {
    type Err = UnknownRole;
    fn from_str(text: &str) -> Result<Self, UnknownRole> {
        Self::ALL.into_iter().find(|role| role.as_str() == text).ok_or(UnknownRole)
    }
}

/// The text names no role.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a role is owner, manager or agent")]
pub struct UnknownRole;

/// Somebody who signs in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    pub id: PersonId,
    pub email: String,
    pub name: String,
    pub role: Role,
}

/// A group of people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Team {
    pub id: TeamId,
    pub name: String,
}

/// What an API token may do; each scope includes the ones before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    Read,
    Write,
    Admin,
}

impl std::str::FromStr for Scope {
    type Err = UnknownScope;
    fn from_str(text: &str) -> Result<Self, UnknownScope> {
        match text {
            "read" => Ok(Self::Read),
            "write" => Ok(Self::Write),
            "admin" => Ok(Self::Admin),
            _ => Err(UnknownScope),
        }
    }
}

/// The text names no scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a scope is read, write or admin")]
pub struct UnknownScope;

/// Who asks for something: a person at a screen, or a program with a token.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Actor {
    Person(Person),
    Token { name: String, scope: Scope },
}

/// What someone may want to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// See conversations, contacts and people.
    Look,
    /// Answer, take over, reset, assign, mark, close.
    Converse,
    /// Connect pages, manage people and settings.
    Configure,
}

impl Actor {
    /// Whether this actor may do that. The server asks before every use case; the screens ask to hide what would
    /// be refused.
    pub fn may(&self, act: Act) -> bool {
        match (self, act) {
            (Self::Person(_), Act::Look | Act::Converse) => true,
            (Self::Person(person), Act::Configure) => person.role >= Role::Manager,
            (Self::Token { .. }, Act::Look) => true,
            (Self::Token { scope, .. }, Act::Converse) => *scope >= Scope::Write,
            (Self::Token { scope, .. }, Act::Configure) => *scope >= Scope::Admin,
        }
    }

    /// The person, if it is one. Only a person may use Meta's human-agent tag.
    pub fn person(&self) -> Option<&Person> {
        match self {
            Self::Person(person) => Some(person),
            Self::Token { .. } => None,
        }
    }

    /// How others read who did it.
    pub fn name(&self) -> &str {
        match self {
            Self::Person(person) => &person.name,
            Self::Token { name, .. } => name,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token(scope: Scope) -> Actor {
        Actor::Token { name: "shop".into(), scope }
    }

    #[test]
    fn a_token_may_do_what_its_scope_says_and_no_more() {
        assert!(token(Scope::Read).may(Act::Look));
        assert!(!token(Scope::Read).may(Act::Converse));
        assert!(token(Scope::Write).may(Act::Converse));
        assert!(!token(Scope::Write).may(Act::Configure));
        assert!(token(Scope::Admin).may(Act::Configure));
    }

    #[test]
    fn every_role_is_read_back_from_its_word() {
        for role in Role::ALL {
            assert_eq!(role.as_str().parse(), Ok(role));
        }
    }
}
