//! The pointer on the canvas: moving around, moving a step to another place, connecting an end with a step.
//!
//! A finger moves around as everywhere; steps are moved with mouse and pen, or with cut and paste.

use super::dragged;
use crate::browser;
use crate::pages::workflows::builder::screen::Screen;
use crate::state::builder::Spot;
use crate::text::builder as words;
use leptos::ev;
use leptos::html;
use leptos::prelude::*;

/// From how many pixels on a press is a drag.
const SLOP: f64 = 5.0;

/// Something that is pressed, and perhaps dragged.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Drag {
    pub spot: Spot,
    from: (f64, f64),
    pub at: (f64, f64),
    pub over: Option<Spot>,
    pub moving: bool,
}

impl Drag {
    /// How far it was moved, in pixels of the screen.
    pub fn way(&self) -> (f64, f64) {
        (self.at.0 - self.from.0, self.at.1 - self.from.1)
    }
}

/// Where a press on the ground began, and what was seen then.
#[derive(Clone, Copy)]
struct Pan {
    from: (f64, f64),
    seen: (f64, f64),
}

#[derive(Clone, Copy)]
pub struct Dragging {
    screen: Screen,
    canvas: NodeRef<html::Section>,
    pub drag: RwSignal<Option<Drag>>,
    pan: RwSignal<Option<Pan>>,
    /// Whether the click that follows belongs to a drag.
    done: StoredValue<bool>,
}

fn point(event: &ev::PointerEvent) -> (f64, f64) {
    (f64::from(event.client_x()), f64::from(event.client_y()))
}

impl Dragging {
    pub fn new(screen: Screen, canvas: NodeRef<html::Section>) -> Self {
        let (drag, pan) = (RwSignal::new(None), RwSignal::new(None));
        Self { screen, canvas, drag, pan, done: StoredValue::new(false) }
    }

    /// What is dragged, as the styles know it.
    pub fn what(self) -> Option<&'static str> {
        self.drag.with(dragged).or_else(|| self.pan.with(Option::is_some).then_some("ground"))
    }

    /// How far something was dragged; nothing when it is not.
    pub fn way_of(self, spot: Spot) -> Option<(f64, f64)> {
        self.drag.with(|drag| drag.as_ref().filter(|drag| drag.moving && drag.spot == spot).map(Drag::way))
    }

    /// Whether what is dragged would be dropped here.
    pub fn is_over(self, spot: Spot) -> bool {
        self.drag.with(|drag| drag.as_ref().is_some_and(|drag| drag.moving && drag.over == Some(spot)))
    }

    /// Whether the click that is heard ends a drag.
    pub fn was_dragged(self) -> bool {
        self.done.get_value()
    }

    /// A button of the pointer went down.
    pub fn press(self, event: &ev::PointerEvent) {
        self.done.set_value(false);
        if event.button() != 0 || event.pointer_type() == "touch" {
            return;
        }
        match browser::spot_of(event) {
            Some(Spot::Trigger) => {}
            Some(_) if self.screen.locked.get_untracked() => {}
            Some(spot @ Spot::Step(_)) => self.take(spot, event),
            Some(spot @ Spot::End(place)) => {
                let open = self.screen.graph.with_untracked(|graph| graph.at(place).is_none());
                if open {
                    self.take(spot, event);
                }
            }
            None => {
                if let Some(canvas) = self.canvas.get_untracked()
                    && !browser::is_inside(event, "button")
                {
                    let seen = browser::sight_of(&canvas);
                    self.pan.set(Some(Pan { from: point(event), seen: (seen.left, seen.top) }));
                }
            }
        }
    }

    fn take(self, spot: Spot, event: &ev::PointerEvent) {
        let at = point(event);
        self.drag.set(Some(Drag { spot, from: at, at, over: None, moving: false }));
    }

    /// Follows the pointer for as long as the canvas is there.
    pub fn listen(self) {
        Effect::new(move || {
            let moves = window_event_listener(ev::pointermove, move |event| self.moved(&event));
            let ends = window_event_listener(ev::pointerup, move |_| self.drop());
            let breaks = window_event_listener(ev::pointercancel, move |_| self.let_go());
            let keys = window_event_listener(ev::keydown, move |event| {
                if event.key() == "Escape" && self.drag.with_untracked(Option::is_some) {
                    event.prevent_default();
                    self.let_go();
                }
            });
            on_cleanup(move || {
                moves.remove();
                ends.remove();
                breaks.remove();
                keys.remove();
            });
        });
    }

    fn moved(self, event: &ev::PointerEvent) {
        let (x, y) = point(event);
        if let Some(pan) = self.pan.get_untracked() {
            if let Some(canvas) = self.canvas.get_untracked() {
                let (across, down) = (x - pan.from.0, y - pan.from.1);
                browser::look_at(&canvas, pan.seen.0 - across, pan.seen.1 - down);
            }
            return;
        }
        let Some(drag) = self.drag.get_untracked() else { return };
        let far = (x - drag.from.0).hypot(y - drag.from.1) > SLOP;
        if drag.moving || far {
            event.prevent_default();
            let over = browser::spot_at(x, y).filter(|over| *over != drag.spot && fits(drag.spot, *over));
            self.drag.set(Some(Drag { at: (x, y), over, moving: true, ..drag }));
        }
    }

    fn let_go(self) {
        self.pan.set(None);
        self.drag.set(None);
    }

    fn drop(self) {
        let drag = self.drag.get_untracked();
        self.let_go();
        let Some(Drag { spot, over, moving: true, .. }) = drag else { return };
        self.done.set_value(true);
        match (spot, over) {
            (Spot::Step(id), Some(target)) => {
                let place = self.screen.state.with_untracked(|state| state.behind(target));
                let moved = place.and_then(|place| self.screen.act(|state| state.move_to(id, place)));
                if moved.is_some() {
                    self.screen.said.set(words::moved(&self.screen.name_of(id)));
                }
            }
            (Spot::End(place), Some(Spot::Step(target))) => {
                if self.screen.act(|state| state.connect(place, target)).is_some() {
                    self.screen.said.set(words::connected(&self.screen.name_of(target)));
                    self.screen.drawer.set(true);
                }
            }
            (_, _) => {}
        }
    }
}

/// Whether something can be dropped on something: steps go to places, ends go to steps.
fn fits(dragged: Spot, over: Spot) -> bool {
    match dragged {
        Spot::Step(_) => true,
        Spot::End(_) => matches!(over, Spot::Step(_)),
        Spot::Trigger => false,
    }
}
