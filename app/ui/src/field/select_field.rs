use super::Wiring;
use crate::OptText;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlOptionElement, HtmlSelectElement};

/// One choice of a `SelectField`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SelectOption {
    pub value: String,
    pub label: String,
    /// Cannot be chosen; its label says why.
    pub is_disabled: bool,
}

impl SelectOption {
    #[must_use]
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into(), is_disabled: false }
    }
}

/// `<SelectField name="role" label="Role" options=vec![SelectOption::new("user", "User")] value="user"/>`.
#[component]
pub fn SelectField(
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    options: Vec<SelectOption>,
    #[prop(optional, into)] value: String,
    #[prop(optional, into)] hint: OptText,
    #[prop(optional, into)] error: Signal<Option<String>>,
    #[prop(optional)] required: bool,
    #[prop(optional)] optional: bool,
    #[prop(optional)] disabled: bool,
    #[prop(optional, into)] disabled_reason: OptText,
    #[prop(optional, into)] autocomplete: OptText,
    #[prop(optional, into)] id: OptText,
) -> impl IntoView {
    let wiring = Wiring::new(id.0, &name, hint, disabled_reason, error);
    // A select cannot be read-only, so a denied one is disabled; its reason stands below as text.
    let disabled = disabled || wiring.denied();
    let control = view! {
        <select
            class="select"
            id=wiring.id.clone()
            name=name
            required=required
            disabled=disabled
            autocomplete=autocomplete.0
            aria-invalid=wiring.invalid()
            aria-describedby=wiring.described_by()
            on:change=keep_choice
        >
            {select_options(options, &value)}
        </select>
    };
    wiring.framed(label, optional, control.into_any())
}

/// What somebody chose stays chosen. A page that is shown anew writes its attributes again, and a browser would take `selected` for
/// the choice then; not of an option that a script has set.
fn keep_choice(event: Event) {
    let select: HtmlSelectElement = event_target(&event);
    for index in 0..select.length() {
        if let Some(option) = select.item(index) {
            let option: HtmlOptionElement = option.unchecked_into();
            option.set_selected(option.selected());
        }
    }
}

pub(crate) fn select_options(options: Vec<SelectOption>, chosen: &str) -> AnyView {
    options
        .into_iter()
        .map(|option| {
            let selected = option.value == chosen;
            view! { <option value=option.value selected=selected disabled=option.is_disabled>{option.label}</option> }
        })
        .collect_view()
        .into_any()
}
