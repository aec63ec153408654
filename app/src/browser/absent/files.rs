//! No browser: no files.

use domain::UploadId;
use leptos::prelude::Callback;
use leptos::web_sys;

/// A file somebody wants to send.
#[derive(Clone, Debug)]
pub struct Chosen {
    pub name: String,
    pub mime: String,
    pub size: u64,
}

/// What was chosen in a file field.
pub fn chosen(_field: &web_sys::HtmlInputElement) -> Vec<Chosen> {
    Vec::new()
}

/// What was dropped.
pub fn dropped(_event: &web_sys::DragEvent) -> Vec<Chosen> {
    Vec::new()
}

/// What was pasted, unless it is text.
pub fn pasted(_event: &web_sys::ClipboardEvent) -> Vec<Chosen> {
    Vec::new()
}

/// Whether files are being dragged, rather than text.
pub fn drags_files(_event: &web_sys::DragEvent) -> bool {
    false
}

/// A new id for a file.
///
/// # Panics
/// Always: only a browser attaches files.
pub fn new_upload_id() -> UploadId {
    unreachable!("files are attached in browsers")
}

/// Sends a file to an address.
pub fn upload(
    _id: UploadId,
    _file: Chosen,
    _address: &str,
    _progress: Callback<f64>,
    _ended: Callback<(u16, String)>,
) {
}

/// Sends a file that was kept once more.
pub fn upload_again(
    _id: UploadId,
    _address: &str,
    _progress: Callback<f64>,
    _ended: Callback<(u16, String)>,
) {
}

/// Ends the sending of a file, and forgets it.
pub fn let_go(_id: UploadId) {}

/// Reads a file as text.
pub fn read_text(_file: &Chosen, _read: impl FnOnce(Option<String>) + 'static) {}

/// Offers a text as a file to keep.
pub fn save_file(_name: &str, _text: &str) {}
