//! The lines between things: one path each for ways, ends, jumps and where a test's run came along. A hundred steps cost
//! no more elements than two.

use super::Places;
use super::dragging::Drag;
use crate::pages::workflows::builder::screen::Screen;
use crate::state::builder::Spot;
use domain::workflow::layout::{DROP, Layout, Line, NODE};
use domain::workflow::step::StepKind;
use leptos::prelude::*;
use std::fmt::Write as _;

/// How round the corners are, in pixels.
const ROUND: i32 = 8;

#[component]
pub fn Lines(
    screen: Screen,
    layout: Memo<Layout>,
    places: Places,
    drag: RwSignal<Option<Drag>>,
) -> impl IntoView {
    let ways = Memo::new(move |_| layout.with(|layout| paths(layout, |line| !is_end(layout, line))));
    let ends = Memo::new(move |_| layout.with(|layout| paths(layout, |line| is_end(layout, line))));
    let trail = Memo::new(move |_| {
        screen.trail.with(|trail| layout.with(|layout| paths(layout, |line| trail.passes(line.place))))
    });
    let jumps = Memo::new(move |_| jumps(screen, places));
    // While a step is dragged its own lines would only be in the way.
    let band = move || drag.with(|drag| drag.as_ref().filter(|drag| drag.moving).map(Drag::way));
    let rubber = move || {
        let (across, down) = band()?;
        let Some(Spot::End(place)) = drag.with(|drag| drag.as_ref().map(|drag| drag.spot)) else {
            return None;
        };
        let zoom = f64::from(screen.zoom.get()) / 100.0;
        let (x, y) =
            layout.with(|layout| layout.lines.iter().find(|line| line.place == place).map(|line| line.to))?;
        let y = y - DROP / 2;
        Some(format!("M{x} {y}l{:.0} {:.0}", across / zoom, down / zoom))
    };
    view! {
        <svg aria-hidden="true">
            <path d=move || ways.get() />
            <path class="end" d=move || ends.get() />
            <path class="trail" d=move || trail.get() />
            <path class="jump" d=move || jumps.get() />
            <path class="rubber" d=move || rubber().unwrap_or_default() />
        </svg>
    }
}

fn is_end(layout: &Layout, line: &Line) -> bool {
    layout.ghosts.iter().any(|(place, _)| *place == line.place)
}

/// All lines of a kind as one path.
fn paths(layout: &Layout, of: impl Fn(&Line) -> bool) -> String {
    let mut path = String::new();
    for line in layout.lines.iter().filter(|line| of(line)) {
        draw(line, &mut path);
    }
    path
}

/// Down, across with round corners, and down again.
fn draw(line: &Line, path: &mut String) {
    let ((x, y), (to_x, to_y)) = (line.from, line.to);
    let across = to_x - x;
    let bend = y + DROP / 2 - ROUND;
    let drawn = if across == 0 {
        write!(path, "M{x} {y}V{to_y}")
    } else {
        let round = ROUND.min(across.abs() / 2);
        let (turn, sweep) = if across > 0 { (round, across - round) } else { (-round, across + round) };
        write!(
            path,
            "M{x} {y}V{bend}q0 {round} {turn} {round}h{}q{turn} 0 {turn} {round}V{to_y}",
            sweep - turn
        )
    };
    drawn.expect("text takes everything");
}

/// From every jump to where it goes on.
fn jumps(screen: Screen, places: Places) -> String {
    let mut path = String::new();
    screen.graph.with(|graph| {
        places.with(|places| {
            for (id, step) in &graph.steps {
                let StepKind::JumpTo(jump) = &step.kind else { continue };
                let to = jump.target.and_then(|target| places.get(&Spot::Step(target)));
                let (Some((x, y)), Some((to_x, to_y))) = (places.get(&Spot::Step(*id)), to) else { continue };
                let (y, to_y) = (y + NODE.1 / 2, to_y + NODE.1 / 2);
                let out = x.min(to_x) - 28;
                write!(path, "M{x} {y}C{out} {y} {out} {to_y} {to_x} {to_y}m-6 -4l6 4l-6 4")
                    .expect("text takes everything");
            }
        });
    });
    path
}
