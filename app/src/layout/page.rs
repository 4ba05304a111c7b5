use leptos::prelude::*;
use leptos_meta::Title;
use ui::{AuthLayout, Slot};

use crate::Boot;

/// What the browser's tab says. Whole on each page: leptos' formatter for all of them leaves the tab without a title for a moment.
#[component]
pub fn PageTitle(#[prop(into)] text: String) -> impl IntoView {
    let text = crate::request::title(format!("{text} · {}", Boot::current().brand.name));
    view! { <Title text/> }
}

/// A page for people who are not signed in: title, heading, card.
#[component]
pub fn Narrow(
    #[prop(into)] title: String,
    #[prop(optional, into)] description: ui::OptText,
    #[prop(optional, into)] footer: Slot,
    children: Children,
) -> impl IntoView {
    view! {
        <PageTitle text=title.clone()/>
        <AuthLayout brand=Boot::current().brand.name title description footer>{children()}</AuthLayout>
    }
}

/// The title and header of a signed-in page.
#[component]
pub fn Page(
    #[prop(into)] title: String,
    #[prop(optional, into)] description: ui::OptText,
    #[prop(optional, into)] action: Slot,
    #[prop(optional, into)] back: Option<ui::BackLink>,
    children: Children,
) -> impl IntoView {
    view! {
        <PageTitle text=title.clone()/>
        {match back {
            Some(back) => view! { <ui::PageHeader title description action back/> }.into_any(),
            None => view! { <ui::PageHeader title description action/> }.into_any(),
        }}
        {children()}
    }
}
