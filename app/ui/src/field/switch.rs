use super::Wiring;
use crate::{Icon, IconName, OptText};
use leptos::{html, prelude::*};

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

/// `<Switch name="granted[]" value="contacts.view" label="See contacts" on=signal on_change=save status=saved/>` — a setting that is
/// on or off, and follows a signal: what it shows is what holds, whoever changed it.
///
/// Without wasm it is a checkbox of the form around it, so give that form a button. What was switched before wasm ran is reported
/// once it does.
#[component]
pub fn Switch(
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    #[prop(optional, into)] on: Signal<bool>,
    /// How it stood in a form that was refused without wasm; else as `on`.
    #[prop(optional, into)]
    begins: Option<bool>,
    #[prop(default = "true".to_owned(), into)] value: String,
    #[prop(optional, into)] hint: OptText,
    #[prop(optional, into)] error: Signal<Option<String>>,
    #[prop(optional, into)] disabled_reason: OptText,
    /// Called in the browser with the new state.
    #[prop(optional, into)]
    on_change: Option<Callback<bool>>,
    #[prop(optional, into)] status: Signal<SaveState>,
    #[prop(optional, into)] id: OptText,
) -> impl IntoView {
    let wiring = Wiring::new(id.0, &name, hint, disabled_reason, error);
    let id = wiring.id.clone();
    let denied = wiring.denied();
    let report = move |on| {
        if let Some(call) = on_change {
            call.run(on);
        }
    };
    let input = NodeRef::<html::Input>::new();
    Effect::new(move |was_compared: Option<bool>| {
        let on = on.get();
        let Some(input) = input.get() else { return false };
        match was_compared {
            Some(true) => input.set_checked(on),
            _ if input.checked() != on && !denied => report(input.checked()),
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
                // What a browser puts back when it loads the page anew is nothing that somebody switched.
                autocomplete="off"
                node_ref=input
                id=id
                name=name
                value=value
                checked=begins
                disabled=denied
                aria-invalid=wiring.invalid()
                aria-describedby=wiring.described_by()
                on:change=move |event| report(event_target_checked(&event))
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
