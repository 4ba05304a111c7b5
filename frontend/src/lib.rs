//! Starts the app in the browser.

use app::App;
use leptos::{mount::hydrate_from_async, prelude::document};
use wasm_bindgen::prelude::wasm_bindgen;

/// Room for the splitting of the wasm, which puts each file's data into a new order: where that is longer than the old one by a single
/// byte, it leaves the texts of all pages in the main file (wasm_split_cli_support 0.2.3, `emit.rs`, "Overlong segment"). Nothing
/// refers to this, so no file contains it.
#[used]
static ROOM_FOR_SPLITTING: [u8; 4_096] = [1; 4_096];

#[wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    wasm_bindgen_futures::spawn_local(async {
        let document = document();
        let Some(body) = document.body() else { return };
        // As `hydrate_lazy`, but one hears when the page's own piece of code has come, too.
        hydrate_from_async(body, App).await.forget();
        // Tells style sheets and tests that the page reacts now.
        if let Some(root) = document.document_element() {
            let _ = root.set_attribute("data-hydrated", "true");
        }
    });
}
