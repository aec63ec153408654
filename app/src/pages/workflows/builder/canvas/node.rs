//! A step, or the trigger, on the canvas.

use super::Places;
use super::dragging::Dragging;
use crate::browser;
use crate::pages::workflows::builder::screen::Screen;
use crate::parts::Icon;
use crate::state::builder::Spot;
use crate::text;
use crate::text::builder as words;
use domain::workflow::check::At;
use domain::workflow::graph::Place;
use leptos::prelude::*;

/// What a step shows of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Face {
    pub icon: &'static str,
    pub name: String,
    /// What it does, in a few words, or what is wrong with it.
    pub line: String,
    pub fault: Option<String>,
    /// What its author tells the next one; mostly empty.
    pub comment: String,
}

/// What something shows of itself on the canvas and in the outline.
pub fn face(screen: Screen, spot: Spot) -> Face {
    let at = match spot {
        Spot::Step(id) => At::Step(id),
        Spot::Trigger | Spot::End(_) => At::Trigger,
    };
    let fault = screen.faults.with(|faults| faults.get(&at).cloned());
    screen.graph.with(|graph| {
        let (icon, name, line) = match spot {
            Spot::Step(id) => match graph.steps.get(&id) {
                Some(step) => {
                    let line = screen.around.with_value(|around| words::step_line(&step.kind, graph, around));
                    (words::step_icon(&step.kind), step.name.clone(), line)
                }
                None => ("flag", String::new(), String::new()),
            },
            Spot::Trigger => match &graph.trigger {
                Some(trigger) => {
                    let line = words::trigger_line(trigger);
                    (words::trigger_icon(&trigger.kind), words::trigger_name(&trigger.kind).to_owned(), line)
                }
                None => ("zap", words::trigger().to_owned(), String::new()),
            },
            Spot::End(_) => ("flag", words::ends_here().to_owned(), String::new()),
        };
        let comment = match spot {
            Spot::Step(id) => {
                graph.steps.get(&id).map(|step| step.comment.trim().to_owned()).unwrap_or_default()
            }
            Spot::Trigger | Spot::End(_) => String::new(),
        };
        Face { icon, name, line, fault, comment }
    })
}

#[component]
pub fn Node(screen: Screen, spot: Spot, places: Places, dragging: Dragging) -> impl IntoView {
    let at = Memo::new(move |_| places.with(|places| places.get(&spot).copied().unwrap_or_default()));
    let face = Memo::new(move |_| face(screen, spot));
    let here = Memo::new(move |_| screen.selected.get() == spot);
    let moved = Memo::new(move |_| dragging.way_of(spot));
    let zoom = move || f64::from(screen.zoom.get()) / 100.0;
    let shift = move |part: fn((f64, f64)) -> f64| format!("{:.0}px", moved.get().map_or(0.0, part) / zoom());
    let is_cut = Memo::new(move |_| screen.state.with(|state| state.cut().map(Spot::Step) == Some(spot)));
    // Where a test's run came along: the trigger, steps, and the one it is at.
    let passed = Memo::new(move |_| {
        screen.trail.with(|trail| match spot {
            Spot::Trigger => trail.passes(Place::First).then_some("passed"),
            Spot::Step(id) if trail.is_at(id) => Some("here"),
            Spot::Step(id) => trail.has(id).then_some("passed"),
            Spot::End(_) => None,
        })
    });
    let open = move |_| {
        if !dragging.was_dragged() {
            screen.open(spot);
            browser::focus_spot(spot);
        }
    };
    let label = move || {
        face.with(|face| words::node_label(&face.name, &face.line, face.fault.as_deref(), &face.comment))
    };
    let tools = match spot {
        Spot::Step(id) => Some(view! {
            <span class="node-tools" hidden=move || screen.locked.get()>
                <button type="button" tabindex="-1" aria-label=words::copy_step() title=words::copy_step() on:click=move |_| screen.copy(id, false)>
                    <Icon name="copy" size=14 />
                </button>
                <button type="button" tabindex="-1" aria-label=text::delete() title=text::delete() on:click=move |_| screen.delete(id)>
                    <Icon name="trash-2" size=14 />
                </button>
            </span>
        }),
        Spot::Trigger | Spot::End(_) => None,
    };
    view! {
        <div
            class="stand"
            style=("--x", move || at.get().0.to_string())
            style=("--y", move || at.get().1.to_string())
            style=("--dx", move || shift(|way| way.0))
            style=("--dy", move || shift(|way| way.1))
            data-moving=move || moved.get().is_some().then_some("")
        >
            <button
                class="node"
                type="button"
                data-spot=spot.to_string()
                data-kind=(spot == Spot::Trigger).then_some("trigger")
                tabindex=move || if here.get() { "0" } else { "-1" }
                aria-pressed=move || here.get().to_string()
                aria-label=label
                data-invalid=move || face.with(|face| face.fault.is_some()).then_some("")
                data-trail=move || passed.get()
                data-cut=move || is_cut.get().then_some("")
                data-over=move || dragging.is_over(spot).then_some("")
                // The focus follows the click: it opens settings, and the canvas must not move under a press.
                on:mousedown=move |event| event.prevent_default()
                on:click=open
                on:focus=move |_| if !here.get_untracked() { screen.state.update(|state| state.select(spot)) }
            >
                <span class="glyph">{move || view! { <Icon name=face.with(|face| if face.fault.is_some() { "triangle-alert" } else { face.icon }) /> }}</span>
                <b dir="auto">{move || face.with(|face| face.name.clone())}</b>
                <small dir="auto">{move || face.with(|face| face.fault.clone().unwrap_or_else(|| face.line.clone()))}</small>
            </button>
            {move || face.with(|face| (!face.comment.is_empty()).then(|| face.comment.clone())).map(|comment| view! {
                <span class="remark" title=comment aria-hidden="true" dir="auto"><Icon name="message-square" size=14 /></span>
            })}
            {tools}
        </div>
    }
}
