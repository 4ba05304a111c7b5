//! The second column of the settings area.
use crate::{Slot, browser::kept_in_view};
use leptos::prelude::*;

/// `<SettingsLayout nav=view! { <SettingsLink …/> }>page</SettingsLayout>` — second column and content at a readable width.
/// On narrow screens the column is a line that scrolls sideways.
#[component]
pub fn SettingsLayout(
    #[prop(default = "Settings".to_owned(), into)] label: String,
    #[prop(into)] nav: Slot,
    children: Children,
) -> impl IntoView {
    view! {
        <div class="settings">
            <SettingsNav label>{nav.view()}</SettingsNav>
            <div class="settings-content">{children()}</div>
        </div>
    }
}

/// The list of settings pages; `SettingsLayout` contains it.
#[component]
pub fn SettingsNav(#[prop(into)] label: String, children: Children) -> impl IntoView {
    let heading = label.clone();
    view! {
        <nav class="settings-nav" aria-label=label>
            <p class="settings-nav-title" aria-hidden="true">{heading}</p>
            <div class="settings-nav-list">{children()}</div>
        </nav>
    }
}

/// One line of `SettingsNav`.
#[component]
pub fn SettingsLink(
    #[prop(into)] href: String,
    #[prop(into)] label: String,
    #[prop(optional, into)] current: Signal<bool>,
) -> impl IntoView {
    let link = kept_in_view(current);
    view! {
        <a node_ref=link class="settings-link" href=href aria-current=move || current.get().then_some("page")>
            {label}
        </a>
    }
}
