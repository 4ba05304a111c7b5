//! Controls that are shown but may not be used.
use crate::{Icon, IconName, WhyNot};
use leptos::prelude::*;

/// `<Denied reason="Only an Admin can change this. Ask Olive.">…</Denied>` — shows a control inert, with the reason as text.
///
/// For a single button prefer its own `disabled_reason`, which keeps the page quieter.
#[component]
pub fn Denied(#[prop(into)] reason: WhyNot, children: Children) -> impl IntoView {
    view! {
        <div class="denied">
            <div class="denied-control" inert=true>{children()}</div>
            <p class="denied-reason"><Icon name=IconName::Lock/><span>{reason.view()}</span></p>
        </div>
    }
}
