//! Steps that are copied and put in elsewhere.

use super::{Graph, MOST_STEPS, Place, Refusal, StepId};
use crate::workflow::step::{Step, StepKind};
use std::collections::BTreeMap;

/// A step with what hangs on it, or alone, as it was when it was copied.
#[derive(Clone, Debug, PartialEq)]
pub struct Piece {
    root: StepId,
    steps: BTreeMap<StepId, Step>,
}

impl Piece {
    /// How many steps it has.
    pub fn len(&self) -> usize {
        self.steps.len()
    }

    /// Whether it has no step; no copy is.
    pub fn is_empty(&self) -> bool {
        self.steps.is_empty()
    }

    /// The name of the step that was copied.
    pub fn name(&self) -> &str {
        self.steps.get(&self.root).map_or("", |step| step.name.as_str())
    }
}

impl Graph {
    /// Copies a step without what hangs on it.
    pub fn copy(&self, id: StepId) -> Option<Piece> {
        let step = self.steps.get(&id)?;
        let alone = Step { exits: BTreeMap::new(), ..step.clone() };
        Some(Piece { root: id, steps: [(id, alone)].into() })
    }

    /// Copies a step with everything that hangs on it.
    pub fn copy_branch(&self, id: StepId) -> Option<Piece> {
        let steps: BTreeMap<StepId, Step> =
            self.branch(id).into_iter().filter_map(|id| Some((id, self.steps.get(&id)?.clone()))).collect();
        steps.contains_key(&id).then_some(Piece { root: id, steps })
    }

    /// Puts a copy in. What was there hangs on the end of the copy's main way. Jumps inside the copy stay inside it.
    pub fn paste(&mut self, place: Place, piece: &Piece) -> Result<StepId, Refusal> {
        if self.steps.len() + piece.len() > MOST_STEPS {
            return Err(Refusal::TooManySteps);
        }
        self.check_place(place)?;
        let follower = self.at(place);
        let mut new_ids = BTreeMap::new();
        for old in piece.steps.keys() {
            let next = self.free_id().0.saturating_add(u32::try_from(new_ids.len()).unwrap_or(u32::MAX));
            new_ids.insert(*old, StepId(next));
        }
        for (old, step) in &piece.steps {
            let mut step = step.clone();
            step.exits.retain(|_, child| new_ids.contains_key(child));
            step.exits.values_mut().for_each(|child| *child = new_ids[child]);
            if let StepKind::JumpTo(jump) = &mut step.kind {
                jump.target = jump.target.map(|target| new_ids.get(&target).copied().unwrap_or(target));
            }
            self.steps.insert(new_ids[old], step);
        }
        let root = new_ids[&piece.root];
        self.put(place, Some(root));
        if let Some(follower) = follower {
            let end = self.main_end(root);
            self.put(end, Some(follower));
        }
        Ok(root)
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::exit::Exit;
    use super::super::super::samples::{branch, say};
    use super::super::super::steps::flow::JumpTo;
    use super::*;

    fn fork() -> (Graph, StepId) {
        let mut graph = Graph::default();
        let fork = graph.insert(Place::First, "Fork".into(), branch(2)).unwrap();
        let left = graph.insert(Place::After(fork, Exit::Branch(1)), "Left".into(), say("Left")).unwrap();
        let back = StepKind::JumpTo(JumpTo { target: Some(fork), times: 3 });
        graph.insert(Place::After(left, Exit::Next), "Back".into(), back).unwrap();
        (graph, fork)
    }

    #[test]
    fn a_copied_branch_is_as_large_and_its_jumps_stay_inside() {
        let (mut graph, fork) = fork();
        let piece = graph.copy_branch(fork).unwrap();
        let copy = graph.paste(Place::After(fork, Exit::Else), &piece).unwrap();
        assert_eq!((graph.steps.len(), graph.branch(copy).len()), (6, 3));
        assert!(graph.is_tree());
        let jump = graph.branch(copy)[2];
        let StepKind::JumpTo(jump) = &graph.steps[&jump].kind else { panic!("a jump") };
        assert_eq!(jump.target, Some(copy));
    }

    #[test]
    fn a_step_copied_alone_takes_nothing_along_and_carries_what_followed() {
        let (mut graph, fork) = fork();
        let piece = graph.copy(fork).unwrap();
        let copy = graph.paste(Place::First, &piece).unwrap();
        assert_eq!(graph.walk()[..2], [copy, fork]);
        assert_eq!(graph.place_of(fork), Some(Place::After(copy, Exit::Branch(1))));
        assert!(graph.is_tree());
    }

    #[test]
    fn no_copy_makes_more_than_a_hundred_steps() {
        let mut graph = Graph::default();
        for _ in 0..60 {
            graph.insert(Place::First, "Say".into(), say("Hi")).unwrap();
        }
        let piece = graph.copy_branch(graph.walk()[0]).unwrap();
        assert_eq!(graph.paste(Place::First, &piece), Err(Refusal::TooManySteps));
        assert_eq!(graph.steps.len(), 60);
    }
}
