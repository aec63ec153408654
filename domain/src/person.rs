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
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Person {
    pub id: PersonId,
    pub email: String,
    pub name: String,
    pub role: Role,
    /// What an agent is kept from; it means nothing for managers and owners.
    pub restrictions: Restrictions,
    /// The teams this person is in.
    pub teams: Vec<TeamId>,
}

crate::object!(Person { id, email, name, role; restrictions, teams });

/// What a manager may keep an agent from (WF-37). Without any, an agent does what agents do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Restrictions {
    /// Which conversations the agent sees anywhere: in lists, numbers, search, live changes and exports.
    pub reach: Reach,
    /// No workflows icon: neither sees nor stops what runs for a contact.
    pub no_workflows: bool,
    /// Never takes control from a bot.
    pub no_take_over: bool,
    /// Writes only in conversations assigned to this agent or a team of theirs.
    pub only_assigned: bool,
    pub no_export: bool,
    pub no_delete: bool,
}

/// Whose conversations somebody sees.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reach {
    #[default]
    Everybody,
    /// Those of the person and of the teams the person is in.
    Team,
    /// Only those of the person.
    Own,
}

/// Which conversations somebody sees: the one rule behind lists, numbers, search, live changes, exports and programs.
/// The database asks the same in SQL; a test compares both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sight {
    Everything,
    Only { person: PersonId, teams: Vec<TeamId> },
}

impl Sight {
    /// Whether a conversation with this assignee and team is seen.
    pub fn sees(&self, assignee: Option<PersonId>, team: Option<TeamId>) -> bool {
        match self {
            Self::Everything => true,
            Self::Only { person, teams } => {
                assignee == Some(*person) || team.is_some_and(|team| teams.contains(&team))
            }
        }
    }
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
    /// Answer, reset, assign, mark, close.
    Converse,
    /// Take control from another app.
    TakeOver,
    /// See and stop what workflows do for a contact.
    SeeRuns,
    /// Take conversations out of the product as a file.
    Export,
    /// Delete conversations with everything known about the contact, and notes.
    Delete,
    /// Connect pages, manage people and settings.
    Configure,
    /// Give the keys of other services that workflows use: AI endpoints, Google accounts.
    HoldKeys,
}

impl Person {
    /// What counts of the restrictions: managers and owners have none.
    pub fn bounds(&self) -> Restrictions {
        if self.role == Role::Agent { self.restrictions } else { Restrictions::default() }
    }

    /// Whether this person may do that.
    pub fn may(&self, act: Act) -> bool {
        let bounds = self.bounds();
        match act {
            Act::Look | Act::Converse => true,
            Act::TakeOver => !bounds.no_take_over,
            Act::SeeRuns => !bounds.no_workflows,
            Act::Export => !bounds.no_export,
            Act::Delete => !bounds.no_delete,
            Act::Configure => self.role >= Role::Manager,
            Act::HoldKeys => self.role == Role::Owner,
        }
    }

    /// Whether this person may change somebody with this role, or give it: only owners make and change owners.
    pub fn may_manage(&self, role: Role) -> bool {
        self.may(Act::Configure) && self.role >= role
    }

    /// Which conversations this person sees.
    pub fn sight(&self) -> Sight {
        match self.bounds().reach {
            Reach::Everybody => Sight::Everything,
            Reach::Team => Sight::Only { person: self.id, teams: self.teams.clone() },
            Reach::Own => Sight::Only { person: self.id, teams: Vec::new() },
        }
    }

    /// Whether this person may write in a conversation with this assignee and team.
    pub fn may_write_to(&self, assignee: Option<PersonId>, team: Option<TeamId>) -> bool {
        let own = Sight::Only { person: self.id, teams: self.teams.clone() };
        !self.bounds().only_assigned || own.sees(assignee, team)
    }
}

impl Actor {
    /// Whether this actor may do that. The server asks before every use case; the screens ask to hide what would
    /// be refused.
    pub fn may(&self, act: Act) -> bool {
        match self {
            Self::Person(person) => person.may(act),
            Self::Token { scope, .. } => match act {
                Act::Look | Act::SeeRuns | Act::Export => true,
                Act::Converse | Act::TakeOver => *scope >= Scope::Write,
                Act::Configure | Act::Delete => *scope >= Scope::Admin,
                // Somebody is to answer for a key.
                Act::HoldKeys => false,
            },
        }
    }

    /// Whether this actor may change somebody with this role, or give it. No program makes owners.
    pub fn may_manage(&self, role: Role) -> bool {
        match self {
            Self::Person(person) => person.may_manage(role),
            Self::Token { .. } => self.may(Act::Configure) && role < Role::Owner,
        }
    }

    /// Which conversations this actor sees.
    pub fn sight(&self) -> Sight {
        match self {
            Self::Person(person) => person.sight(),
            Self::Token { .. } => Sight::Everything,
        }
    }

    /// Whether this actor may write in a conversation with this assignee and team.
    pub fn may_write_to(&self, assignee: Option<PersonId>, team: Option<TeamId>) -> bool {
        match self {
            Self::Person(person) => person.may_write_to(assignee, team),
            Self::Token { .. } => self.may(Act::Converse),
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

    fn agent(restrictions: Restrictions) -> Person {
        Person {
            id: PersonId(uuid::Uuid::from_u128(1)),
            email: "tom@example.test".into(),
            name: "Tom".into(),
            role: Role::Agent,
            restrictions,
            teams: vec![TeamId(uuid::Uuid::from_u128(7))],
        }
    }

    #[test]
    fn an_agent_is_kept_from_what_a_manager_says() {
        let tom = agent(Restrictions { no_take_over: true, no_workflows: true, ..Restrictions::default() });
        assert!(tom.may(Act::Converse) && tom.may(Act::Export));
        assert!(!tom.may(Act::TakeOver) && !tom.may(Act::SeeRuns) && !tom.may(Act::Configure));
        let boss = Person { role: Role::Manager, ..tom };
        assert!(boss.may(Act::TakeOver) && boss.may(Act::SeeRuns));
    }

    #[test]
    fn only_owners_make_and_change_owners() {
        let tom = agent(Restrictions::default());
        let mia = Person { role: Role::Manager, ..tom.clone() };
        let ann = Person { role: Role::Owner, ..tom.clone() };
        for role in Role::ALL {
            assert!(!tom.may_manage(role));
            assert!(ann.may_manage(role));
            assert_eq!(mia.may_manage(role), role != Role::Owner);
            assert_eq!(token(Scope::Admin).may_manage(role), role != Role::Owner);
            assert!(!token(Scope::Write).may_manage(role));
        }
    }

    #[test]
    fn only_owners_give_the_keys_of_other_services() {
        let tom = agent(Restrictions::default());
        for role in Role::ALL {
            assert_eq!(Person { role, ..tom.clone() }.may(Act::HoldKeys), role == Role::Owner);
        }
        assert!(!token(Scope::Admin).may(Act::HoldKeys));
    }

    #[test]
    fn reach_decides_what_is_seen() {
        let reach = |reach| agent(Restrictions { reach, ..Restrictions::default() }).sight();
        let (me, team) = (Some(PersonId(uuid::Uuid::from_u128(1))), Some(TeamId(uuid::Uuid::from_u128(7))));
        assert!(reach(Reach::Everybody).sees(None, None));
        assert!(reach(Reach::Team).sees(None, team) && reach(Reach::Team).sees(me, None));
        assert!(!reach(Reach::Team).sees(None, None));
        assert!(reach(Reach::Own).sees(me, None) && !reach(Reach::Own).sees(None, team));
    }

    #[test]
    fn somebody_bound_to_assignments_writes_only_there() {
        let tom = agent(Restrictions { only_assigned: true, ..Restrictions::default() });
        assert!(tom.may_write_to(Some(tom.id), None) && tom.may_write_to(None, Some(tom.teams[0])));
        assert!(!tom.may_write_to(None, None));
    }

    #[test]
    fn every_role_is_read_back_from_its_word() {
        for role in Role::ALL {
            assert_eq!(role.as_str().parse(), Ok(role));
        }
    }
}
