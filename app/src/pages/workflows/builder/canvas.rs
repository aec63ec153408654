//! The canvas: the workflow as a tree that lays itself out, to be moved around in, built and connected by the pointer.

mod dragging;
mod lines;
mod minimap;
mod node;

use super::screen::Screen;
use crate::browser;
use crate::parts::Icon;
use crate::state::builder::{CanvasFrame, Spot, zoomed};
use crate::text::builder as words;
use domain::workflow::graph::{Place, StepId};
use domain::workflow::layout::{self, Layout, Line};
use dragging::{Drag, Dragging};
use leptos::ev;
use leptos::html;
use leptos::prelude::*;
use minimap::Minimap;
use node::Node;
pub use node::{Face, face};
use std::collections::HashMap;

/// The smallest size the whole is shown in when it is opened, in percent: names have to be read.
const READABLE: u32 = 60;

/// Where everything stands, by what it is.
pub type Places = Memo<HashMap<Spot, (i32, i32)>>;

#[component]
pub fn Canvas(screen: Screen) -> impl IntoView {
    let layout = Memo::new(move |_| screen.graph.with(|graph| layout::lay_out(graph)));
    let places: Places = Memo::new(move |_| layout.with(spots));
    let node = NodeRef::<html::Section>::new();
    let seen = RwSignal::new(CanvasFrame::default());
    let look = move || {
        if let Some(canvas) = node.get_untracked() {
            seen.set(browser::sight_of(&canvas));
        }
    };
    let dragging = Dragging::new(screen, node);
    dragging.listen();
    follow_zoom(screen, node, seen);
    Effect::new(move || {
        let times = screen.center.get();
        if node.get().is_some() {
            request_animation_frame(move || {
                look();
                let frame = seen.get_untracked();
                let fit = layout.with_untracked(|layout| frame.fit(layout.width, layout.height));
                screen.zoom.set(if times == 0 { fit.max(READABLE) } else { fit });
                request_animation_frame(move || to_trigger(node, layout, screen.zoom.get_untracked(), seen));
            });
        }
    });
    Effect::new(move || {
        let resized = window_event_listener(ev::resize, move |_| look());
        on_cleanup(move || resized.remove());
    });
    let wheel = move |event: ev::WheelEvent| {
        if event.ctrl_key() || event.meta_key() {
            event.prevent_default();
            let larger = event.delta_y() < 0.0;
            screen.zoom.update(|percent| *percent = zoomed(*percent, larger));
        }
    };
    let steps = move || layout.with(|layout| layout.nodes.iter().map(|(id, _)| *id).collect::<Vec<_>>());
    let all_lines =
        move || layout.with(|layout| layout.lines.iter().map(|line| line.place).collect::<Vec<_>>());
    let ends =
        move || layout.with(|layout| layout.ghosts.iter().map(|(place, _)| *place).collect::<Vec<_>>());
    let lines_at = Memo::new(move |_| {
        layout.with(|layout| layout.lines.iter().map(|line| (line.place, *line)).collect::<HashMap<_, _>>())
    });
    view! {
        <section
            class="canvas"
            aria-label=words::canvas()
            aria-describedby="canvas-hint"
            tabindex="-1"
            node_ref=node
            data-dragging=move || dragging.what()
            on:scroll=move |_| look()
            on:wheel=wheel
            on:pointerdown=move |event| dragging.press(&event)
        >
            <p id="canvas-hint" class="visually-hidden">{words::canvas_hint()}</p>
            <div
                class="plane"
                style=("--w", move || layout.with(|layout| layout.width.to_string()))
                style=("--h", move || layout.with(|layout| layout.height.to_string()))
                style=("--zoom", move || format!("{}%", screen.zoom.get()))
            >
                {view! { <lines::Lines screen=screen layout=layout places=places drag=dragging.drag /> }.into_any()}
                <Node screen=screen spot=Spot::Trigger places=places dragging=dragging />
                <For each=steps key=|id: &StepId| *id let(id)>
                    <Node screen=screen spot=Spot::Step(id) places=places dragging=dragging />
                </For>
                <For each=all_lines key=|place: &Place| *place let(place)>
                    <Way screen=screen place=place lines=lines_at dragging=dragging />
                </For>
                <For each=ends key=|place: &Place| *place let(place)>
                    <Ghost place=place layout=layout />
                </For>
            </div>
        </section>
        {view! { <Minimap screen=screen layout=layout seen=seen canvas=node /> }.into_any()}
    }
}

fn spots(layout: &Layout) -> HashMap<Spot, (i32, i32)> {
    let steps = layout.nodes.iter().map(|(id, at)| (Spot::Step(*id), *at));
    steps.chain([(Spot::Trigger, layout.trigger)]).collect()
}

/// Keeps what is in the middle in the middle when the size changes.
fn follow_zoom(screen: Screen, node: NodeRef<html::Section>, seen: RwSignal<CanvasFrame>) {
    Effect::watch(
        move || screen.zoom.get(),
        move |now, before, _| {
            let Some((before, canvas)) = before.copied().zip(node.get_untracked()) else { return };
            let frame = browser::sight_of(&canvas);
            let by = f64::from(*now) / f64::from(before.max(1));
            let left = (frame.left + frame.width / 2.0) * by - frame.width / 2.0;
            let top = (frame.top + frame.height / 2.0) * by - frame.height / 2.0;
            request_animation_frame(move || {
                browser::look_at(&canvas, left, top);
                seen.set(browser::sight_of(&canvas));
            });
        },
        false,
    );
}

/// Puts the trigger in the middle of the upper edge.
fn to_trigger(node: NodeRef<html::Section>, layout: Memo<Layout>, zoom: u32, seen: RwSignal<CanvasFrame>) {
    let Some(canvas) = node.get_untracked() else { return };
    let middle = layout.with_untracked(|layout| f64::from(layout.trigger.0 + layout::NODE.0 / 2));
    let frame = browser::sight_of(&canvas);
    browser::look_at(&canvas, middle * f64::from(zoom) / 100.0 - frame.width / 2.0, 0.0);
    seen.set(browser::sight_of(&canvas));
}

/// A way from one thing to the next: its name, and where a step is added on it.
#[component]
fn Way(screen: Screen, place: Place, lines: Memo<HashMap<Place, Line>>, dragging: Dragging) -> impl IntoView {
    let line = Memo::new(move |_| lines.with(|lines| lines.get(&place).copied()));
    // The plus stands on the straight piece right above what follows.
    let x = move || line.get().map_or(0, |line| line.to.0).to_string();
    let y = move || line.get().map_or(0, |line| line.to.1 - layout::DROP / 2).to_string();
    let lane_y = move || line.get().map_or(0, |line| line.to.1 - layout::FORK + 14).to_string();
    let name = Memo::new(move |_| {
        line.get().filter(|line| line.named)?;
        let Place::After(id, exit) = place else { return None };
        screen.graph.with(|graph| graph.steps.get(&id).map(|step| words::exit_name(&step.kind, exit)))
    });
    let label = move || words::add_after(&holder(screen, place), name.get().as_deref());
    let is_end = Memo::new(move |_| screen.graph.with(|graph| graph.at(place).is_none()));
    let here = Memo::new(move |_| screen.selected.get() == Spot::End(place));
    let spot = Spot::End(place).to_string();
    let add = move |_| {
        if !dragging.was_dragged() {
            screen.add_at(place);
        }
    };
    view! {
        {move || name.get().map(|name| view! {
            <span class="lane" style=("--x", x) style=("--y", lane_y) dir="auto">{name}</span>
        })}
        <button
            class="add"
            type="button"
            tabindex=move || if here.get() { "0" } else { "-1" }
            aria-label=label
            title=label
            data-spot=spot
            data-end=move || is_end.get().then_some("")
            data-over=move || dragging.is_over(Spot::End(place)).then_some("")
            hidden=move || screen.locked.get()
            style=("--x", x)
            style=("--y", y)
            // A press must not move the focus: the settings would close, the canvas widen, and the click miss.
            on:mousedown=move |event| event.prevent_default()
            on:click=add
            on:focus=move |_| if is_end.get_untracked() { screen.state.update(|state| state.select(Spot::End(place))) }
        >
            <Icon name="plus" size=14 />
        </button>
    }
}

fn holder(screen: Screen, place: Place) -> String {
    match place {
        Place::First => words::trigger().to_owned(),
        Place::After(id, _) => screen.name_of(id),
    }
}

/// An end: nothing follows.
#[component]
fn Ghost(place: Place, layout: Memo<Layout>) -> impl IntoView {
    let at = Memo::new(move |_| {
        layout.with(|layout| layout.ghosts.iter().find(|(one, _)| *one == place).map(|(_, at)| *at))
    });
    let x = move || at.get().map_or(0, |at| at.0).to_string();
    let y = move || at.get().map_or(0, |at| at.1 + 4).to_string();
    view! {
        <span class="ghost" style=("--x", x) style=("--y", y)>
            <Icon name="flag" size=14 />
            {words::ends_here()}
        </span>
    }
}

/// What is dragged, as the styles know it.
fn dragged(drag: &Option<Drag>) -> Option<&'static str> {
    match drag.as_ref().filter(|drag| drag.moving)?.spot {
        Spot::End(_) => Some("end"),
        Spot::Trigger | Spot::Step(_) => Some("step"),
    }
}
