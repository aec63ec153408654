//! Brings the pages to life in the browser.

#![recursion_limit = "256"]

use leptos::prelude::{document, window};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = console)]
    fn error(words: &str);
}

/// From now on the page speaks the language of these lines, one sentence each: English, a tab, the other language.
#[wasm_bindgen]
pub fn speak(lines: String) {
    app::speak(lines);
}

/// Takes over the page the server drew, once the part of the module it was drawn with is here.
#[wasm_bindgen]
pub async fn hydrate() {
    std::panic::set_hook(Box::new(|panic| error(&panic.to_string())));
    let path = window().location().pathname().unwrap_or_default();
    if let Err(failure) = app::fetch_for(&path).await {
        return error(&failure.to_string());
    }
    let body = document().body().expect("a page has a body");
    leptos::mount::hydrate_from_async(body, app::App).await.forget();
    if let Some(root) = document().document_element() {
        // Tests and styles can tell a page that answers from one that is only drawn.
        let _only_invalid_names_fail = root.set_attribute("data-ready", "");
    }
}
