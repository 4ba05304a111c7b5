//! The frame around every signed-in page.
use crate::{Icon, IconName, Slot, browser::use_browser_behaviour};
use leptos::prelude::*;

/// `<AppShell brand="Steward" rail=view! {…} footer=view! {…}>page</AppShell>` — left rail, content and skip link.
///
/// On narrow screens the rail is a popover behind a button in a top bar: the browser opens and closes it without wasm.
#[component]
pub fn AppShell(
    #[prop(into)] brand: String,
    #[prop(default = "/".to_owned(), into)] brand_href: String,
    /// Above the navigation: an account switcher, for example.
    #[prop(optional, into)]
    header: Slot,
    #[prop(into)] rail: Slot,
    #[prop(optional, into)] footer: Slot,
    /// A thin line above everything: a past-due notice, for example.
    #[prop(default = None)]
    banner: Option<AnyView>,
    children: Children,
) -> impl IntoView {
    use_browser_behaviour();
    view! {
        <SkipLink/>
        <div class="shell">
            <header class="topbar">
                <button type="button" class="btn btn-ghost btn-square" popovertarget="rail" aria-label="Open menu">
                    <Icon name=IconName::Menu/>
                </button>
                <a class="brand" href=brand_href.clone()>{brand.clone()}</a>
            </header>
            <aside id="rail" class="rail" popover="auto" aria-label="Navigation">
                <div class="rail-top">
                    <a class="brand" href=brand_href>{brand}</a>
                    <button
                        type="button"
                        class="btn btn-ghost btn-square rail-close"
                        popovertarget="rail"
                        popovertargetaction="hide"
                        aria-label="Close menu"
                    >
                        <Icon name=IconName::Cross/>
                    </button>
                </div>
                {header.boxed("rail-header")}
                <nav class="rail-nav" aria-label="Main">{rail.view()}</nav>
                {footer.boxed("rail-footer")}
            </aside>
            <div class="shell-body">{banner.map(|banner| view! { <aside class="shell-banner" aria-label="Notice">{banner}</aside> })} <MainContent>{children()}</MainContent></div>
        </div>
    }
}

/// One line of the rail: `<RailLink href="/staff" label="Staff" icon=IconName::Users current=is_current/>`.
#[component]
pub fn RailLink(
    #[prop(into)] href: String,
    #[prop(into)] label: String,
    icon: IconName,
    #[prop(optional, into)] current: Signal<bool>,
) -> impl IntoView {
    view! {
        <a class="rail-link" href=href aria-current=move || current.get().then_some("page")>
            <Icon name=icon/>
            <span>{label}</span>
        </a>
    }
}

/// A small heading between groups of `RailLink`s.
#[component]
pub fn RailHeading(#[prop(into)] label: String) -> impl IntoView {
    view! { <p class="rail-heading">{label}</p> }
}

/// "Skip to content", the first thing the keyboard reaches. `AppShell` and `AuthLayout` contain it.
#[component]
pub fn SkipLink() -> impl IntoView {
    // Leaves the history alone: a router must not take it for a page.
    view! { <a class="skip-link" href="#content" rel="external">"Skip to content"</a> }
}

#[component]
pub(crate) fn MainContent(children: Children) -> impl IntoView {
    view! { <main id="content" class="main" tabindex="-1">{children()}</main> }
}
