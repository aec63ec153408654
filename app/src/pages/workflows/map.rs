//! A workflow as a picture: the layout of the canvas, only to be looked at.

use crate::text::{builder as steps, workflows as words};
use domain::workflow::exit::Exit;
use domain::workflow::graph::{Graph, Place, StepId};
use domain::workflow::layout::{GHOST, Layout, Line, NODE, lay_out};
use domain::workflow::view::{RunLine, RunNow};
use leptos::html;
use leptos::prelude::*;
use std::collections::BTreeSet;

/// The most characters of a way's name on a line.
const MOST_NAME: usize = 18;

/// Where a run came along.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trail {
    steps: BTreeSet<StepId>,
    ways: BTreeSet<(StepId, Exit)>,
    /// Where it is, or ended.
    last: Option<StepId>,
    /// Whether it has begun: then the line behind the trigger is part of it.
    begun: bool,
}

impl Trail {
    /// From a run's log and where it is now.
    pub fn of(lines: &[RunLine], now: &RunNow) -> Self {
        let here = match now {
            RunNow::Going { step, .. } | RunNow::Waiting { step, .. } => Some(*step),
            RunNow::Ended { .. } => None,
        };
        let ways = lines.iter().filter_map(|line| Some((line.step, line.exit?))).collect();
        let steps: BTreeSet<StepId> = lines.iter().map(|line| line.step).chain(here).collect();
        let last = here.or_else(|| lines.last().map(|line| line.step));
        Self { begun: !steps.is_empty(), steps, ways, last }
    }

    /// Whether a step is on it.
    pub fn has(&self, step: StepId) -> bool {
        self.steps.contains(&step)
    }

    /// Whether it is, or ended, at a step.
    pub fn is_at(&self, step: StepId) -> bool {
        self.last == Some(step)
    }

    /// Whether it leads over a way.
    pub fn passes(&self, place: Place) -> bool {
        match place {
            Place::First => self.begun,
            Place::After(step, exit) => self.ways.contains(&(step, exit)),
        }
    }
}

/// The picture, with the path of a run if there is one. A list beside it says the same in words.
#[component]
pub fn Map(graph: Graph, #[prop(optional)] trail: Trail) -> impl IntoView {
    let Layout { width, height, trigger, nodes, lines, ghosts } = lay_out(&graph);
    let label = words::map_of(graph.steps.len());
    let wires = lines.iter().map(|line| wire(line, trail.passes(line.place))).collect_view();
    let names = lines
        .iter()
        .filter(|line| line.named)
        .map(|line| way(&graph, line, trail.passes(line.place)))
        .collect_view();
    let first =
        graph.trigger.as_ref().map_or(words::no_trigger(), |trigger| steps::trigger_name(&trigger.kind));
    let boxes = nodes.iter().filter_map(|(id, at)| {
        let step = graph.steps.get(id)?;
        let (on, now) = (trail.has(*id), trail.is_at(*id));
        Some(node(*at, step.name.clone(), steps::step_name(&step.kind), on, now))
    });
    let ends = ghosts.iter().map(|(place, at)| ghost(*at, trail.passes(*place))).collect_view();
    // What is wider than the screen is seen from its trigger on.
    let frame = NodeRef::<html::Div>::new();
    Effect::new(move || {
        if let Some(frame) = frame.get() {
            frame.set_scroll_left((frame.scroll_width() - frame.client_width()) / 2);
        }
    });
    view! {
        <div class="map" tabindex="0" role="group" aria-label=words::path() node_ref=frame>
            <svg width=width height=height viewBox=format!("0 0 {width} {height}") role="img" aria-label=label data-trail=trail.begun.then_some("")>
                {wires}
                {names}
                {ends}
                {node(trigger, first.to_owned(), words::trigger(), trail.begun, false)}
                {boxes.collect_view()}
            </svg>
        </div>
    }
}

/// Down, across, down.
fn wire(line: &Line, on: bool) -> impl IntoView + use<> {
    let ((x, y), (to_x, to_y)) = (line.from, line.to);
    let bend = y + (to_y - y).min(32) / 2;
    view! { <path class="map-wire" data-on=on.then_some("") d=format!("M{x} {y}V{bend}H{to_x}V{to_y}") /> }
}

fn way(graph: &Graph, line: &Line, on: bool) -> impl IntoView + use<> {
    let name = match line.place {
        Place::First => String::new(),
        Place::After(step, exit) => {
            graph.steps.get(&step).map(|step| steps::exit_name(&step.kind, exit)).unwrap_or_default()
        }
    };
    view! {
        <text class="map-way" data-on=on.then_some("") x=line.to.0 y=line.to.1 - 10 text-anchor="middle">{shortened(&name)}</text>
    }
}

fn shortened(name: &str) -> String {
    if name.chars().count() <= MOST_NAME {
        return name.to_owned();
    }
    name.chars().take(MOST_NAME - 1).chain(['…']).collect()
}

fn node(at: (i32, i32), name: String, kind: &'static str, on: bool, now: bool) -> impl IntoView + use<> {
    view! {
        <g class="map-step" data-on=on.then_some("") data-now=now.then_some("")>
            <rect x=at.0 y=at.1 width=NODE.0 height=NODE.1 rx="10" />
            <foreignObject x=at.0 y=at.1 width=NODE.0 height=NODE.1>
                <div class="map-face"><b dir="auto">{name}</b><small>{kind}</small></div>
            </foreignObject>
        </g>
    }
}

fn ghost(at: (i32, i32), on: bool) -> impl IntoView + use<> {
    view! {
        <g class="map-end" data-on=on.then_some("")>
            <rect x=at.0 - GHOST.0 / 2 y=at.1 width=GHOST.0 height=GHOST.1 rx="12" />
            <text x=at.0 y=at.1 + 16 text-anchor="middle">{words::ends_here()}</text>
        </g>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::Timestamp;
    use domain::workflow::turn::Because;

    fn line(step: u32, exit: Option<Exit>) -> RunLine {
        RunLine {
            n: i64::from(step),
            at: Timestamp(0),
            step: StepId(step),
            name: "Step".into(),
            kind: "Branch".into(),
            input: None,
            because: Because::Done {},
            found: Vec::new(),
            effects: Vec::new(),
            message: None,
            names: Default::default(),
            exit,
        }
    }

    #[test]
    fn a_trail_leads_over_the_ways_taken_to_where_the_run_is() {
        let lines = [line(1, Some(Exit::Branch(2))), line(4, None)];
        let now = RunNow::Going { step: StepId(4), name: "Step".into() };
        let trail = Trail::of(&lines, &now);
        assert!(trail.passes(Place::First));
        assert!(trail.passes(Place::After(StepId(1), Exit::Branch(2))));
        assert!(!trail.passes(Place::After(StepId(1), Exit::Else)));
        assert_eq!(trail.last, Some(StepId(4)));
        assert!(!Trail::default().passes(Place::First));
    }

    #[test]
    fn a_long_name_of_a_way_is_cut_between_letters() {
        assert_eq!(shortened("Else"), "Else");
        assert_eq!(shortened("Größenberatung für Schuhe"), "Größenberatung fü…");
    }
}
