//! Files from this computer: chosen, dropped, pasted, and on their way to the server.

use domain::UploadId;
use leptos::prelude::{Callable as _, Callback, document, set_timeout};
use std::cell::RefCell;
use std::collections::HashMap;
use std::time::Duration;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{
    Blob, BlobPropertyBag, ClipboardEvent, DragEvent, File, FileList, FileReader, HtmlAnchorElement,
    HtmlInputElement, ProgressEvent, Url, XmlHttpRequest,
};

/// A file somebody wants to send.
#[derive(Clone, Debug)]
pub struct Chosen {
    pub name: String,
    /// As the browser believes it; blank when it does not know.
    pub mime: String,
    /// In bytes.
    pub size: u64,
    file: File,
}

impl Chosen {
    fn of(file: File) -> Self {
        Self { name: file.name(), mime: file.type_(), size: file.size() as u64, file }
    }
}

fn all(list: Option<FileList>) -> Vec<Chosen> {
    let Some(list) = list else { return Vec::new() };
    (0..list.length()).filter_map(|index| list.item(index)).map(Chosen::of).collect()
}

/// What was chosen in a file field; the field is empty again afterwards.
pub fn chosen(field: &HtmlInputElement) -> Vec<Chosen> {
    let files = all(field.files());
    field.set_value("");
    files
}

/// What was dropped.
pub fn dropped(event: &DragEvent) -> Vec<Chosen> {
    all(event.data_transfer().and_then(|data| data.files()))
}

/// What was pasted, unless it is text.
pub fn pasted(event: &ClipboardEvent) -> Vec<Chosen> {
    all(event.clipboard_data().and_then(|data| data.files()))
}

/// Whether files are being dragged, rather than text.
pub fn drags_files(event: &DragEvent) -> bool {
    let types = event.data_transfer().map(|data| data.types());
    types.is_some_and(|types| types.iter().any(|kind| kind.as_string().as_deref() == Some("Files")))
}

/// A new id for a file.
#[expect(clippy::disallowed_methods, reason = "a file gets its id where it is chosen")]
pub fn new_upload_id() -> UploadId {
    UploadId(uuid::Uuid::now_v7())
}

/// A file on its way, with what its request calls.
struct Uploading {
    request: XmlHttpRequest,
    _progressed: Closure<dyn FnMut(ProgressEvent)>,
    _ended: Closure<dyn FnMut()>,
}

thread_local! {
    /// Files that are not with the server yet, and their requests. Neither can leave this thread.
    static UNDER_WAY: RefCell<HashMap<UploadId, (Chosen, Option<Uploading>)>> = RefCell::default();
}

/// Sends a file to an address. `progress` hears how much of it is through, from 0 to 1; `ended` the status and the
/// body of the answer, with status 0 when none came. The file is kept until it is let go of.
pub fn upload(
    id: UploadId,
    file: Chosen,
    address: &str,
    progress: Callback<f64>,
    ended: Callback<(u16, String)>,
) {
    let uploading = begin(&file, address, progress, ended);
    UNDER_WAY.with_borrow_mut(|all| all.insert(id, (file, uploading)));
}

/// Sends a file that was kept once more.
pub fn upload_again(id: UploadId, address: &str, progress: Callback<f64>, ended: Callback<(u16, String)>) {
    let file = UNDER_WAY.with_borrow(|all| all.get(&id).map(|(file, _)| file.clone()));
    if let Some(file) = file {
        let_go(id);
        upload(id, file, address, progress, ended);
    }
}

/// Ends the sending of a file without a word, and forgets it.
pub fn let_go(id: UploadId) {
    let Some((_, Some(uploading))) = UNDER_WAY.with_borrow_mut(|all| all.remove(&id)) else { return };
    uploading.request.set_onloadend(None);
    let _ended_already = uploading.request.abort();
    // A closure must not be dropped while it is the one that runs.
    set_timeout(move || drop(uploading), Duration::ZERO);
}

fn begin(
    file: &Chosen,
    address: &str,
    progress: Callback<f64>,
    ended: Callback<(u16, String)>,
) -> Option<Uploading> {
    let request = XmlHttpRequest::new().ok()?;
    request.open("POST", address).ok()?;
    request.set_request_header("content-type", "application/octet-stream").ok()?;
    let progressed = Closure::<dyn FnMut(ProgressEvent)>::new(move |event: ProgressEvent| {
        if event.total() > 0.0 {
            progress.run(event.loaded() / event.total());
        }
    });
    let asked = request.clone();
    let over = Closure::<dyn FnMut()>::new(move || {
        let status = asked.status().unwrap_or(0);
        let body = asked.response_text().ok().flatten().unwrap_or_default();
        ended.run((status, body));
    });
    request.upload().ok()?.set_onprogress(Some(progressed.as_ref().unchecked_ref()));
    request.set_onloadend(Some(over.as_ref().unchecked_ref()));
    request.send_with_opt_blob(Some(&file.file)).ok()?;
    Some(Uploading { request, _progressed: progressed, _ended: over })
}

/// Reads a file as text; nothing when the disk does not give it.
pub fn read_text(file: &Chosen, read: impl FnOnce(Option<String>) + 'static) {
    let Ok(reader) = FileReader::new() else { return read(None) };
    let done = reader.clone();
    let ended = Closure::once_into_js(move || read(done.result().ok().and_then(|text| text.as_string())));
    reader.set_onloadend(Some(ended.unchecked_ref()));
    if reader.read_as_text(&file.file).is_err() {
        reader.abort();
    }
}

/// Offers a text as a file to keep.
pub fn save_file(name: &str, text: &str) {
    let _not_offered = offer(name, text);
}

fn offer(name: &str, text: &str) -> Option<()> {
    let parts = js_sys::Array::of1(&text.into());
    let options = BlobPropertyBag::new();
    options.set_type("application/json");
    let blob = Blob::new_with_str_sequence_and_options(&parts, &options).ok()?;
    let address = Url::create_object_url_with_blob(&blob).ok()?;
    let link: HtmlAnchorElement = document().create_element("a").ok()?.dyn_into().ok()?;
    link.set_href(&address);
    link.set_download(name);
    link.click();
    // The browser begins to read it after this; a minute is long enough for any disk.
    set_timeout(move || drop(Url::revoke_object_url(&address)), Duration::from_secs(60));
    Some(())
}
