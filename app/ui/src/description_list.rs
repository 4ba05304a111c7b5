//! Facts with their names.
use leptos::prelude::*;

/// `<DescriptionList><DescriptionItem term="E-mail">"max@…"</DescriptionItem></DescriptionList>`.
#[component]
pub fn DescriptionList(children: Children) -> impl IntoView {
    view! { <dl class="facts">{children()}</dl> }
}

/// One fact of a `DescriptionList`.
#[component]
pub fn DescriptionItem(#[prop(into)] term: String, children: Children) -> impl IntoView {
    view! { <div class="fact"><dt>{term}</dt><dd>{children()}</dd></div> }
}
