use super::Wiring;
use crate::OptText;
use leptos::prelude::*;

/// `<TextField name="email" label="E-mail" kind="email" error=error_of("email") required=true autocomplete="email"/>`.
#[component]
pub fn TextField(
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    #[prop(optional, into)] value: String,
    /// The `<input>` type: text, email, tel, url, number, date, time, search …
    #[prop(default = "text")]
    kind: &'static str,
    #[prop(optional, into)] hint: OptText,
    #[prop(optional, into)] error: Signal<Option<String>>,
    #[prop(optional)] required: bool,
    /// Says "(optional)" beside the label.
    #[prop(optional)]
    optional: bool,
    #[prop(optional, into)] autocomplete: OptText,
    #[prop(optional, into)] inputmode: OptText,
    #[prop(optional)] autofocus: bool,
    #[prop(optional, into)] maxlength: Option<u32>,
    #[prop(optional, into)] placeholder: OptText,
    #[prop(optional, into)] min: OptText,
    #[prop(optional, into)] max: OptText,
    #[prop(optional)] readonly: bool,
    #[prop(optional)] disabled: bool,
    #[prop(optional, into)] disabled_reason: OptText,
    #[prop(optional, into)] id: OptText,
) -> impl IntoView {
    let wiring = Wiring::new(id.0, &name, hint, disabled_reason, error);
    let denied = wiring.denied();
    let control = view! {
        <input
            class="input"
            id=wiring.id.clone()
            type=kind
            name=name
            value=value
            required=required
            autocomplete=autocomplete.0
            inputmode=inputmode.0
            autofocus=autofocus
            maxlength=maxlength
            placeholder=placeholder.0
            min=min.0
            max=max.0
            // With a reason it stays focusable, so that the reason is reachable.
            readonly=readonly || denied
            aria-disabled=denied.then_some("true")
            disabled=disabled
            spellcheck=matches!(kind, "email" | "tel" | "url").then_some("false")
            aria-invalid=wiring.invalid()
            aria-describedby=wiring.described_by()
        />
    };
    wiring.framed(label, optional, control.into_any())
}
