//! The top of a page.
use crate::{Icon, IconName, OptText, Slot};
use leptos::prelude::*;

/// Where a page's back link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BackLink {
    pub href: String,
    pub label: String,
}

impl BackLink {
    #[must_use]
    pub fn new(href: impl Into<String>, label: impl Into<String>) -> Self {
        Self { href: href.into(), label: label.into() }
    }
}

/// `<PageHeader title="My staff" action=view! { <LinkButton …/> }/>` — the page's only `<h1>` and its primary action.
#[component]
pub fn PageHeader(
    #[prop(into)] title: String,
    #[prop(optional, into)] description: OptText,
    #[prop(optional, into)] action: Slot,
    #[prop(optional, into)] back: Option<BackLink>,
) -> impl IntoView {
    view! {
        <header class="page-header">
            {back
                .map(|back| {
                    view! {
                        <a class="back-link" href=back.href><Icon name=IconName::ArrowLeft/>{back.label}</a>
                    }
                })}
            <div class="page-header-row">
                <div class="page-header-text">
                    <h1>{title}</h1>
                    {description.0.map(|text| view! { <p class="page-description">{text}</p> })}
                </div>
                {action.boxed("page-actions")}
            </div>
        </header>
    }
}
