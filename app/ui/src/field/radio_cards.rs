use super::Wiring;
use crate::{Icon, IconName, OptText};
use leptos::prelude::*;

/// One choice of `RadioCards`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RadioOption {
    pub value: String,
    pub label: String,
    pub description: Option<String>,
    /// Set when this choice may not be taken, and why.
    pub disabled_reason: Option<String>,
}

impl RadioOption {
    #[must_use]
    pub fn new(value: impl Into<String>, label: impl Into<String>, description: impl Into<String>) -> Self {
        Self {
            value: value.into(),
            label: label.into(),
            description: Some(description.into()),
            disabled_reason: None,
        }
    }
}

/// `<RadioCards name="role" label="Role" options=vec![RadioOption::new("user", "User", "Daily work")] value="user"/>`.
#[component]
pub fn RadioCards(
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    options: Vec<RadioOption>,
    #[prop(optional, into)] value: String,
    #[prop(optional, into)] hint: OptText,
    #[prop(optional, into)] error: Signal<Option<String>>,
    #[prop(optional)] required: bool,
    #[prop(optional, into)] id: OptText,
) -> impl IntoView {
    let wiring = Wiring::new(id.0, &name, hint, OptText::default(), error);
    let id = wiring.id.clone();
    let described_by = wiring.described_by();
    let card = move |(index, option): (usize, RadioOption)| {
        let checked = option.value == value;
        radio_card(format!("{id}-{index}"), name.clone(), option, checked, required)
    };
    view! {
        <fieldset class="field" aria-describedby=described_by>
            <legend class="field-label">{label}</legend>
            <div class="radio-cards">{options.into_iter().enumerate().map(card).collect_view()}</div>
            {wiring.notes()}
        </fieldset>
    }
}

fn radio_card(id: String, name: String, option: RadioOption, checked: bool, required: bool) -> AnyView {
    let about = format!("{id}-about");
    let has_about = option.description.is_some() || option.disabled_reason.is_some();
    view! {
        <label class="radio-card" for=id>
            <input
                class="radio radio-primary radio-sm"
                type="radio"
                id=id.clone()
                name=name
                value=option.value
                checked=checked
                required=required
                disabled=option.disabled_reason.is_some()
                aria-describedby=has_about.then(|| about.clone())
            />
            <span class="radio-card-text">
                <span class="radio-card-label">{option.label}</span>
                <span class="radio-card-about" id=about>
                    {option.description}
                    {option
                        .disabled_reason
                        .map(|why| {
                            view! { <span class="field-reason"><Icon name=IconName::Lock/><span>{why}</span></span> }
                        })}
                </span>
            </span>
        </label>
    }
    .into_any()
}
