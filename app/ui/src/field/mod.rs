//! Form fields. All are uncontrolled: `value` is the first value, and what is typed before hydration stays.
mod checkbox;
mod choice_group;
mod file_field;
mod form_error;
mod password_field;
mod radio_cards;
mod select_field;
mod switch;
mod text_area;
mod text_field;

pub use checkbox::*;
pub use choice_group::*;
pub use file_field::*;
pub use form_error::*;
pub use password_field::*;
pub use radio_cards::*;
pub use select_field::*;
pub use switch::*;
pub use text_area::*;
pub use text_field::*;

use crate::{Icon, IconName, OptText};
use leptos::prelude::*;

/// The ids that tie a control to its hint and its error, and what a control says about itself.
#[derive(Clone)]
pub(crate) struct Wiring {
    pub id: String,
    hint: Option<String>,
    reason: Option<String>,
    error: Signal<Option<String>>,
}

impl Wiring {
    /// `id` defaults to `field-{name}`; two forms with the same field on one page need their own ids.
    pub fn new(
        id: Option<String>,
        name: &str,
        hint: OptText,
        reason: OptText,
        error: Signal<Option<String>>,
    ) -> Self {
        let id = id.unwrap_or_else(|| format!("field-{name}"));
        Self { id, hint: hint.0, reason: reason.0, error }
    }

    pub fn denied(&self) -> bool {
        self.reason.is_some()
    }

    /// For `aria-invalid`.
    pub fn invalid(&self) -> Signal<Option<&'static str>> {
        let error = self.error;
        Signal::derive(move || error.with(Option::is_some).then_some("true"))
    }

    /// For `aria-describedby`: names only texts that are there.
    pub fn described_by(&self) -> Signal<Option<String>> {
        let error = self.error;
        let id = self.id.clone();
        let parts = [(self.hint.is_some(), "hint"), (self.reason.is_some(), "reason")];
        Signal::derive(move || {
            let with_error = [(error.with(Option::is_some), "error")];
            let ids: Vec<String> = with_error
                .into_iter()
                .chain(parts)
                .filter(|(there, _)| *there)
                .map(|(_, part)| format!("{id}-{part}"))
                .collect();
            (!ids.is_empty()).then(|| ids.join(" "))
        })
    }

    /// Hint, reason and error below a control.
    pub fn notes(self) -> AnyView {
        let Self { id, hint, reason, error } = self;
        let error_id = format!("{id}-error");
        let hint = hint.map(|text| view! { <p class="field-hint" id=format!("{id}-hint")>{text}</p> });
        let reason = reason.map(|text| {
            view! { <p class="field-hint field-reason" id=format!("{id}-reason")><Icon name=IconName::Lock/><span>{text}</span></p> }
        });
        view! { {hint} {reason} <FieldError id=error_id error/> }.into_any()
    }

    /// Label above, control, notes below.
    pub fn framed(self, label: String, optional: bool, control: AnyView) -> AnyView {
        let id = self.id.clone();
        view! {
            <div class="field">
                <label class="field-label" for=id>
                    {label}
                    {optional.then(|| view! { <span class="field-optional">" (optional)"</span> })}
                </label>
                {control}
                {self.notes()}
            </div>
        }
        .into_any()
    }
}

/// A field's error. The paragraph is always there, so that a text that arrives later is announced.
#[component]
fn FieldError(id: String, error: Signal<Option<String>>) -> impl IntoView {
    let text = move || error.get().map(|text| view! { <Icon name=IconName::Alert/> <span>{text}</span> });
    view! { <p class="field-error" id=id aria-live="polite">{text}</p> }
}
