use super::Wiring;
use crate::OptText;
use leptos::prelude::*;

/// `<FileField name="people" label="CSV file" accept=".csv"/>` — its form needs `enctype="multipart/form-data"`.
#[component]
pub fn FileField(
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    #[prop(optional, into)] accept: OptText,
    #[prop(optional, into)] hint: OptText,
    #[prop(optional, into)] error: Signal<Option<String>>,
    #[prop(optional)] required: bool,
    #[prop(optional)] optional: bool,
    #[prop(optional)] multiple: bool,
    #[prop(optional)] disabled: bool,
    #[prop(optional, into)] disabled_reason: OptText,
    #[prop(optional, into)] id: OptText,
) -> impl IntoView {
    let wiring = Wiring::new(id.0, &name, hint, disabled_reason, error);
    let disabled = disabled || wiring.denied();
    let control = view! {
        <input
            class="file-input"
            id=wiring.id.clone()
            type="file"
            name=name
            accept=accept.0
            required=required
            multiple=multiple
            disabled=disabled
            aria-invalid=wiring.invalid()
            aria-describedby=wiring.described_by()
        />
    };
    wiring.framed(label, optional, control.into_any())
}
