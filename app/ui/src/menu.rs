//! A button with a short list of things to do.
use crate::{Icon, IconName, OptText, Slot};
use leptos::prelude::*;

/// `<Menu label="More about Max"><MenuLink …/><MenuButton …/></Menu>` — `<details>`, so it opens without wasm.
///
/// `label` names the list, and the button while that is three dots; a `trigger` with words names itself.
#[component]
pub fn Menu(
    #[prop(into)] label: String,
    #[prop(optional, into)] trigger: Slot,
    /// Opens upwards, for menus at the foot of the page.
    #[prop(optional)]
    up: bool,
    children: Children,
) -> impl IntoView {
    let bare = trigger.is_empty();
    let dots = bare.then(|| view! { <Icon name=IconName::More/> });
    view! {
        // One name for all: the browser closes an open menu when another opens.
        <details class=if up { "menu menu-up" } else { "menu" } name="menu">
            <summary class=if bare { "btn btn-ghost btn-square btn-sm" } else { "menu-trigger" } aria-label=bare.then(|| label.clone())>
                {dots}
                {trigger.view()}
            </summary>
            <div class="menu-list" role="group" aria-label=label>{children()}</div>
        </details>
    }
}

/// One destination in a `Menu`.
#[component]
pub fn MenuLink(
    #[prop(into)] href: String,
    #[prop(into)] label: String,
    #[prop(optional, into)] icon: Option<IconName>,
    #[prop(optional)] danger: bool,
) -> impl IntoView {
    view! {
        <a class="menu-item" class:menu-danger=danger href=href>{icon.map(|name| view! { <Icon name/> })} <span>{label}</span></a>
    }
}

/// One act in a `Menu`: submits the form around it or the one named by `form`.
#[component]
pub fn MenuButton(
    #[prop(into)] label: String,
    #[prop(optional, into)] icon: Option<IconName>,
    #[prop(optional)] danger: bool,
    #[prop(optional, into)] name: OptText,
    #[prop(optional, into)] value: OptText,
    #[prop(optional, into)] form: OptText,
) -> impl IntoView {
    view! {
        <button type="submit" class="menu-item" class:menu-danger=danger name=name.0 value=value.0 form=form.0>
            {icon.map(|name| view! { <Icon name/> })}
            <span>{label}</span>
        </button>
    }
}

/// A line between groups of a `Menu`.
#[component]
pub fn MenuDivider() -> impl IntoView {
    view! { <hr class="menu-divider"/> }
}
