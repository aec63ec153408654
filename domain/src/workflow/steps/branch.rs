//! Branch: the first branch whose conditions hold, else Else.

use crate::workflow::check::Workspace;
use crate::workflow::condition::Conditions;
use crate::workflow::exit::{Exit, MOST_BRANCHES};
use crate::workflow::turn::{Because, Sight, Turn};
use serde::{Deserialize, Serialize};

/// Ways that depend on what is known.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Branch {
    #[serde(default)]
    pub branches: Vec<Way>,
}

/// One way with its name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Way {
    pub name: String,
    #[serde(default)]
    pub conditions: Conditions,
}

impl Branch {
    pub fn check(&self, here: &Workspace) -> Vec<(&'static str, String)> {
        let mut flaws = Vec::new();
        if self.branches.is_empty() || self.branches.len() > usize::from(MOST_BRANCHES) {
            flaws.push(("branches", "A branch step has 1 to 9 branches besides Else.".into()));
        }
        for way in &self.branches {
            if way.conditions.tests.is_empty() {
                flaws.push(("branches", format!("“{}” has no condition. Add one.", way.name)));
            }
            if let Err(wrong) = way.conditions.check(here) {
                flaws.push(("branches", format!("“{}”: {wrong}", way.name)));
            }
        }
        flaws
    }

    pub fn enter(&self, sight: &Sight<'_, '_>) -> Turn {
        let scope = sight.scope();
        let mut tested = Vec::new();
        for (way, number) in self.branches.iter().zip(1..=MOST_BRANCHES) {
            let (holds, table) = way.conditions.judge(&scope);
            tested.push((way.name.clone(), table));
            if holds {
                return Turn::leave(Exit::Branch(number)).because(Because::Branches { tested });
            }
        }
        Turn::leave(Exit::Else).because(Because::Branches { tested })
    }

    /// The ways out.
    pub fn exits(&self) -> Vec<Exit> {
        let ways = (1..=MOST_BRANCHES).take(self.branches.len()).map(Exit::Branch);
        ways.chain([Exit::Else]).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workflow::condition::{Join, Operator, Subject, Test};
    use crate::workflow::field::FieldKey;
    use crate::workflow::samples::Stand;
    use crate::workflow::turn::Next;

    fn from(country: &str) -> Way {
        let subject = Subject::ContactField { field: FieldKey::new("country").unwrap() };
        let test = Test { subject, operator: Operator::Equal, values: vec![country.into()] };
        Way { name: country.into(), conditions: Conditions { join: Join::And, tests: vec![test] } }
    }

    #[test]
    fn the_first_branch_that_holds_is_taken_and_else_when_none_does() {
        let stand = Stand::new();
        let taken = |ways: Vec<Way>| Branch { branches: ways }.enter(&stand.sight()).next;
        assert_eq!(taken(vec![from("Sweden"), from("Norway"), from("norway")]), Next::Leave(Exit::Branch(2)));
        assert_eq!(taken(vec![from("Sweden")]), Next::Leave(Exit::Else));
    }

    #[test]
    fn a_way_without_condition_is_a_flaw() {
        let here = Workspace { fields: crate::workflow::field::builtin(), ..Workspace::default() };
        let way = Way { name: "Anything".into(), conditions: Conditions::default() };
        assert_eq!(Branch { branches: vec![way] }.check(&here).len(), 1);
        assert_eq!(Branch { branches: vec![from("Norway"); 10] }.check(&here).len(), 1);
    }
}
