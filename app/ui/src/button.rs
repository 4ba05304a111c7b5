//! Buttons and links that look like buttons.
use crate::{Icon, IconName, OptText, OptWhyNot, WhyNot};
use leptos::prelude::*;

/// How much a button asks for attention: one `Primary` a page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonKind {
    #[default]
    Primary,
    Secondary,
    Ghost,
    Danger,
}

impl ButtonKind {
    pub(crate) fn class(self) -> &'static str {
        match self {
            Self::Primary => "btn btn-primary",
            Self::Secondary => "btn btn-secondary",
            Self::Ghost => "btn btn-ghost",
            Self::Danger => "btn btn-error",
        }
    }
}

/// `<Button pending=action.pending()>"Save"</Button>` — submits its form unless `button_type="button"`.
///
/// While `pending` it keeps its focus and swallows further clicks. With a `disabled_reason` it stays reachable by
/// keyboard, does nothing, and says why on focus and on hover.
#[component]
pub fn Button(
    #[prop(optional)] kind: ButtonKind,
    #[prop(default = "submit")] button_type: &'static str,
    #[prop(optional, into)] pending: Signal<bool>,
    #[prop(optional, into)] disabled: Signal<bool>,
    #[prop(optional, into)] disabled_reason: OptWhyNot,
    #[prop(optional, into)] icon: Option<IconName>,
    #[prop(optional)] small: bool,
    #[prop(optional, into)] name: OptText,
    #[prop(optional, into)] value: OptText,
    #[prop(optional, into)] form: OptText,
    #[prop(optional, into)] formaction: OptText,
    #[prop(optional, into)] aria_label: OptText,
    /// The page that is asked with the fields of the form, instead of sending them: nothing is saved.
    #[prop(optional, into)]
    asks_at: OptText,
    /// For what only wasm can do; such a button is no `submit`.
    #[prop(optional, into)]
    on_click: Option<Callback<()>>,
    children: Children,
) -> impl IntoView {
    let reason = disabled_reason.0;
    let denied = reason.is_some();
    let class = if small { format!("{} btn-sm", kind.class()) } else { kind.class().to_owned() };
    let inert = move || denied || pending.get();
    let button = view! {
        <button
            class=class
            type=if denied { "button" } else { button_type }
            disabled=move || disabled.get()
            aria-disabled=move || inert().then_some("true")
            aria-busy=move || pending.get().then_some("true")
            aria-description=reason.as_ref().map(|reason| reason.text.clone())
            aria-label=aria_label.0
            name=name.0
            value=value.0
            form=form.0
            formaction=asks_at.0.clone().or(formaction.0)
            formmethod=asks_at.0.map(|_| "get")
            on:click=move |event| {
                if denied || pending.get_untracked() {
                    event.prevent_default();
                } else if let Some(call) = on_click {
                    call.run(());
                }
            }
        >
            {icon.map(|name| view! { <Icon name/> })}
            {children()}
            <span class="btn-wait" aria-hidden="true"></span>
        </button>
    };
    with_reason(button.into_any(), reason)
}

/// Shows `reason` beside a control on hover and focus, with the way to its explanation. Screen readers have the text from
/// `aria-description`.
pub(crate) fn with_reason(control: AnyView, reason: Option<WhyNot>) -> AnyView {
    match reason {
        None => control,
        Some(reason) => view! {
            <span class="why">
                {control}
                <span class="why-text"><span aria-hidden="true">{reason.text.clone()}</span>" "{reason.link()}</span>
            </span>
        }
        .into_any(),
    }
}

/// `<LinkButton href="/settings/staff/new">"Add employee"</LinkButton>` — goes somewhere; never changes anything.
#[component]
pub fn LinkButton(
    #[prop(into)] href: String,
    #[prop(optional)] kind: ButtonKind,
    #[prop(optional, into)] icon: Option<IconName>,
    #[prop(optional)] small: bool,
    #[prop(optional, into)] disabled_reason: OptWhyNot,
    #[prop(optional, into)] aria_label: OptText,
    #[prop(optional, into)] download: OptText,
    children: Children,
) -> impl IntoView {
    let reason = disabled_reason.0;
    let class = if small { format!("{} btn-sm", kind.class()) } else { kind.class().to_owned() };
    let denied = reason.is_some();
    let link = view! {
        <a
            class=class
            // A link without an address is a placeholder: it keeps its place in the tab order and goes nowhere.
            href=(!denied).then_some(href)
            role=denied.then_some("link")
            tabindex=denied.then_some("0")
            aria-disabled=denied.then_some("true")
            aria-description=reason.as_ref().map(|reason| reason.text.clone())
            aria-label=aria_label.0
            download=download.0
        >
            {icon.map(|name| view! { <Icon name/> })}
            {children()}
        </a>
    };
    with_reason(link.into_any(), reason)
}
