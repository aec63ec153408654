//! No browser: nothing is kept, nothing is shown, nothing is focused.

mod canvas;
mod files;

pub use canvas::{
    focus_spot, has_marked_text, is_narrower_than, look_at, point_in, sight_of, spot_at, spot_of,
};
pub use files::{
    Chosen, chosen, drags_files, dropped, let_go, new_upload_id, pasted, read_text, save_file, upload,
    upload_again,
};

use super::{Permission, Sound};
use crate::keymap::Stroke;
use domain::attention::Event;
use domain::{MessageId, NoteId, Timestamp};
use leptos::web_sys;

/// The moment; none without a browser.
pub fn now() -> Option<Timestamp> {
    None
}

/// The language the browser is set to; none without a browser.
pub fn language() -> String {
    String::new()
}

/// A new message id.
///
/// # Panics
/// Always: only a browser writes messages.
pub fn new_message_id() -> MessageId {
    unreachable!("messages are written in browsers")
}

/// A new note id.
///
/// # Panics
/// Always: only a browser writes notes.
pub fn new_note_id() -> NoteId {
    unreachable!("notes are written in browsers")
}

/// Hands something to the server without waiting for an answer; it arrives even when the page is gone by then.
pub fn leave(_address: &str, _json: &str) {}

/// Whether the page the server drew is taken over as a whole.
pub fn has_come_to_life() -> bool {
    false
}

/// Leaves the page by posting an empty form to an address.
pub fn post_away(_address: &str) {}

/// Deletes what lies at an address; nobody waits for it.
pub fn delete(_address: &str) {}

/// Where the caret stands in a field, in UTF-16 units.
pub fn caret(_field: &web_sys::HtmlTextAreaElement) -> usize {
    0
}

/// Puts a text into a field and the caret to a place in it, in UTF-16 units.
pub fn set_text(_field: &web_sys::HtmlTextAreaElement, _text: &str, _caret: usize) {}

/// The part of the address after `#`.
pub fn fragment() -> String {
    String::new()
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

/// Puts on a style sheet, unless it is worn already; waits until it is here or cannot be had.
pub async fn wear(_address: &str) {}

/// An attribute of the document's root element.
pub fn root_attribute(_name: &str) -> Option<String> {
    None
}

/// Sets or removes an attribute of the document's root element.
pub fn set_root_attribute(_name: &str, _value: Option<&str>) {}

/// Puts the focus on the first element that fits.
pub fn focus(_selector: &str) {}

/// Puts the focus on the first element that any of the selectors finds.
pub fn focus_first(_selectors: [&str; 2]) {}

/// Clicks what a selector finds.
pub fn click(_selector: &str) {}

/// Has the browser fetch a file and keep it.
pub fn download(_address: &str) {}

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

/// The stroke of a key press; none while letters are still being composed.
pub fn stroke(_event: &web_sys::KeyboardEvent) -> Option<Stroke> {
    None
}

/// Hears keys before anybody else, as long as the answer is kept.
pub fn hear_first(_hear: Box<dyn Fn(web_sys::KeyboardEvent)>) -> HearsFirst {
    HearsFirst
}

/// A listener that never hears anything.
pub struct HearsFirst;

/// Whether this is a Mac, whose keys are called differently.
pub fn is_mac() -> bool {
    false
}

/// Whether an element that fits was hit itself, rather than something in it.
pub fn is_target(_event: &web_sys::Event, _selector: &str) -> bool {
    false
}

/// What can be pressed on the page on screen.
pub fn pressable() -> Vec<(String, Option<String>)> {
    Vec::new()
}

/// Presses a button of the page by its name.
pub fn press(_name: &str) {}

/// Whether an event happened inside an element that fits.
pub fn is_inside(_event: &web_sys::Event, _selector: &str) -> bool {
    false
}

/// Whether the focus goes from one element to another that does not lie in one that fits.
pub fn leaves(_event: &web_sys::FocusEvent, _selector: &str) -> bool {
    false
}

/// Whether the focus comes out of an element that fits.
pub fn came_from(_event: &web_sys::FocusEvent, _selector: &str) -> bool {
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

/// Unlocks sound; works only while somebody clicks or types.
pub fn unlock_sound() {}

/// Whether sound can be heard now.
pub fn sound() -> Sound {
    Sound::Missing
}

/// Plays the sound of an event.
pub fn play(_event: Event, _volume: u8) -> bool {
    false
}

/// Whether the browser shows notifications of ours.
pub fn permission() -> Permission {
    Permission::Missing
}

/// Asks the person whether notifications may be shown.
pub fn ask_permission(_answered: impl Fn() + 'static) {}

/// Shows a notification.
pub fn notify(_title: &str, _words: &str, _tag: &str, _clicked: impl Fn() + 'static) -> bool {
    false
}

/// Puts a number on the window's icon.
pub fn badge(_number: i64) {}
/// The first row in the frame of the list, how many rows it has room for, and whether the top is in it.
pub fn frame_of(_list: &web_sys::HtmlDivElement) -> Option<(usize, usize, bool)> {
    None
}

/// Calls back whenever an element has been scrolled, at most once per picture, for as long as the caller is there.
pub fn on_scroll(_element: &web_sys::HtmlDivElement, _scrolled: impl FnMut() + 'static) {}

/// Scrolls an element to so many rows from its top.
pub fn scroll_to(_list: &web_sys::HtmlDivElement, _row: usize) {}

/// Reads what a field for date and time holds, in the reader's zone.
pub fn local_time(_text: &str) -> Option<domain::Timestamp> {
    None
}

/// A new id for something a person makes.
///
/// # Panics
/// Always: only people in browsers make things.
pub fn new_id() -> uuid::Uuid {
    unreachable!("things are made in browsers")
}

/// The name of the reader's time zone.
pub fn time_zone() -> String {
    String::new()
}

/// The names of all time zones; none where the browser does not tell.
pub fn time_zones() -> Vec<String> {
    Vec::new()
}

/// Whether there is such a time zone; only a browser can doubt it.
pub fn knows_zone(_zone: &str) -> bool {
    true
}

/// What a wall clock shows in a time zone; nothing when there is no such zone.
pub fn clock_in(_zone: &str, _at: Timestamp) -> Option<domain::Local> {
    None
}
