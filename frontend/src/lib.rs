//! Brings the pages to life in the browser.

#![recursion_limit = "256"]

use leptos::prelude::document;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = console)]
    fn error(words: &str);
}

/// Takes over the page the server drew.
#[wasm_bindgen]
pub fn hydrate() {
    std::panic::set_hook(Box::new(|panic| error(&panic.to_string())));
    leptos::mount::hydrate_body(app::App);
    if let Some(root) = document().document_element() {
        // Tests and styles can tell a page that answers from one that is only drawn.
        let _only_invalid_names_fail = root.set_attribute("data-ready", "");
    }
}
