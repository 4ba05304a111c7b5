use super::Wiring;
use crate::OptText;
use leptos::{
    prelude::*,
    tachys::{html::element::InnerHtmlValue, renderer::Rndr, renderer::types::Element},
};
use std::sync::Arc;

/// `<TextArea name="note" label="Note" value=stored/>` — several lines of text.
#[component]
pub fn TextArea(
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    #[prop(optional, into)] value: String,
    #[prop(optional, into)] hint: OptText,
    #[prop(optional, into)] error: Signal<Option<String>>,
    #[prop(optional)] required: bool,
    #[prop(optional)] optional: bool,
    #[prop(default = 4)] rows: u32,
    #[prop(optional, into)] maxlength: Option<u32>,
    #[prop(optional, into)] placeholder: OptText,
    #[prop(optional)] disabled: bool,
    #[prop(optional, into)] disabled_reason: OptText,
    #[prop(optional, into)] id: OptText,
) -> impl IntoView {
    let wiring = Wiring::new(id.0, &name, hint, disabled_reason, error);
    let denied = wiring.denied();
    let control = view! {
        <textarea
            class="textarea"
            id=wiring.id.clone()
            name=name
            required=required
            rows=rows
            maxlength=maxlength
            placeholder=placeholder.0
            readonly=denied
            aria-disabled=denied.then_some("true")
            disabled=disabled
            aria-invalid=wiring.invalid()
            aria-describedby=wiring.described_by()
            inner_html=AreaText(value.into())
        ></textarea>
    };
    wiring.framed(label, optional, control.into_any())
}

/// The first text of a `<textarea>`.
///
/// Leptos 0.8 writes the children of a `<textarea>` into the page unescaped, so text that contains `</textarea><script>`
/// would run. `inner_html` is the one place where this type decides what is written:
/// - on the server: escaped, after one newline, because HTML parsers drop the first newline of a `<textarea>`, and a text
///   that begins with one would lose it;
/// - when hydrating: nothing. The element has no child views, so there is nothing to match, and what the person has typed
///   meanwhile stays;
/// - when built in the browser: escaped only, because setting `innerHTML` drops no newline.
#[derive(Clone)]
pub(crate) struct AreaText(pub Arc<str>);

impl IntoAttributeValue for AreaText {
    type Output = Self;

    fn into_attribute_value(self) -> Self {
        self
    }
}

pub(crate) fn escape_text(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

impl InnerHtmlValue for AreaText {
    type AsyncOutput = Self;
    type State = (Element, Arc<str>);
    type Cloneable = Self;
    type CloneableOwned = Self;

    fn html_len(&self) -> usize {
        self.0.len() + 1
    }

    fn to_html(self, buf: &mut String) {
        buf.push('\n');
        buf.push_str(&escape_text(&self.0));
    }

    fn to_template(_buf: &mut String) {}

    fn hydrate<const FROM_SERVER: bool>(self, element: &Element) -> Self::State {
        if FROM_SERVER { (element.clone(), self.0) } else { self.build(element) }
    }

    fn build(self, element: &Element) -> Self::State {
        Rndr::set_inner_html(element, &escape_text(&self.0));
        (element.clone(), self.0)
    }

    fn rebuild(self, state: &mut Self::State) {
        if self.0 != state.1 {
            *state = self.build(&state.0);
        }
    }

    fn into_cloneable(self) -> Self::Cloneable {
        self
    }

    fn into_cloneable_owned(self) -> Self::CloneableOwned {
        self
    }

    fn dry_resolve(&mut self) {}

    async fn resolve(self) -> Self::AsyncOutput {
        self
    }
}
