//! The workflow as an indented list: the canvas's twin for keyboards and screen readers.

use super::Spot;
use domain::workflow::exit::Exit;
use domain::workflow::graph::{Graph, Place, StepId};
use domain::workflow::layout::drawn;

/// A line of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutlineLine {
    pub spot: Spot,
    /// How far it is indented; the trigger is at 1.
    pub level: usize,
    /// The way it is the first line of, where there are several.
    pub way: Option<(StepId, Exit)>,
    /// Which one it is among its siblings, counted from 1, and how many there are.
    pub among: (usize, usize),
}

/// All lines from top to bottom. Steps in a row stand below each other; the ways of a fork are indented.
pub fn outline(graph: &Graph) -> Vec<OutlineLine> {
    let mut lines = vec![OutlineLine { spot: Spot::Trigger, level: 1, way: None, among: (1, 1) }];
    lane(graph, Place::First, 1, None, &mut lines);
    number(&mut lines);
    lines
}

fn lane(
    graph: &Graph,
    mut place: Place,
    level: usize,
    mut way: Option<(StepId, Exit)>,
    lines: &mut Vec<OutlineLine>,
) {
    loop {
        let found = graph.at(place).and_then(|id| Some((id, graph.steps.get(&id)?)));
        let spot = found.map_or(Spot::End(place), |(id, _)| Spot::Step(id));
        lines.push(OutlineLine { spot, level, way: way.take(), among: (0, 0) });
        let Some((id, step)) = found else { return };
        match drawn(step).as_slice() {
            [] => return,
            [only] => place = Place::After(id, *only),
            several => {
                for exit in several {
                    lane(graph, Place::After(id, *exit), level + 1, Some((id, *exit)), lines);
                }
                return;
            }
        }
    }
}

/// Tells every line which one it is among its siblings: a screen reader says "2 of 5".
fn number(lines: &mut [OutlineLine]) {
    for index in 0..lines.len() {
        let level = lines[index].level;
        let same = |line: &&OutlineLine| line.level == level;
        let inside = |line: &&OutlineLine| line.level >= level;
        let before = lines[..index].iter().rev().take_while(inside).filter(same).count();
        let after = lines[index + 1..].iter().take_while(inside).filter(same).count();
        lines[index].among = (before + 1, before + 1 + after);
    }
}
