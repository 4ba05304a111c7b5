//! Small value types that let callers pass what they have at hand.
use leptos::prelude::*;

/// A text that may be absent. Accepts `"…"`, `String`, `Option<String>` and `Option<&str>`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OptText(pub Option<String>);

impl From<&str> for OptText {
    fn from(text: &str) -> Self {
        Self(Some(text.to_owned()))
    }
}

impl From<String> for OptText {
    fn from(text: String) -> Self {
        Self(Some(text))
    }
}

impl From<Option<String>> for OptText {
    fn from(text: Option<String>) -> Self {
        Self(text)
    }
}

impl From<Option<&str>> for OptText {
    fn from(text: Option<&str>) -> Self {
        Self(text.map(str::to_owned))
    }
}

/// A place in a component that may hold any view: `action=view! { <LinkButton …/> }`.
#[derive(Default)]
pub struct Slot(Option<AnyView>);

impl<T: IntoView + 'static> From<T> for Slot {
    fn from(view: T) -> Self {
        Self(Some(view.into_any()))
    }
}

impl Slot {
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_none()
    }

    pub(crate) fn view(self) -> Option<AnyView> {
        self.0
    }

    /// The slot's view inside a `<div class=…>`, or nothing.
    pub(crate) fn boxed(self, class: &'static str) -> Option<AnyView> {
        self.0.map(|view| view! { <div class=class>{view}</div> }.into_any())
    }
}
