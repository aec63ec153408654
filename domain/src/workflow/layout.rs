//! Where everything stands on the canvas: a tree from top to bottom, its branches side by side. The trigger is on top;
//! every way out that leads nowhere ends in a ghost that says so.

use super::exit::Exit;
use super::graph::{Graph, Place, StepId};
use super::step::{Step, StepKind};

/// A node's width and height, in pixels at 100 %.
pub const NODE: (i32, i32) = (216, 60);
/// Between a node and the next below it.
pub const DROP: i32 = 32;
/// Between a node and branches below it: there is a name on each.
pub const FORK: i32 = 56;
/// Between two branches side by side.
pub const GAP: i32 = 32;
/// A ghost's width and height.
pub const GHOST: (i32, i32) = (96, 24);
/// Around everything.
const MARGIN: i32 = 24;

/// Everything with its place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Layout {
    pub width: i32,
    pub height: i32,
    /// The trigger's upper left corner.
    pub trigger: (i32, i32),
    /// Each step's upper left corner, from top to bottom.
    pub nodes: Vec<(StepId, (i32, i32))>,
    pub lines: Vec<Line>,
    /// Ways that lead nowhere: the ghost's upper middle.
    pub ghosts: Vec<(Place, (i32, i32))>,
}

/// A line from the bottom of one thing to the top of the next, with a place to add a step on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    pub place: Place,
    pub from: (i32, i32),
    pub to: (i32, i32),
    /// Whether the way has a name, because there are several.
    pub named: bool,
}

/// The ways out that are drawn: the one for unsent messages only when something hangs on it.
pub fn drawn(step: &Step) -> Vec<Exit> {
    let exits = step.kind.exits();
    exits.into_iter().filter(|exit| *exit != Exit::MessageFailure || step.exits.contains_key(exit)).collect()
}

/// What a way out is called on the canvas.
pub fn exit_name(kind: &StepKind, exit: Exit) -> String {
    match (kind, exit) {
        (StepKind::Branch(branch), Exit::Branch(number)) => {
            let way = branch.branches.get(usize::from(number).saturating_sub(1));
            way.map(|way| way.name.clone()).unwrap_or_default()
        }
        (StepKind::DateTime(_), Exit::Success) => "Yes".into(),
        (StepKind::DateTime(_), Exit::Failure) => "No".into(),
        (StepKind::AiAgent(_), Exit::Success) => "Reached".into(),
        (StepKind::AskQuestion(_), Exit::Success) => "Answered".into(),
        (StepKind::AskQuestion(_), Exit::Failure) => "Invalid answer".into(),
        (_, Exit::Next) => "Next".into(),
        (_, Exit::Success) => "Success".into(),
        (_, Exit::Branch(number)) => format!("Branch {number}"),
        (_, Exit::Else) => "Else".into(),
        (_, Exit::Failure) => "Failure".into(),
        (StepKind::AssignTo(_), Exit::Timeout) => "Nobody fits".into(),
        (_, Exit::Timeout) => "No answer".into(),
        (_, Exit::MessageFailure) => "Not sent".into(),
        (_, Exit::HandOver) => "Wants a person".into(),
    }
}

/// Lays a workflow out.
pub fn lay_out(graph: &Graph) -> Layout {
    let mut layout = Layout::default();
    let width = match graph.first {
        Some(first) => span(graph, first).max(NODE.0),
        None => NODE.0,
    };
    let middle = MARGIN + width / 2;
    layout.trigger = (middle - NODE.0 / 2, MARGIN);
    let bottom = MARGIN + NODE.1;
    hang(graph, Place::First, graph.first, (middle, bottom), (MARGIN, width), false, &mut layout);
    layout.width = width + 2 * MARGIN;
    let lowest_node = layout.nodes.iter().map(|(_, (_, y))| y + NODE.1).max().unwrap_or(bottom);
    let lowest_ghost = layout.ghosts.iter().map(|(_, (_, y))| y + GHOST.1).max().unwrap_or(bottom);
    layout.height = lowest_node.max(lowest_ghost) + MARGIN;
    layout
}

/// How wide a step is with everything below it.
fn span(graph: &Graph, id: StepId) -> i32 {
    let Some(step) = graph.steps.get(&id) else { return GHOST.0 };
    let ways = drawn(step);
    let below: i32 =
        ways.iter().map(|exit| step.exits.get(exit).map_or(GHOST.0, |child| span(graph, *child))).sum();
    let gaps = GAP * i32::try_from(ways.len().saturating_sub(1)).unwrap_or(0);
    (below + gaps).max(NODE.0)
}

/// Draws what hangs at a place: `from` is where its line begins, `room` the left edge and width it has.
fn hang(
    graph: &Graph,
    place: Place,
    child: Option<StepId>,
    from: (i32, i32),
    room: (i32, i32),
    named: bool,
    layout: &mut Layout,
) {
    let middle = room.0 + room.1 / 2;
    let top = from.1 + if named { FORK } else { DROP };
    layout.lines.push(Line { place, from, to: (middle, top), named });
    let Some((id, step)) = child.and_then(|id| Some((id, graph.steps.get(&id)?))) else {
        layout.ghosts.push((place, (middle, top)));
        return;
    };
    layout.nodes.push((id, (middle - NODE.0 / 2, top)));
    let ways = drawn(step);
    let spans: Vec<i32> =
        ways.iter().map(|exit| step.exits.get(exit).map_or(GHOST.0, |child| span(graph, *child))).collect();
    let gaps = GAP * i32::try_from(ways.len().saturating_sub(1)).unwrap_or(0);
    let mut left = middle - (spans.iter().sum::<i32>() + gaps) / 2;
    for (exit, width) in ways.iter().zip(spans) {
        let below = step.exits.get(exit).copied();
        let start = (middle, top + NODE.1);
        hang(graph, Place::After(id, *exit), below, start, (left, width), ways.len() > 1, layout);
        left += width + GAP;
    }
}

#[cfg(test)]
mod tests {
    use super::super::gallery;
    use super::super::samples::{branch, say};
    use super::*;

    fn overlaps(one: (i32, i32), two: (i32, i32)) -> bool {
        (one.0 - two.0).abs() < NODE.0 && (one.1 - two.1).abs() < NODE.1
    }

    #[test]
    fn steps_in_a_row_stand_below_each_other() {
        let mut graph = Graph::default();
        graph.insert(Place::First, "Two".into(), say("2")).unwrap();
        graph.insert(Place::First, "One".into(), say("1")).unwrap();
        let layout = lay_out(&graph);
        let xs: Vec<i32> = layout.nodes.iter().map(|(_, (x, _))| *x).collect();
        assert_eq!(xs, [layout.trigger.0, layout.trigger.0]);
        let gap = layout.nodes[1].1.1 - layout.nodes[0].1.1;
        assert_eq!(gap, NODE.1 + DROP);
        assert_eq!(layout.ghosts.len(), 1);
    }

    #[test]
    fn nothing_covers_anything_in_any_template() {
        for template in gallery::all() {
            let layout = lay_out(&(template.build)());
            for (n, (_, one)) in layout.nodes.iter().enumerate() {
                assert!(!overlaps(*one, layout.trigger), "{}", template.name);
                assert!(
                    layout.nodes[n + 1..].iter().all(|(_, two)| !overlaps(*one, *two)),
                    "{}",
                    template.name
                );
                assert!(one.0 >= 0 && one.0 + NODE.0 <= layout.width && one.1 + NODE.1 <= layout.height);
            }
        }
    }

    #[test]
    fn a_hundred_steps_are_laid_out() {
        let mut graph = Graph::default();
        for _ in 0..9 {
            graph.insert(Place::First, "Fork".into(), branch(9)).unwrap();
        }
        while graph.insert(Place::First, "Say".into(), say("Hi")).is_ok() {}
        assert_eq!(lay_out(&graph).nodes.len(), 100);
    }

    #[test]
    fn a_canvas_without_steps_shows_where_the_first_goes() {
        let layout = lay_out(&Graph::default());
        assert_eq!(layout.ghosts, [(Place::First, (MARGIN + NODE.0 / 2, MARGIN + NODE.1 + DROP))]);
    }
}
