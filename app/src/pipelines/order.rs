//! Putting something at another place in a list: by dragging, and one step up or down, for the keyboard and without wasm.

use leptos::{html, prelude::*};
use ui::{Button, ButtonKind, IconName, WhyNot};
use wasm_bindgen::JsCast;
use web_sys::{DragEvent, HtmlElement};

/// One of the two directions.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    Up,
    Down,
}

/// What was moved by a step and which way: the keyboard stays with it when the list is shown anew.
#[derive(Clone, Copy)]
pub(super) struct Stepped(RwSignal<Option<(String, Way)>>);

impl Stepped {
    pub fn new() -> Self {
        Self(RwSignal::new(None))
    }

    /// Once: a change by somebody else takes the keyboard nowhere.
    fn takes(self, key: &str, way: Way) -> bool {
        let is_it =
            self.0.with_untracked(|last| last.as_ref().is_some_and(|(last, to)| last == key && *to == way));
        if is_it {
            self.0.set(None);
        }
        is_it
    }
}

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
    stepped: Stepped,
    #[prop(into)] pending: Signal<bool>,
    reason: Option<WhyNot>,
) -> impl IntoView {
    let (to, icon, word) = match way {
        Way::Up => (place.checked_sub(1), IconName::ChevronUp, "up"),
        Way::Down => ((!is_last).then_some(place + 1), IconName::ChevronDown, "down"),
    };
    let holder = NodeRef::<html::Span>::new();
    let pressed = key.clone();
    Effect::new(move |_| {
        if let Some(holder) = holder.get()
            && stepped.takes(&key, way)
        {
            focus_button(&holder);
        }
    });
    view! {
        <input type="hidden" name="place" value=to.unwrap_or(place)/>
        <span node_ref=holder on:click=move |_| stepped.0.set(Some((pressed.clone(), way)))>
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
