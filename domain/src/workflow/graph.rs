//! A workflow as it is drawn: a trigger and a tree of steps. Here are the moves of the builder, each of which keeps the
//! tree a tree and the limit of 100 steps (WF-08).

mod piece;
mod tags;
mod ways;

pub use piece::Piece;

use super::exit::Exit;
use super::step::{Step, StepKind};
use super::trigger::Trigger;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// The most steps a workflow has (WF-08).
pub const MOST_STEPS: usize = 100;

/// A step's number; unique within its workflow, and kept for good.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct StepId(pub u32);

impl fmt::Display for StepId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A trigger and its steps.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Graph {
    pub trigger: Option<Trigger>,
    /// The step behind the trigger.
    pub first: Option<StepId>,
    #[serde(default)]
    pub steps: BTreeMap<StepId, Step>,
}

/// A place where a step can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// Behind the trigger.
    First,
    /// Behind a way out of a step.
    After(StepId, Exit),
}

/// Why a move of the builder is not possible.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("A workflow has at most 100 steps.")]
    TooManySteps,
    #[error("This step is not there any more.")]
    NoSuchStep,
    #[error("This way out is not there any more.")]
    NoSuchExit,
    #[error("A step cannot be moved behind itself.")]
    IntoItself,
}

impl Graph {
    /// The step at a place.
    pub fn at(&self, place: Place) -> Option<StepId> {
        match place {
            Place::First => self.first,
            Place::After(step, exit) => self.steps.get(&step)?.exits.get(&exit).copied(),
        }
    }

    /// Where a step is; every step of a tree is at one place.
    pub fn place_of(&self, id: StepId) -> Option<Place> {
        if self.first == Some(id) {
            return Some(Place::First);
        }
        self.steps.iter().find_map(|(parent, step)| {
            let (exit, _) = step.exits.iter().find(|(_, child)| **child == id)?;
            Some(Place::After(*parent, *exit))
        })
    }

    /// A step and everything that hangs on it, from top to bottom. What hangs in a circle is listed once.
    pub fn branch(&self, from: StepId) -> Vec<StepId> {
        let mut seen = BTreeSet::new();
        let mut found = Vec::new();
        let mut open = vec![from];
        while let Some(id) = open.pop() {
            if let Some(step) = self.steps.get(&id).filter(|_| seen.insert(id)) {
                found.push(id);
                open.extend(step.kind.exits().iter().rev().filter_map(|exit| step.exits.get(exit)));
            }
        }
        found
    }

    /// All steps that the trigger leads to, from top to bottom.
    pub fn walk(&self) -> Vec<StepId> {
        self.first.map(|first| self.branch(first)).unwrap_or_default()
    }

    /// Adds a step. What was there hangs on its main way out.
    pub fn insert(&mut self, place: Place, name: String, kind: StepKind) -> Result<StepId, Refusal> {
        if self.steps.len() >= MOST_STEPS {
            return Err(Refusal::TooManySteps);
        }
        self.check_place(place)?;
        let id = self.free_id();
        let follower = self.at(place);
        let exits = follower.map(|follower| (kind.main_exit(), follower)).into_iter().collect();
        self.steps.insert(id, Step { name, kind, comment: String::new(), exits });
        self.put(place, Some(id));
        Ok(id)
    }

    /// Removes a step and everything that hangs on it; answers what is gone.
    pub fn remove(&mut self, id: StepId) -> Result<Vec<StepId>, Refusal> {
        let place = self.place_of(id).filter(|_| self.steps.contains_key(&id)).ok_or(Refusal::NoSuchStep)?;
        let gone = self.branch(id);
        self.put(place, None);
        self.steps.retain(|step, _| !gone.contains(step));
        Ok(gone)
    }

    /// Moves a step with everything that hangs on it. What was at the new place hangs on the end of its main way.
    pub fn relocate(&mut self, id: StepId, to: Place) -> Result<(), Refusal> {
        let from = self.place_of(id).filter(|_| self.steps.contains_key(&id)).ok_or(Refusal::NoSuchStep)?;
        self.check_place(to)?;
        let moved = self.branch(id);
        if from == to {
            return Ok(());
        }
        if matches!(to, Place::After(step, _) if moved.contains(&step)) {
            return Err(Refusal::IntoItself);
        }
        self.put(from, None);
        let follower = self.at(to);
        self.put(to, Some(id));
        if let Some(follower) = follower {
            let end = self.main_end(id);
            self.put(end, Some(follower));
        }
        Ok(())
    }

    /// Gives a step new settings. Ways out that are no longer there lose what hung on them; answers what is gone.
    pub fn change(&mut self, id: StepId, kind: StepKind) -> Result<Vec<StepId>, Refusal> {
        let step = self.steps.get_mut(&id).ok_or(Refusal::NoSuchStep)?;
        step.kind = kind;
        let kept = step.kind.exits();
        let lost: Vec<StepId> =
            step.exits.iter().filter(|(exit, _)| !kept.contains(exit)).map(|(_, child)| *child).collect();
        step.exits.retain(|exit, _| kept.contains(exit));
        let gone: Vec<StepId> = lost.into_iter().flat_map(|child| self.branch(child)).collect();
        self.steps.retain(|step, _| !gone.contains(step));
        Ok(gone)
    }

    /// Gives a step another name.
    pub fn rename(&mut self, id: StepId, name: String) -> Result<(), Refusal> {
        self.steps.get_mut(&id).ok_or(Refusal::NoSuchStep)?.name = name;
        Ok(())
    }

    /// Tells the next author something about a step.
    pub fn annotate(&mut self, id: StepId, comment: String) -> Result<(), Refusal> {
        self.steps.get_mut(&id).ok_or(Refusal::NoSuchStep)?.comment = comment;
        Ok(())
    }

    /// Whether it is a tree: every step hangs on the trigger, at one place, on a way out it has.
    pub fn is_tree(&self) -> bool {
        let children = self.steps.values().flat_map(|step| step.exits.values()).chain(&self.first);
        let mut hung = BTreeSet::new();
        let once = children.into_iter().all(|child| self.steps.contains_key(child) && hung.insert(*child));
        let ways = self.steps.values().all(|step| {
            let exits = step.kind.exits();
            step.exits.keys().all(|exit| exits.contains(exit))
        });
        once && ways && self.walk().len() == self.steps.len()
    }

    /// Whether something can stand there.
    pub fn has_place(&self, place: Place) -> bool {
        self.check_place(place).is_ok()
    }

    fn check_place(&self, place: Place) -> Result<(), Refusal> {
        let Place::After(step, exit) = place else { return Ok(()) };
        let step = self.steps.get(&step).ok_or(Refusal::NoSuchStep)?;
        step.kind.exits().contains(&exit).then_some(()).ok_or(Refusal::NoSuchExit)
    }

    fn put(&mut self, place: Place, child: Option<StepId>) {
        match place {
            Place::First => self.first = child,
            Place::After(step, exit) => {
                if let Some(step) = self.steps.get_mut(&step) {
                    match child {
                        Some(child) => step.exits.insert(exit, child),
                        None => step.exits.remove(&exit),
                    };
                }
            }
        }
    }

    /// The open end behind a step's main way.
    fn main_end(&self, mut id: StepId) -> Place {
        loop {
            let Some(step) = self.steps.get(&id) else { return Place::First };
            let exit = step.kind.main_exit();
            match step.exits.get(&exit) {
                Some(next) => id = *next,
                None => return Place::After(id, exit),
            }
        }
    }

    fn free_id(&self) -> StepId {
        StepId(self.steps.keys().next_back().map_or(1, |last| last.0.saturating_add(1)))
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::{branch, say};
    use super::*;
    use proptest::prelude::*;

    fn add(graph: &mut Graph, place: Place, kind: StepKind) -> StepId {
        graph.insert(place, "Step".into(), kind).unwrap()
    }

    fn chain(length: usize) -> Graph {
        let mut graph = Graph::default();
        for _ in 0..length {
            add(&mut graph, Place::First, say("Hi"));
        }
        graph
    }

    #[test]
    fn a_step_between_two_others_carries_what_followed() {
        let mut graph = Graph::default();
        let last = add(&mut graph, Place::First, say("Bye"));
        let first = add(&mut graph, Place::First, say("Hi"));
        let middle = add(&mut graph, Place::After(first, Exit::Next), branch(2));
        assert_eq!(graph.walk(), [first, middle, last]);
        assert_eq!(graph.place_of(last), Some(Place::After(middle, Exit::Branch(1))));
    }

    #[test]
    fn the_hundred_and_first_step_is_refused() {
        let mut graph = chain(MOST_STEPS);
        let refused = graph.insert(Place::First, "One more".into(), say("Hi"));
        assert_eq!(refused, Err(Refusal::TooManySteps));
        assert!(graph.is_tree());
    }

    #[test]
    fn removing_a_step_removes_what_hangs_on_it() {
        let mut graph = chain(5);
        let third = graph.walk()[2];
        assert_eq!(graph.remove(third).unwrap().len(), 3);
        assert_eq!(graph.steps.len(), 2);
        assert!(graph.is_tree());
        assert_eq!(graph.remove(third), Err(Refusal::NoSuchStep));
    }

    #[test]
    fn children_move_along_and_nothing_moves_behind_itself() {
        let mut graph = Graph::default();
        let fork = add(&mut graph, Place::First, branch(2));
        let left = add(&mut graph, Place::After(fork, Exit::Branch(1)), say("Left"));
        let below = add(&mut graph, Place::After(left, Exit::Next), say("Below"));
        let right = add(&mut graph, Place::After(fork, Exit::Branch(2)), say("Right"));
        graph.relocate(left, Place::After(fork, Exit::Branch(2))).unwrap();
        assert_eq!(graph.branch(left), [left, below, right]);
        let refused = graph.relocate(fork, Place::After(below, Exit::Next));
        assert_eq!(refused, Err(Refusal::IntoItself));
        assert!(graph.is_tree());
    }

    #[test]
    fn a_branch_that_is_taken_away_takes_its_steps_along() {
        let mut graph = Graph::default();
        let fork = add(&mut graph, Place::First, branch(2));
        let right = add(&mut graph, Place::After(fork, Exit::Branch(2)), say("Right"));
        assert_eq!(graph.change(fork, branch(1)), Ok(vec![right]));
        assert!(graph.is_tree());
    }

    proptest! {
        #[test]
        fn a_tree_stays_a_tree_whatever_is_done(moves in proptest::collection::vec((0u8..4, 0usize..40, 0usize..60), 1..60)) {
            let mut graph = Graph::default();
            for (what, one, two) in moves {
                let steps = graph.walk();
                let places: Vec<Place> = std::iter::once(Place::First)
                    .chain(steps.iter().flat_map(|id| {
                        let exits = graph.steps[id].kind.exits();
                        exits.into_iter().map(|exit| Place::After(*id, exit)).collect::<Vec<_>>()
                    }))
                    .collect();
                let place = places[two % places.len()];
                let step = steps.get(one % steps.len().max(1)).copied();
                match (what, step) {
                    (0, _) => { let _ = graph.insert(place, "Step".into(), say("Hi")); }
                    (1, _) => { let _ = graph.insert(place, "Fork".into(), branch(3)); }
                    (2, Some(step)) => { let _ = graph.relocate(step, place); }
                    (_, Some(step)) if two % 3 == 0 => { let _ = graph.remove(step); }
                    (_, _) => {}
                }
                prop_assert!(graph.is_tree());
            }
        }
    }
}
