//! No browser: nothing is kept, nothing is shown, nothing is focused.

use domain::{MessageId, Timestamp};
use leptos::web_sys;

/// The moment; none without a browser.
pub fn now() -> Option<Timestamp> {
    None
}

/// A new message id.
///
/// # Panics
/// Always: only a browser writes messages.
pub fn new_message_id() -> MessageId {
    unreachable!("messages are written in browsers")
}

/// Reads what this browser keeps under a name.
pub fn recall(_name: &str) -> Option<String> {
    None
}

/// Keeps a text under a name, or forgets it when it is empty.
pub fn keep(_name: &str, _text: &str) {}

/// All names kept that begin like this.
pub fn kept(_prefix: &str) -> Vec<String> {
    Vec::new()
}

/// An attribute of the document's root element.
pub fn root_attribute(_name: &str) -> Option<String> {
    None
}

/// Sets or removes an attribute of the document's root element.
pub fn set_root_attribute(_name: &str, _value: Option<&str>) {}

/// Puts the focus on the first element that fits.
pub fn focus(_selector: &str) {}

/// Whether an element that fits has the focus.
pub fn has_focus(_selector: &str) -> bool {
    false
}

/// Scrolls the first element that fits into view, as little as needed.
pub fn reveal(_selector: &str) {}

/// Scrolls the first element that fits to the middle of what is seen.
pub fn center(_selector: &str) {}

/// Puts the focus on the next (or previous) menu item.
pub fn focus_menu_item(_forward: bool) {}

/// Whether an event came from a field that takes text.
pub fn is_typing(_event: &web_sys::KeyboardEvent) -> bool {
    false
}

/// Whether an event happened inside an element that fits.
pub fn is_inside(_event: &web_sys::Event, _selector: &str) -> bool {
    false
}

/// Whether somebody can see the page right now.
pub fn is_visible() -> bool {
    false
}

/// Whether an open dialog is on screen.
pub fn is_dialog_open() -> bool {
    false
}

/// Opens a dialog over the page.
pub fn show_dialog(_dialog: &web_sys::HtmlDialogElement) {}

/// Closes a dialog.
pub fn close_dialog(_dialog: &web_sys::HtmlDialogElement) {}

/// Copies a text; never without a browser.
pub fn copy(_text: &str) -> bool {
    false
}

/// Selects everything in the first field that fits.
pub fn select_field(_selector: &str) {}

/// Sends the first form that fits.
pub fn submit(_selector: &str) {}

/// Loads the page again.
pub fn reload_page() {}
