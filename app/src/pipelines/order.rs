//! Putting something at another place in a list: by dragging, and one step up or down, for the keyboard and without wasm.

use leptos::{html, prelude::*};
use ui::{Button, ButtonKind, IconName, WhyNot};
use wasm_bindgen::JsCast;
use web_sys::{DragEvent, HtmlElement};

use super::keyboard::Keyboard;

/// One of the two directions.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    Up,
    Down,
}

/// Which button of which line has the keyboard.
pub(super) type Stepping = Keyboard<(String, Way)>;

/// Some browsers drag nothing that has no data.
pub(super) fn begin_drag(event: &DragEvent, data: &str) {
    if let Some(transfer) = event.data_transfer() {
        let _ = transfer.set_data("text/plain", data);
    }
}

/// The button and the field of a form that moves what is called `name`, known by `key`, from `place` one step this way. Both
/// directions stand in one `.cell-buttons`.
#[component]
pub(super) fn Step(
    way: Way,
    key: String,
    name: String,
    place: u32,
    is_last: bool,
    keyboard: Stepping,
    #[prop(into)] pending: Signal<bool>,
    reason: Option<WhyNot>,
) -> impl IntoView {
    let (to, icon, word) = match way {
        Way::Up => (place.checked_sub(1), IconName::ChevronUp, "up"),
        Way::Down => ((!is_last).then_some(place + 1), IconName::ChevronDown, "down"),
    };
    let holder = NodeRef::<html::Span>::new();
    let held = (key, way);
    let entered = held.clone();
    Effect::new(move |_| {
        if let Some(holder) = holder.get()
            && keyboard.is_due(&held)
        {
            focus_button(&holder);
        }
    });
    view! {
        <input type="hidden" name="place" value=to.unwrap_or(place)/>
        <span node_ref=holder on:focusin=move |_| keyboard.comes_to(entered.clone()) on:focusout=move |event| keyboard.leaves(&event)>
            <Button kind=ButtonKind::Ghost small=true icon pending disabled=to.is_none() disabled_reason=reason
                aria_label=format!("Move {name} {word}")>""</Button>
        </span>
    }
}

/// At the end of the list the way back is what is left to press.
fn focus_button(holder: &HtmlElement) {
    const BUTTON: &str = "button:not(:disabled)";
    let here = holder.query_selector(BUTTON).ok().flatten();
    let beside = || holder.closest(".cell-buttons").ok()??.query_selector(BUTTON).ok()?;
    if let Some(button) = here.or_else(beside).and_then(|button| button.dyn_into::<HtmlElement>().ok()) {
        let _ = button.focus();
    }
}
