use super::Wiring;
use crate::{Icon, IconName, OptText, browser::use_browser_behaviour};
use leptos::prelude::*;

/// `<PasswordField name="password" label="Password" autocomplete="current-password" required=true/>`.
/// Its show/hide button appears once wasm runs. It never takes a value.
#[component]
pub fn PasswordField(
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    #[prop(optional, into)] hint: OptText,
    #[prop(optional, into)] error: Signal<Option<String>>,
    #[prop(optional)] required: bool,
    #[prop(default = "current-password")] autocomplete: &'static str,
    #[prop(optional)] autofocus: bool,
    #[prop(optional, into)] minlength: Option<u32>,
    #[prop(optional, into)] maxlength: Option<u32>,
    #[prop(optional, into)] id: OptText,
) -> impl IntoView {
    use_browser_behaviour();
    let shown = RwSignal::new(false);
    let wiring = Wiring::new(id.0, &name, hint, OptText::default(), error);
    let control = view! {
        <div class="password">
            <input
                class="input"
                id=wiring.id.clone()
                type=move || if shown.get() { "text" } else { "password" }
                name=name
                required=required
                autocomplete=autocomplete
                autocapitalize="none"
                spellcheck="false"
                autofocus=autofocus
                minlength=minlength
                maxlength=maxlength
                aria-invalid=wiring.invalid()
                aria-describedby=wiring.described_by()
            />
            <ShowButton shown/>
        </div>
    };
    wiring.framed(label, false, control.into_any())
}

#[component]
fn ShowButton(shown: RwSignal<bool>) -> impl IntoView {
    let pressed = move || if shown.get() { "true" } else { "false" };
    view! {
        <button
            type="button"
            class="btn btn-ghost btn-square btn-sm needs-wasm"
            aria-label="Show password"
            aria-pressed=pressed
            on:click=move |_| shown.update(|shown| *shown = !*shown)
        >
            <span class="when-pressed"><Icon name=IconName::EyeOff/></span>
            <span class="when-unpressed"><Icon name=IconName::Eye/></span>
        </button>
    }
}
