//! A browser, through its own interfaces.

mod canvas;
mod files;
mod zones;

pub use canvas::{
    focus_spot, has_marked_text, is_narrower_than, look_at, point_in, sight_of, spot_at, spot_of,
};
pub use files::{
    Chosen, chosen, drags_files, dropped, let_go, new_upload_id, pasted, read_text, save_file, upload,
    upload_again,
};
pub use zones::{clock_in, knows_zone, time_zone, time_zones};

use crate::keymap::{Pressed, Stroke};
use domain::{MessageId, NoteId, Timestamp};
use js_sys::Promise;
use js_sys::futures::JsFuture;
use leptos::prelude::{StoredValue, UpdateValue as _, document, on_cleanup, window};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlElement, HtmlLinkElement};

/// The moment, as the browser's clock has it.
pub fn now() -> Option<Timestamp> {
    Some(Timestamp(js_sys::Date::now() as i64))
}

/// How many minutes local time is ahead of UTC at a moment.
pub fn minutes_east(at: Timestamp) -> i64 {
    let date = js_sys::Date::new(&JsValue::from_f64(at.ms() as f64));
    -(date.get_timezone_offset() as i64)
}

/// The language the browser is set to, such as `de-AT`.
pub fn language() -> String {
    window().navigator().language().unwrap_or_default()
}

/// A new message id. It sorts by time and is the idempotency key of the message.
#[expect(clippy::disallowed_methods, reason = "a message gets its id where it is written")]
pub fn new_message_id() -> MessageId {
    MessageId(uuid::Uuid::now_v7())
}

/// A new note id.
#[expect(clippy::disallowed_methods, reason = "a note gets its id where it is written")]
pub fn new_note_id() -> NoteId {
    NoteId(uuid::Uuid::now_v7())
}

/// A new id for something a person makes.
#[expect(clippy::disallowed_methods, reason = "a thing gets its id where it is made")]
pub fn new_id() -> uuid::Uuid {
    uuid::Uuid::now_v7()
}

/// Hands something to the server without waiting for an answer; it arrives even when the page is gone by then.
pub fn leave(address: &str, json: &str) {
    let parts = js_sys::Array::of1(&json.into());
    let options = web_sys::BlobPropertyBag::new();
    options.set_type("application/json");
    if let Ok(body) = web_sys::Blob::new_with_str_sequence_and_options(&parts, &options) {
        let _taken_or_too_large = window().navigator().send_beacon_with_opt_blob(address, Some(&body));
    }
}

/// Whether the page the server drew is taken over as a whole.
pub fn has_come_to_life() -> bool {
    document().document_element().is_some_and(|root| root.has_attribute("data-ready"))
}

/// Leaves the page by posting an empty form to an address.
pub fn post_away(address: &str) {
    let Some(form) = document().create_element("form").ok().and_then(|form| form.dyn_into().ok()) else {
        return;
    };
    let form: web_sys::HtmlFormElement = form;
    form.set_method("post");
    form.set_action(address);
    if let Some(body) = document().body() {
        let _attached = body.append_child(&form);
        let _left_or_kept = form.submit();
    }
}

/// Deletes what lies at an address; nobody waits for it.
pub fn delete(address: &str) {
    let options = web_sys::RequestInit::new();
    options.set_method("DELETE");
    let _gone_or_kept_a_while = window().fetch_with_str_and_init(address, &options);
}

/// Where the caret stands in a field, in UTF-16 units.
pub fn caret(field: &web_sys::HtmlTextAreaElement) -> usize {
    field.selection_end().ok().flatten().map_or(0, |caret| caret as usize)
}

/// Puts a text into a field and the caret to a place in it, in UTF-16 units.
pub fn set_text(field: &web_sys::HtmlTextAreaElement, text: &str, caret: usize) {
    let caret = u32::try_from(caret).unwrap_or(u32::MAX);
    field.set_value(text);
    let _not_shown = field.focus();
    let _not_shown = field.set_selection_range(caret, caret);
}

/// The part of the address after `#`.
pub fn fragment() -> String {
    let hash = window().location().hash().unwrap_or_default();
    hash.trim_start_matches('#').to_owned()
}

/// A number between 0 and 1.
pub fn chance() -> f64 {
    js_sys::Math::random()
}

fn storage() -> Option<web_sys::Storage> {
    window().local_storage().ok().flatten()
}

/// Reads what this browser keeps under a name.
pub fn recall(name: &str) -> Option<String> {
    storage()?.get_item(name).ok().flatten()
}

/// Keeps a text under a name, or forgets it when it is empty.
pub fn keep(name: &str, text: &str) {
    let Some(storage) = storage() else { return };
    let _kept_or_full =
        if text.is_empty() { storage.remove_item(name) } else { storage.set_item(name, text) };
}

/// All names kept that begin like this.
pub fn kept(prefix: &str) -> Vec<String> {
    let Some(storage) = storage() else { return Vec::new() };
    let count = storage.length().unwrap_or(0);
    (0..count)
        .filter_map(|index| storage.key(index).ok().flatten())
        .filter(|name| name.starts_with(prefix))
        .collect()
}

fn root() -> Option<Element> {
    document().document_element()
}

/// Puts on a style sheet, unless it is worn already; waits until it is here or cannot be had.
pub async fn wear(address: &str) {
    let worn = document().query_selector(&format!("link[rel=stylesheet][href='{address}']"));
    let link = match worn {
        Ok(Some(link)) => link,
        _ => {
            let (Some(head), Ok(link)) = (document().head(), document().create_element("link")) else {
                return;
            };
            let _only_invalid_names_fail = [("rel", "stylesheet"), ("href", address)]
                .map(|(name, value)| link.set_attribute(name, value));
            let _appended = head.append_child(&link);
            link
        }
    };
    let Ok(link) = link.dyn_into::<HtmlLinkElement>() else { return };
    if link.sheet().is_none() {
        let settled = Promise::new(&mut |done, _| {
            for event in ["load", "error"] {
                let _heard = link.add_event_listener_with_callback(event, &done);
            }
        });
        let _settled = JsFuture::from(settled).await;
    }
    if link.sheet().is_none() {
        // Whoever comes next tries again.
        link.remove();
    }
}

/// An attribute of the document's root element.
pub fn root_attribute(name: &str) -> Option<String> {
    root()?.get_attribute(name)
}

/// Sets or removes an attribute of the document's root element.
pub fn set_root_attribute(name: &str, value: Option<&str>) {
    let Some(root) = root() else { return };
    let _only_invalid_names_fail = match value {
        Some(value) => root.set_attribute(name, value),
        None => root.remove_attribute(name),
    };
}

fn find(selector: &str) -> Option<HtmlElement> {
    document().query_selector(selector).ok().flatten()?.dyn_into().ok()
}

/// Puts the focus on the first element that fits.
pub fn focus(selector: &str) {
    if let Some(element) = find(selector) {
        let _not_focusable = element.focus();
    }
}

/// Puts the focus on the first element that any of the selectors finds, the first selector first.
pub fn focus_first(selectors: [&str; 2]) {
    if let Some(element) = selectors.into_iter().find_map(find) {
        let _not_focusable = element.focus();
    }
}

/// Clicks what a selector finds.
pub fn click(selector: &str) {
    if let Some(element) = find(selector) {
        element.click();
    }
}

/// What can be pressed on the page on screen: the names of its buttons, each with what its tip adds. Rows of lists and
/// what only shows under a pointer are left out, and so are names that stand for several things.
pub fn pressable() -> Vec<(String, Option<String>)> {
    let buttons: Vec<(String, Option<String>)> = pressables()
        .map(|(name, button)| {
            let tip = button.get_attribute("title").filter(|tip| !tip.is_empty() && !tip.starts_with(&name));
            (name, tip)
        })
        .collect();
    let is_one = |name: &str| buttons.iter().filter(|(other, _)| other == name).count() == 1;
    buttons.iter().filter(|(name, _)| is_one(name)).cloned().collect()
}

/// Presses a button of the page by its name.
pub fn press(name: &str) {
    if let Some((_, button)) = pressables().find(|(known, _)| known == name) {
        button.click();
    }
}

fn pressables() -> impl Iterator<Item = (String, HtmlElement)> {
    /// A longer name is a text to read.
    const LONGEST: usize = 60;
    let found = document()
        .query_selector_all("main :is(button, a.button):not(:disabled, [aria-disabled=true], dialog *, [hidden] *, [role=option] *, .tools *)")
        .ok();
    let all = found.into_iter().flat_map(|list| (0..list.length()).filter_map(move |index| list.get(index)));
    all.filter_map(|node| {
        let button: HtmlElement = node.dyn_into().ok()?;
        // What is not laid out cannot be seen.
        button.offset_parent()?;
        let name = button.get_attribute("aria-label").or_else(|| said_by(&button))?;
        let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
        (!name.is_empty() && name.chars().count() <= LONGEST).then_some((name, button))
    })
}

/// What an element says, without what only decorates it, such as the keys on a button.
fn said_by(element: &HtmlElement) -> Option<String> {
    let copy: Element = element.clone_node_with_deep(true).ok()?.dyn_into().ok()?;
    while let Some(decoration) = copy.query_selector("[aria-hidden=true]").ok().flatten() {
        decoration.remove();
    }
    copy.text_content()
}

/// Has the browser fetch a file and keep it; the page stays.
pub fn download(address: &str) {
    let _refused_by_the_browser = window().location().assign(address);
}

/// Whether an element that fits has the focus.
pub fn has_focus(selector: &str) -> bool {
    document().active_element().is_some_and(|active| active.matches(selector).unwrap_or(false))
}

/// Scrolls the first element that fits into view, as little as needed.
pub fn reveal(selector: &str) {
    if let Some(element) = find(selector) {
        let options = web_sys::ScrollIntoViewOptions::new();
        options.set_block(web_sys::ScrollLogicalPosition::Nearest);
        element.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

/// Scrolls the first element that fits to the middle of what is seen.
pub fn center(selector: &str) {
    if let Some(element) = find(selector) {
        let options = web_sys::ScrollIntoViewOptions::new();
        options.set_block(web_sys::ScrollLogicalPosition::Center);
        options.set_inline(web_sys::ScrollLogicalPosition::Center);
        element.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

/// Puts the focus on the next (or previous) menu item.
pub fn focus_menu_item(forward: bool) {
    let Ok(items) = document().query_selector_all("[role=menu] [role^=menuitem]:not([aria-disabled=true])")
    else {
        return;
    };
    let active = document().active_element();
    let items: Vec<HtmlElement> =
        (0..items.length()).filter_map(|index| items.item(index)?.dyn_into().ok()).collect();
    let index = items.iter().position(|item| active.as_ref() == Some(item.as_ref()));
    let next = match (index, forward) {
        (None, true) => 0,
        (None, false) => items.len().saturating_sub(1),
        (Some(index), true) => (index + 1) % items.len(),
        (Some(index), false) => (index + items.len() - 1) % items.len(),
    };
    if let Some(item) = items.get(next) {
        let _not_focusable = item.focus();
    }
}

fn target(event: &web_sys::Event) -> Option<Element> {
    event.target()?.dyn_into().ok()
}

/// Whether an event came from a field that takes text.
pub fn is_typing(event: &web_sys::KeyboardEvent) -> bool {
    is_inside(
        event,
        "input:not([type=checkbox], [type=radio], [type=range]), textarea, select, [contenteditable]",
    )
}

/// The stroke of a key press; none while letters are still being composed.
pub fn stroke(event: &web_sys::KeyboardEvent) -> Option<Stroke> {
    // AltGr types signs on many keyboards and tells of itself as Ctrl and Alt.
    if event.is_composing() || event.get_modifier_state("AltGraph") {
        return None;
    }
    let (key, code) = (event.key(), event.code());
    Stroke::of(Pressed {
        key: &key,
        code: &code,
        command: event.ctrl_key() || event.meta_key(),
        alt: event.alt_key(),
        shift: event.shift_key(),
    })
}

/// Hears keys before anybody else, as long as the answer is kept.
pub fn hear_first(hear: Box<dyn Fn(web_sys::KeyboardEvent)>) -> HearsFirst {
    let hear = Closure::<dyn Fn(web_sys::KeyboardEvent)>::new(hear);
    let _listening =
        window().add_event_listener_with_callback_and_bool("keydown", hear.as_ref().unchecked_ref(), true);
    HearsFirst(hear)
}

/// A listener that is asked before all others; it goes when this is dropped.
pub struct HearsFirst(Closure<dyn Fn(web_sys::KeyboardEvent)>);

impl Drop for HearsFirst {
    fn drop(&mut self) {
        let _gone = window().remove_event_listener_with_callback_and_bool(
            "keydown",
            self.0.as_ref().unchecked_ref(),
            true,
        );
    }
}

/// Whether this is a Mac, whose keys are called differently.
pub fn is_mac() -> bool {
    window()
        .navigator()
        .platform()
        .is_ok_and(|platform| platform.starts_with("Mac") || platform.starts_with("iP"))
}

/// Whether an element that fits was hit itself, rather than something in it.
pub fn is_target(event: &web_sys::Event, selector: &str) -> bool {
    target(event).is_some_and(|target| target.matches(selector).unwrap_or(false))
}

/// Whether an event happened inside an element that fits.
pub fn is_inside(event: &web_sys::Event, selector: &str) -> bool {
    target(event).and_then(|target| target.closest(selector).ok().flatten()).is_some()
}

/// Whether the focus goes from one element to another that does not lie in one that fits.
pub fn leaves(event: &web_sys::FocusEvent, selector: &str) -> bool {
    other_end(event).is_some_and(|element| element.closest(selector).ok().flatten().is_none())
}

/// Whether the focus comes out of an element that fits.
pub fn came_from(event: &web_sys::FocusEvent, selector: &str) -> bool {
    other_end(event).is_some_and(|element| element.closest(selector).ok().flatten().is_some())
}

fn other_end(event: &web_sys::FocusEvent) -> Option<web_sys::Element> {
    event.related_target()?.dyn_into().ok()
}

/// Whether somebody can see the page right now.
pub fn is_visible() -> bool {
    !document().hidden()
}

/// Whether the browser has a network.
pub fn is_online() -> bool {
    window().navigator().on_line()
}

/// Whether an open dialog is on screen.
pub fn is_dialog_open() -> bool {
    find("dialog[open]").is_some()
}

/// Opens a dialog over the page.
pub fn show_dialog(dialog: &web_sys::HtmlDialogElement) {
    if !dialog.open() {
        let _already_open = dialog.show_modal();
    }
}

/// Closes a dialog.
pub fn close_dialog(dialog: &web_sys::HtmlDialogElement) {
    dialog.close();
}

/// Copies a text. `false`: the browser lets nobody copy here, as over plain http.
pub fn copy(text: &str) -> bool {
    if !window().is_secure_context() {
        return false;
    }
    let _done_by_the_browser = window().navigator().clipboard().write_text(text);
    true
}

/// Selects everything in the first field that fits.
pub fn select_field(selector: &str) {
    if let Some(field) = find(selector).and_then(|field| field.dyn_into::<web_sys::HtmlInputElement>().ok()) {
        field.select();
    }
}

/// Sends the first form that fits, as its button would.
pub fn submit(selector: &str) {
    if let Some(form) = find(selector).and_then(|form| form.dyn_into::<web_sys::HtmlFormElement>().ok()) {
        let _refused_when_incomplete = form.request_submit();
    }
}

/// Loads the page again.
pub fn reload_page() {
    let _going_away = window().location().reload();
}

/// How high a row is, in pixels; none while there is none.
fn row_height() -> Option<f64> {
    let height = find(".rows .row")?.get_bounding_client_rect().height();
    (height > 0.0).then_some(height)
}

/// The first row in the frame of the list, how many rows it has room for, and whether the top is in it.
pub fn frame_of(list: &web_sys::HtmlDivElement) -> Option<(usize, usize, bool)> {
    let height = row_height()?;
    let top = f64::from(list.scroll_top());
    let first = (top / height).floor() as usize;
    let room = (f64::from(list.client_height()) / height).ceil() as usize;
    Some((first, room, top < height / 4.0))
}

/// Calls back whenever an element has been scrolled, at most once per picture, for as long as the caller is there.
pub fn on_scroll(element: &web_sys::HtmlDivElement, mut scrolled: impl FnMut() + 'static) {
    use std::cell::Cell;
    use std::rc::Rc;
    use wasm_bindgen::closure::Closure;
    let waiting = Rc::new(Cell::new(false));
    let asked = Rc::clone(&waiting);
    let look = Closure::<dyn FnMut()>::new(move || {
        waiting.set(false);
        scrolled();
    });
    let heard = Closure::<dyn FnMut()>::new(move || {
        if !asked.replace(true) {
            let _never_fails = window().request_animation_frame(look.as_ref().unchecked_ref());
        }
    });
    let _never_fails = element.add_event_listener_with_callback("scroll", heard.as_ref().unchecked_ref());
    let kept = StoredValue::new_local(Some((element.clone(), heard)));
    on_cleanup(move || {
        if let Some((element, heard)) = kept.try_update_value(Option::take).flatten() {
            let _gone = element.remove_event_listener_with_callback("scroll", heard.as_ref().unchecked_ref());
        }
    });
}

/// Scrolls an element to so many rows from its top.
pub fn scroll_to(list: &web_sys::HtmlDivElement, row: usize) {
    list.set_scroll_top((row as f64 * row_height().unwrap_or_default()) as i32);
}

/// Reads what a field for date and time holds, in the reader's zone.
pub fn local_time(text: &str) -> Option<Timestamp> {
    let at = js_sys::Date::parse(text);
    at.is_finite().then_some(Timestamp(at as i64))
}
