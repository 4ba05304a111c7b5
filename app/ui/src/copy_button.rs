//! Texts to take elsewhere.
use crate::{Icon, IconName, browser::use_browser_behaviour};
use leptos::{html, prelude::*};
use std::time::Duration;

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
    let copy = move |_| {
        if let Some(field) = field.get_untracked() {
            field.select();
        }
        // The browser may refuse; the text is selected then, ready for the keyboard.
        let _ = window().navigator().clipboard().write_text(&text);
        copied.set(true);
        set_timeout(
            move || {
                let _ = copied.try_set(false);
            },
            Duration::from_secs(3),
        );
        if let Some(call) = on_copy {
            call.run(());
        }
    };
    view! {
        <div class="copy">
            <input node_ref=field class="input" readonly=true value=value aria-label=label/>
            <button type="button" class="btn btn-secondary needs-wasm" on:click=copy>
                <CopyIcon copied/>
                <span role="status">{move || if copied.get() { "Copied" } else { "Copy" }}</span>
            </button>
        </div>
    }
}

#[component]
fn CopyIcon(copied: RwSignal<bool>) -> impl IntoView {
    let icon = move || if copied.get() { IconName::Check } else { IconName::Copy };
    move || view! { <Icon name=icon()/> }
}
