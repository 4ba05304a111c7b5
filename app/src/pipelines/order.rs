//! Moving something up and down in a list, for the keyboard and without wasm.

use leptos::prelude::*;
use ui::{Button, ButtonKind, IconName, WhyNot};

/// One of the two directions.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    Up,
    Down,
}

/// The button and the field of a form that moves what is called `name` from `place` one step this way.
#[component]
pub(super) fn Step(
    way: Way,
    name: String,
    place: u32,
    is_last: bool,
    #[prop(into)] pending: Signal<bool>,
    reason: Option<WhyNot>,
) -> impl IntoView {
    let (to, icon, word) = match way {
        Way::Up => (place.checked_sub(1), IconName::ChevronUp, "up"),
        Way::Down => ((!is_last).then_some(place + 1), IconName::ChevronDown, "down"),
    };
    view! {
        <input type="hidden" name="place" value=to.unwrap_or(place)/>
        <Button kind=ButtonKind::Ghost small=true icon pending disabled=to.is_none() disabled_reason=reason
            aria_label=format!("Move {name} {word}")>""</Button>
    }
}
