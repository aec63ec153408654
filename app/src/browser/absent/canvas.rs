//! Without a browser there is no canvas.

use crate::state::builder::{CanvasFrame, Spot};
use leptos::web_sys;

/// What an event happened on.
pub fn spot_of(_event: &web_sys::Event) -> Option<Spot> {
    None
}

/// What lies at a point of the window.
pub fn spot_at(_x: f64, _y: f64) -> Option<Spot> {
    None
}

/// Gives something on the canvas or in the outline the focus, once it is drawn.
pub fn focus_spot(_spot: Spot) {}

/// What part of a scrolled element is seen.
pub fn sight_of(_element: &web_sys::HtmlElement) -> CanvasFrame {
    CanvasFrame::default()
}

/// Scrolls an element so that this point is in its upper left corner.
pub fn look_at(_element: &web_sys::HtmlElement, _left: f64, _top: f64) {}

/// Where in an element, between 0 and 1 across and down, a pointer is.
pub fn point_in(_element: &web_sys::Element, _event: &web_sys::MouseEvent) -> (f64, f64) {
    (0.0, 0.0)
}

/// Whether the window is narrower than so many pixels.
pub fn is_narrower_than(_width: f64) -> bool {
    false
}

/// Whether somebody has marked text with the mouse, which copying is then about.
pub fn has_marked_text() -> bool {
    false
}
