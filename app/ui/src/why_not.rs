//! Why something may not be used.
use leptos::prelude::*;

/// In a sentence, and the page that explains it in full. A plain text is a reason that needs no page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WhyNot {
    pub text: String,
    pub href: Option<String>,
    /// Whether that page is also where one asks for it.
    pub can_ask: bool,
}

impl WhyNot {
    /// The sentence, with the way to its explanation.
    #[must_use]
    pub fn view(self) -> AnyView {
        let link = self.link();
        view! { {self.text}" "{link} }.into_any()
    }

    pub(crate) fn link(&self) -> Option<AnyView> {
        let href = self.href.clone()?;
        let label = if self.can_ask { "Why? Ask for access" } else { "Why?" };
        Some(view! { <a class="link" href=href>{label}</a> }.into_any())
    }
}

impl From<&str> for WhyNot {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

impl From<String> for WhyNot {
    fn from(text: String) -> Self {
        Self { text, href: None, can_ask: false }
    }
}

/// A [`WhyNot`] that may be absent. Accepts what that accepts, and options of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OptWhyNot(pub Option<WhyNot>);

impl From<&str> for OptWhyNot {
    fn from(text: &str) -> Self {
        Self(Some(text.into()))
    }
}

impl From<String> for OptWhyNot {
    fn from(text: String) -> Self {
        Self(Some(text.into()))
    }
}

impl From<Option<String>> for OptWhyNot {
    fn from(text: Option<String>) -> Self {
        Self(text.map(WhyNot::from))
    }
}

impl From<Option<WhyNot>> for OptWhyNot {
    fn from(reason: Option<WhyNot>) -> Self {
        Self(reason)
    }
}
