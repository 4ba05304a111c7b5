//! A message that belongs to the page.
use crate::{Icon, IconName, OptText, Tone};
use leptos::prelude::*;

/// `<Callout tone=Tone::Warn title="The card expires soon">"…"</Callout>`.
#[component]
pub fn Callout(
    #[prop(optional)] tone: Tone,
    #[prop(optional, into)] title: OptText,
    children: Children,
) -> impl IntoView {
    view! {
        <div class=format!("callout {}", tone.class())>
            <Icon name=tone_icon(tone)/>
            <div class="callout-text">
                {title.0.map(|title| view! { <p class="callout-title">{title}</p> })}
                {children()}
            </div>
        </div>
    }
}

pub(crate) fn tone_icon(tone: Tone) -> IconName {
    match tone {
        Tone::Neutral | Tone::Info => IconName::Info,
        Tone::Good => IconName::Check,
        Tone::Warn | Tone::Bad => IconName::Alert,
    }
}
