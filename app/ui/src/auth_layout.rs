//! Pages for people who are not signed in.
use crate::{
    Slot,
    browser::use_browser_behaviour,
    shell::{MainContent, SkipLink},
};
use leptos::prelude::*;

/// `<AuthLayout brand="Steward" title="Sign in">form</AuthLayout>` — a centred narrow card with the page's one heading.
#[component]
pub fn AuthLayout(
    #[prop(into)] brand: String,
    #[prop(default = "/".to_owned(), into)] brand_href: String,
    #[prop(into)] title: String,
    #[prop(optional, into)] description: crate::OptText,
    /// Under the card: "New here? Create an account", for example.
    #[prop(optional, into)]
    footer: Slot,
    children: Children,
) -> impl IntoView {
    use_browser_behaviour();
    view! {
        <SkipLink/>
        <div class="auth">
            <header><a class="brand" href=brand_href>{brand}</a></header>
            <MainContent>
                <div class="auth-card">
                    <h1>{title}</h1>
                    {description.0.map(|text| view! { <p class="auth-description">{text}</p> })}
                    {children()}
                </div>
            </MainContent>
            {footer.view().map(|footer| view! { <footer class="auth-footer">{footer}</footer> })}
        </div>
    }
}
