use super::Wiring;
use crate::OptText;
use leptos::prelude::*;

/// `<ChoiceGroup name="places" label="Pipelines"><Checkbox …/><Checkbox …/></ChoiceGroup>` — check boxes that answer one question.
#[component]
pub fn ChoiceGroup(
    /// What errors are about.
    #[prop(into)]
    name: String,
    #[prop(into)] label: String,
    #[prop(optional, into)] hint: OptText,
    #[prop(optional, into)] error: Signal<Option<String>>,
    children: Children,
) -> impl IntoView {
    let wiring = Wiring::new(None, &name, hint, OptText::default(), error);
    let described_by = wiring.described_by();
    view! {
        <fieldset class="field" aria-describedby=described_by>
            <legend class="field-label">{label}</legend>
            <div class="choice-group">{children()}</div>
            {wiring.notes()}
        </fieldset>
    }
}
