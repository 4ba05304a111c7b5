use super::{SaveState, SaveStatus, Wiring};
use crate::OptText;
use leptos::{html, prelude::*};

/// `<LiveSwitch name="granted[]" value="contacts.view" label="See contacts" on=signal on_change=save status=saved/>` — a switch
/// that follows a signal: what it shows is what holds, whoever changed it.
///
/// Without wasm it is a checkbox of the form around it. What was switched before wasm ran is reported once it does.
#[component]
pub fn LiveSwitch(
    #[prop(into)] name: String,
    #[prop(into)] value: String,
    #[prop(into)] label: String,
    #[prop(into)] on: Signal<bool>,
    /// Whether the check box begins as it was left before a refused submission.
    #[prop(optional, into)]
    begins: Option<bool>,
    #[prop(into)] on_change: Callback<bool>,
    #[prop(optional, into)] status: Signal<SaveState>,
    #[prop(optional, into)] hint: OptText,
    #[prop(optional, into)] disabled_reason: OptText,
    #[prop(into)] id: String,
) -> impl IntoView {
    let wiring = Wiring::new(Some(id.clone()), &name, hint, disabled_reason, Signal::stored(None));
    let denied = wiring.denied();
    let input = NodeRef::<html::Input>::new();
    Effect::new(move |was_compared: Option<bool>| {
        let on = on.get();
        let Some(input) = input.get() else { return false };
        match was_compared {
            Some(true) => input.set_checked(on),
            _ if input.checked() != on && !denied => on_change.run(input.checked()),
            _ => input.set_checked(on),
        }
        true
    });
    let begins = begins.unwrap_or_else(|| on.get_untracked());
    // A disabled box sends nothing, and nothing would mean off.
    let kept = (denied && begins).then(|| {
        view! { <input type="hidden" name=name.clone() value=value.clone()/> }
    });
    view! {
        <div class="choice choice-switch">
            <div class="choice-text">
                <label for=id.clone()>{label}</label>
                {wiring.clone().notes()}
            </div>
            <SaveStatus status/>
            {kept}
            <input
                class="toggle toggle-primary"
                type="checkbox"
                role="switch"
                node_ref=input
                id=id
                name=name
                value=value
                checked=begins
                disabled=denied
                aria-describedby=wiring.described_by()
                on:change=move |event| on_change.run(event_target_checked(&event))
            />
        </div>
    }
}
