//! Going from one thing to the next by arrows, along the tree.

use super::{BuilderState, Spot};
use domain::workflow::graph::{Graph, Place};
use domain::workflow::layout::drawn;

/// Which way an arrow points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Toward {
    Up,
    Down,
    Before,
    Behind,
}

/// The ways out of a spot that are drawn, from left to right.
pub fn ends(graph: &Graph, spot: Spot) -> Vec<Place> {
    match spot {
        Spot::Trigger => vec![Place::First],
        Spot::Step(id) => match graph.steps.get(&id) {
            Some(step) => drawn(step).into_iter().map(|exit| Place::After(id, exit)).collect(),
            None => Vec::new(),
        },
        Spot::End(_) => Vec::new(),
    }
}

fn at(graph: &Graph, place: Place) -> Spot {
    graph.at(place).map_or(Spot::End(place), Spot::Step)
}

/// Where a spot hangs.
fn place_of(graph: &Graph, spot: Spot) -> Option<Place> {
    match spot {
        Spot::Trigger => None,
        Spot::Step(id) => graph.place_of(id),
        Spot::End(place) => Some(place),
    }
}

fn holder(place: Place) -> Spot {
    match place {
        Place::First => Spot::Trigger,
        Place::After(id, _) => Spot::Step(id),
    }
}

impl BuilderState {
    /// Goes on from the selection. Where nothing is, it stays.
    pub fn walk(&mut self, toward: Toward) {
        if let Some(next) = self.next(toward) {
            self.select(next);
        }
    }

    fn next(&self, toward: Toward) -> Option<Spot> {
        let (graph, here) = (&*self.graph, self.selected);
        match toward {
            Toward::Down => ends(graph, here).first().map(|place| at(graph, *place)),
            Toward::Up => place_of(graph, here).map(holder),
            Toward::Before => self.beside(here, false),
            Toward::Behind => self.beside(here, true),
        }
    }

    /// The neighbour on the next way of the fork above.
    fn beside(&self, mut here: Spot, forward: bool) -> Option<Spot> {
        // Within a lane there is nobody beside; the lane's own neighbour is.
        loop {
            let place = place_of(&self.graph, here)?;
            let fork = holder(place);
            let ways = ends(&self.graph, fork);
            let index = ways.iter().position(|way| *way == place)?;
            let next = if forward { ways.get(index + 1) } else { index.checked_sub(1).map(|n| &ways[n]) };
            match next {
                Some(next) => return Some(at(&self.graph, *next)),
                None => here = fork,
            }
        }
    }
}
