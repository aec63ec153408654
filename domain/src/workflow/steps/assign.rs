//! Assign To: a person, somebody of a team or of the workspace, or nobody.

use crate::workflow::exit::Exit;
use crate::workflow::settings::LONGEST;
use crate::workflow::turn::{Because, Candidate, Effect, Hold, Input, Sight, Turn, Wait};
use crate::{DAY, PersonId, TeamId};
use serde::{Deserialize, Serialize};

/// How long a contact queues unless the author says otherwise (WF-72).
pub const DEFAULT_TIMEOUT: i64 = 7 * DAY;

/// Gives the conversation to somebody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AssignTo {
    pub to: Target,
    /// Only people who are online.
    #[serde(default)]
    pub online_only: bool,
    /// Only people with fewer open conversations than this.
    #[serde(default)]
    pub fewer_than: Option<u32>,
    /// Milliseconds; at most 7 days.
    #[serde(default = "default_timeout")]
    pub timeout_ms: i64,
}

fn default_timeout() -> i64 {
    DEFAULT_TIMEOUT
}

/// To whom.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum Target {
    User {
        #[serde(default)]
        person: Option<PersonId>,
    },
    Team {
        #[serde(default)]
        team: Option<TeamId>,
        logic: Logic,
    },
    Workspace {
        logic: Logic,
    },
    /// To nobody; the team stays.
    Unassign {},
}

/// Who of several is chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Logic {
    /// Who got none for the longest time.
    RoundRobin,
    /// Who has the fewest open.
    LeastOpen,
}

impl AssignTo {
    pub fn check(
        &self,
        people: &dyn Fn(PersonId) -> bool,
        teams: &dyn Fn(TeamId) -> bool,
    ) -> Vec<(&'static str, String)> {
        let mut flaws = Vec::new();
        match &self.to {
            Target::User { person } if !person.is_some_and(people) => {
                flaws.push(("person", "Choose who gets the conversation.".into()));
            }
            Target::Team { team, .. } if !team.is_some_and(teams) => {
                flaws.push(("team", "Choose the team that gets the conversation.".into()));
            }
            _ => {}
        }
        if !(crate::MINUTE..=LONGEST).contains(&self.timeout_ms) {
            flaws.push(("timeout", "Somebody is looked for between one minute and 7 days.".into()));
        }
        if self.fewer_than == Some(0) {
            flaws.push(("fewer_than", "Nobody has fewer than 0 open conversations.".into()));
        }
        flaws
    }

    pub fn enter(&self, sight: &Sight<'_, '_>) -> Turn {
        match &self.to {
            Target::Unassign {} => done(None, sight.world.thread.team),
            Target::Team { .. } if sight.candidates.is_empty() => {
                // WF-82: an empty team assigns nobody and the contact goes on.
                Turn::leave(Exit::Next).because(Because::EmptyTeam {})
            }
            Target::User { .. } | Target::Team { .. } | Target::Workspace { .. } => {
                match self.choose(sight) {
                    Some(turn) => turn,
                    None => Turn::hold(Wait::Assignee, Some(sight.now() + self.timeout_ms))
                        .because(Because::NobodyFits {}),
                }
            }
        }
    }

    pub fn resume(&self, hold: &Hold, input: &Input, sight: &Sight<'_, '_>) -> Option<Turn> {
        match (hold.wait, input) {
            (Wait::Assignee, Input::Candidates) => self.choose(sight),
            (Wait::Assignee, Input::TimeIsUp) => {
                Some(Turn::leave(Exit::Timeout).because(Because::TimeIsUp {}))
            }
            (_, _) => None,
        }
    }

    fn choose(&self, sight: &Sight<'_, '_>) -> Option<Turn> {
        let fitting = sight.candidates.iter().filter(|candidate| self.fits(candidate));
        let (chosen, team) = match &self.to {
            Target::User { person } => (fitting.into_iter().find(|one| Some(one.id) == *person), None),
            Target::Team { team, logic } => (logic.first_of(fitting), *team),
            Target::Workspace { logic } => (logic.first_of(fitting), None),
            Target::Unassign {} => (None, None),
        };
        chosen.map(|chosen| done(Some(chosen.id), team.or(sight.world.thread.team)))
    }

    fn fits(&self, candidate: &Candidate) -> bool {
        (candidate.online || !self.online_only) && self.fewer_than.is_none_or(|limit| candidate.open < limit)
    }
}

impl Logic {
    fn first_of<'a>(self, candidates: impl Iterator<Item = &'a Candidate>) -> Option<&'a Candidate> {
        let waited = |one: &Candidate| (one.last_assigned_at, one.id);
        match self {
            Self::RoundRobin => candidates.min_by_key(|one| waited(one)),
            Self::LeastOpen => candidates.min_by_key(|one| (one.open, waited(one))),
        }
    }
}

fn done(person: Option<PersonId>, team: Option<TeamId>) -> Turn {
    Turn::leave(Exit::Next).doing(Effect::Assign { person, team }).because(Because::Assigned { person, team })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workflow::samples::{Stand, T0, person};
    use crate::workflow::turn::Next;

    fn candidate(n: u128, online: bool, open: u32, last: Option<i64>) -> Candidate {
        Candidate { id: person(n), online, open, last_assigned_at: last.map(|ms| T0 - ms) }
    }

    fn team(logic: Logic) -> AssignTo {
        let team = Some(TeamId(uuid::Uuid::from_u128(9)));
        AssignTo { to: Target::Team { team, logic }, online_only: false, fewer_than: None, timeout_ms: DAY }
    }

    fn chosen(turn: &Turn) -> Option<PersonId> {
        turn.effects.iter().find_map(|effect| match effect {
            Effect::Assign { person, .. } => *person,
            _ => None,
        })
    }

    #[test]
    fn round_robin_gives_to_who_waited_longest_and_least_open_to_who_has_least() {
        let mut stand = Stand::new();
        stand.candidates = vec![
            candidate(1, true, 0, Some(10)),
            candidate(2, true, 5, Some(20)),
            candidate(3, true, 2, Some(15)),
        ];
        assert_eq!(chosen(&team(Logic::RoundRobin).enter(&stand.sight())), Some(person(2)));
        assert_eq!(chosen(&team(Logic::LeastOpen).enter(&stand.sight())), Some(person(1)));
        stand.candidates.push(candidate(4, true, 9, None));
        assert_eq!(chosen(&team(Logic::RoundRobin).enter(&stand.sight())), Some(person(4)));
    }

    #[test]
    fn a_contact_queues_until_somebody_fits_or_time_is_up() {
        let mut stand = Stand::new();
        stand.candidates = vec![candidate(1, false, 0, None), candidate(2, true, 5, None)];
        let step = AssignTo { online_only: true, fewer_than: Some(5), ..team(Logic::LeastOpen) };
        let Next::Hold(hold) = step.enter(&stand.sight()).next else { panic!("it queues") };
        assert_eq!(hold, Hold { wait: Wait::Assignee, until: Some(T0 + DAY) });
        assert_eq!(step.resume(&hold, &Input::Candidates, &stand.sight()), None);
        stand.candidates[1].open = 4;
        let turn = step.resume(&hold, &Input::Candidates, &stand.sight()).unwrap();
        assert_eq!(chosen(&turn), Some(person(2)));
        let late = step.resume(&hold, &Input::TimeIsUp, &stand.sight()).unwrap();
        assert_eq!(late.next, Next::Leave(Exit::Timeout));
    }

    #[test]
    fn an_empty_team_assigns_nobody_and_the_contact_goes_on() {
        let turn = team(Logic::RoundRobin).enter(&Stand::new().sight());
        assert_eq!((turn.next, turn.because), (Next::Leave(Exit::Next), Because::EmptyTeam {}));
    }
}
