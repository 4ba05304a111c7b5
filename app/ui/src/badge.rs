//! Status in a word, a shape and a colour.
use leptos::prelude::*;

/// What a status means. Each tone has its own shape, so it reads without colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    #[default]
    Neutral,
    Good,
    Warn,
    Bad,
    Info,
}

impl Tone {
    pub const ALL: [Self; 5] = [Self::Neutral, Self::Good, Self::Warn, Self::Bad, Self::Info];

    /// The class that sets this tone's colours.
    pub(crate) fn class(self) -> &'static str {
        match self {
            Self::Neutral => "tone-neutral",
            Self::Good => "tone-good",
            Self::Warn => "tone-warn",
            Self::Bad => "tone-bad",
            Self::Info => "tone-info",
        }
    }

    /// Ring, filled dot, triangle, square and diamond on a 10 × 10 grid.
    fn shape(self) -> &'static str {
        match self {
            Self::Neutral => {
                "<circle cx='5' cy='5' r='3.2' fill='none' stroke='currentColor' stroke-width='1.6'/>"
            }
            Self::Good => "<circle cx='5' cy='5' r='4'/>",
            Self::Warn => "<path d='M5 .8 9.6 9H.4z'/>",
            Self::Bad => "<rect x='1.2' y='1.2' width='7.6' height='7.6' rx='1'/>",
            Self::Info => "<path d='M5 .4 9.6 5 5 9.6.4 5z'/>",
        }
    }
}

/// `<Badge tone=Tone::Good>"Active"</Badge>`.
#[component]
pub fn Badge(#[prop(optional)] tone: Tone, children: Children) -> impl IntoView {
    view! {
        <span class=format!("pill {}", tone.class())>
            <svg class="pill-shape" viewBox="0 0 10 10" aria-hidden="true" inner_html=tone.shape()></svg>
            <span>{children()}</span>
        </span>
    }
}
