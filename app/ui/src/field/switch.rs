use super::Wiring;
use crate::{Icon, IconName, OptText};
use leptos::prelude::*;

/// What became of a live change.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum SaveState {
    #[default]
    Idle,
    Saving,
    Saved,
    /// Not saved, and why.
    Failed(String),
}

/// `<Switch name="view" label="See contacts" checked=true on_change=save status=saved/>` — a setting that is on or off.
///
/// Without wasm it is a checkbox of the form around it, so give that form a button.
#[component]
pub fn Switch(
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    #[prop(optional)] checked: bool,
    #[prop(default = "true".to_owned(), into)] value: String,
    #[prop(optional, into)] hint: OptText,
    #[prop(optional, into)] error: Signal<Option<String>>,
    #[prop(optional)] disabled: bool,
    #[prop(optional, into)] disabled_reason: OptText,
    /// Called in the browser with the new state.
    #[prop(optional, into)]
    on_change: Option<Callback<bool>>,
    #[prop(optional, into)] status: Signal<SaveState>,
    #[prop(optional, into)] id: OptText,
) -> impl IntoView {
    let wiring = Wiring::new(id.0, &name, hint, disabled_reason, error);
    let id = wiring.id.clone();
    let disabled = disabled || wiring.denied();
    view! {
        <div class="choice choice-switch">
            <div class="choice-text">
                <label for=id.clone()>{label}</label>
                {wiring.clone().notes()}
            </div>
            <SaveStatus status/>
            <input
                class="toggle toggle-primary"
                type="checkbox"
                role="switch"
                id=id
                name=name
                value=value
                checked=checked
                disabled=disabled
                aria-invalid=wiring.invalid()
                aria-describedby=wiring.described_by()
                on:change=move |event| if let Some(call) = on_change { call.run(event_target_checked(&event)) }
            />
        </div>
    }
}

/// "Saving", "Saved" or the failure, announced politely. `Switch` contains it; other live controls may use it too.
#[component]
pub fn SaveStatus(#[prop(into)] status: Signal<SaveState>) -> impl IntoView {
    let text = move || match status.get() {
        SaveState::Idle => ().into_any(),
        SaveState::Saving => "Saving…".into_any(),
        SaveState::Saved => view! { <Icon name=IconName::Check/> "Saved" }.into_any(),
        SaveState::Failed(why) => {
            view! { <span class="save-failed"><Icon name=IconName::Alert/> {why}</span> }.into_any()
        }
    };
    view! { <span class="save-status" role="status">{text}</span> }
}
