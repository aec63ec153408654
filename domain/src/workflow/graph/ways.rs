//! The named ways of a Branch step: what hangs on a way goes where the way goes.

use super::{Graph, Refusal, StepId};
use crate::workflow::exit::Exit;
use crate::workflow::step::StepKind;

impl Graph {
    /// Takes a way (counted from 1) out of a Branch, with what hangs on it; answers what is gone. The steps of the ways
    /// behind it stay on theirs.
    pub fn remove_way(&mut self, id: StepId, number: u8) -> Result<Vec<StepId>, Refusal> {
        let way = Exit::Branch(number);
        let step = self.steps.get_mut(&id).ok_or(Refusal::NoSuchStep)?;
        let StepKind::Branch(branch) = &mut step.kind else { return Err(Refusal::NoSuchExit) };
        let index = usize::from(number).checked_sub(1).filter(|index| *index < branch.branches.len());
        branch.branches.remove(index.ok_or(Refusal::NoSuchExit)?);
        let last = u8::try_from(branch.branches.len()).unwrap_or(u8::MAX);
        let lost = step.exits.remove(&way);
        for later in number..=last {
            if let Some(child) = step.exits.remove(&Exit::Branch(later + 1)) {
                step.exits.insert(Exit::Branch(later), child);
            }
        }
        let gone = lost.map(|lost| self.branch(lost)).unwrap_or_default();
        self.steps.retain(|step, _| !gone.contains(step));
        Ok(gone)
    }

    /// Changes places with the way before it: ways are looked at from top to bottom.
    pub fn raise_way(&mut self, id: StepId, number: u8) -> Result<(), Refusal> {
        let step = self.steps.get_mut(&id).ok_or(Refusal::NoSuchStep)?;
        let StepKind::Branch(branch) = &mut step.kind else { return Err(Refusal::NoSuchExit) };
        if number < 2 || usize::from(number) > branch.branches.len() {
            return Err(Refusal::NoSuchExit);
        }
        branch.branches.swap(usize::from(number) - 1, usize::from(number) - 2);
        let (above, below) = (Exit::Branch(number - 1), Exit::Branch(number));
        let (first, second) = (step.exits.remove(&above), step.exits.remove(&below));
        step.exits.extend(second.map(|child| (above, child)));
        step.exits.extend(first.map(|child| (below, child)));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::samples::{branch, say};
    use super::super::Place;
    use super::*;

    fn three() -> (Graph, StepId, [StepId; 3]) {
        let mut graph = Graph::default();
        let fork = graph.insert(Place::First, "Fork".into(), branch(3)).unwrap();
        let below = [1, 2, 3].map(|way| {
            graph.insert(Place::After(fork, Exit::Branch(way)), format!("Below {way}"), say("Hi")).unwrap()
        });
        (graph, fork, below)
    }

    #[test]
    fn a_way_that_goes_leaves_the_others_their_steps() {
        let (mut graph, fork, [one, two, three]) = three();
        assert_eq!(graph.remove_way(fork, 2), Ok(vec![two]));
        assert_eq!(graph.at(Place::After(fork, Exit::Branch(1))), Some(one));
        assert_eq!(graph.at(Place::After(fork, Exit::Branch(2))), Some(three));
        assert!(graph.is_tree());
        assert_eq!(graph.remove_way(fork, 3), Err(Refusal::NoSuchExit));
        assert_eq!(graph.remove_way(one, 1), Err(Refusal::NoSuchExit));
    }

    #[test]
    fn a_way_moves_up_with_its_steps() {
        let (mut graph, fork, [one, two, _]) = three();
        graph.raise_way(fork, 2).unwrap();
        assert_eq!(graph.at(Place::After(fork, Exit::Branch(1))), Some(two));
        assert_eq!(graph.at(Place::After(fork, Exit::Branch(2))), Some(one));
        assert!(graph.is_tree());
        assert_eq!(graph.raise_way(fork, 1), Err(Refusal::NoSuchExit));
    }
}
