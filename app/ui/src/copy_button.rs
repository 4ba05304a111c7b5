//! Texts to take elsewhere.
use crate::{Icon, IconName, browser::use_browser_behaviour};
use leptos::{html, prelude::*};
use std::time::Duration;
use wasm_bindgen::{JsValue, closure::Closure};

/// `<CopyButton label="Invitation link" text=link/>` — a read-only field to select from; with wasm also a button.
/// `on_copy` runs in the browser after each copy, for copies that are recorded.
#[component]
pub fn CopyButton(
    #[prop(into)] text: String,
    #[prop(into)] label: String,
    #[prop(optional, into)] on_copy: Option<Callback<()>>,
) -> impl IntoView {
    use_browser_behaviour();
    let copied = RwSignal::new(false);
    let field = NodeRef::<html::Input>::new();
    let value = text.clone();
    let done = Callback::new(move |()| {
        copied.set(true);
        let again = move || {
            let _ = copied.try_set(false);
        };
        set_timeout(again, Duration::from_secs(3));
        if let Some(call) = on_copy {
            call.run(());
        }
    });
    let copy = move |_| {
        if let Some(field) = field.get_untracked() {
            field.select();
        }
        write_to_clipboard(&text, done);
    };
    view! {
        <div class="copy">
            <input node_ref=field class="input" readonly=true value=value aria-label=label/>
            <button type="button" class="btn btn-secondary needs-wasm" on:click=copy>
                <CopyIcon copied/>
                <span>{move || if copied.get() { "Copied" } else { "Copy" }}</span>
            </button>
            <span class="sr-only" role="status">{move || copied.get().then_some("Copied")}</span>
        </div>
    }
}

/// Runs `done` once the text is there. Pages that are not served securely have no clipboard, and a browser may refuse: the
/// text is selected then, ready for the keyboard, and nothing claims to be copied.
fn write_to_clipboard(text: &str, done: Callback<()>) {
    let window = window();
    if !window.is_secure_context() {
        return;
    }
    let resolved = Closure::once(move |_: JsValue| done.run(()));
    let refused = Closure::once(|_: JsValue| ());
    let _ = window.navigator().clipboard().write_text(text).then2(&resolved, &refused);
    // One of the two runs once, later; a few bytes per click are the price of not keeping them.
    resolved.forget();
    refused.forget();
}

#[component]
fn CopyIcon(copied: RwSignal<bool>) -> impl IntoView {
    let icon = move || if copied.get() { IconName::Check } else { IconName::Copy };
    move || view! { <Icon name=icon()/> }
}
