use super::Wiring;
use crate::OptText;
use leptos::prelude::*;

/// `<Checkbox name="terms" label="I agree" value="yes" required=true/>` — the label is part of the target.
#[component]
pub fn Checkbox(
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    #[prop(optional)] checked: bool,
    #[prop(default = "true".to_owned(), into)] value: String,
    #[prop(optional, into)] hint: OptText,
    #[prop(optional, into)] error: Signal<Option<String>>,
    #[prop(optional)] required: bool,
    #[prop(optional)] disabled: bool,
    #[prop(optional, into)] disabled_reason: OptText,
    /// Called in the browser with the new state.
    #[prop(optional, into)]
    on_change: Option<Callback<bool>>,
    #[prop(optional, into)] id: OptText,
) -> impl IntoView {
    let wiring = Wiring::new(id.0, &name, hint, disabled_reason, error);
    let id = wiring.id.clone();
    let disabled = disabled || wiring.denied();
    view! {
        <div class="choice">
            <input
                class="checkbox checkbox-primary checkbox-sm"
                type="checkbox"
                id=id.clone()
                name=name
                value=value
                checked=checked
                required=required
                disabled=disabled
                aria-invalid=wiring.invalid()
                aria-describedby=wiring.described_by()
                on:change=move |event| if let Some(call) = on_change { call.run(event_target_checked(&event)) }
            />
            <div class="choice-text"><label for=id>{label}</label> {wiring.notes()}</div>
        </div>
    }
}
