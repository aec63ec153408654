//! The builder's canvas: what lies under the pointer, and what part of it is seen.

use crate::state::builder::{CanvasFrame, Spot};
use leptos::prelude::{document, window};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// The attribute that names what can be selected.
const SPOT: &str = "data-spot";

fn spot(element: &Element) -> Option<Spot> {
    element.closest("[data-spot]").ok().flatten()?.get_attribute(SPOT)?.parse().ok()
}

/// What an event happened on.
pub fn spot_of(event: &web_sys::Event) -> Option<Spot> {
    spot(&event.target()?.dyn_into().ok()?)
}

/// What lies at a point of the window.
pub fn spot_at(x: f64, y: f64) -> Option<Spot> {
    spot(&document().element_from_point(x as f32, y as f32)?)
}

/// Gives something on the canvas or in the outline the focus, once it is drawn.
pub fn focus_spot(spot: Spot) {
    let selector = format!("[data-spot=\"{spot}\"]");
    // What is there has the focus before the next key comes. What is only just drawn, or is moved in the document by
    // what was done, has it then.
    super::focus(&selector);
    leptos::prelude::request_animation_frame(move || {
        if super::has_focus("body") {
            super::focus(&selector);
        }
    });
}

/// What part of a scrolled element is seen.
pub fn sight_of(element: &HtmlElement) -> CanvasFrame {
    CanvasFrame {
        left: f64::from(element.scroll_left()),
        top: f64::from(element.scroll_top()),
        width: f64::from(element.client_width()),
        height: f64::from(element.client_height()),
    }
}

/// Scrolls an element so that this point is in its upper left corner.
pub fn look_at(element: &HtmlElement, left: f64, top: f64) {
    element.set_scroll_left(left as i32);
    element.set_scroll_top(top as i32);
}

/// Where in an element, between 0 and 1 across and down, a pointer is.
pub fn point_in(element: &Element, event: &web_sys::MouseEvent) -> (f64, f64) {
    let place = element.get_bounding_client_rect();
    let part = |at: f64, from: f64, size: f64| if size > 0.0 { (at - from) / size } else { 0.0 };
    let across = part(f64::from(event.client_x()), place.left(), place.width());
    (across, part(f64::from(event.client_y()), place.top(), place.height()))
}

/// Whether the window is narrower than so many pixels.
pub fn is_narrower_than(pixels: f64) -> bool {
    window().inner_width().ok().and_then(|width| width.as_f64()).is_some_and(|width| width < pixels)
}

/// Whether somebody has marked text with the mouse, which copying is then about.
pub fn has_marked_text() -> bool {
    let marked = js_sys::Reflect::get(&window(), &"getSelection".into())
        .ok()
        .and_then(|get| get.dyn_into::<js_sys::Function>().ok())
        .and_then(|get| get.call0(&window()).ok());
    marked.is_some_and(|marked| {
        let collapsed = js_sys::Reflect::get(&marked, &"isCollapsed".into()).ok();
        collapsed.and_then(|collapsed| collapsed.as_bool()) == Some(false)
    })
}
