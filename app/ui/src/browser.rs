//! What components do in the browser only: always from effects and event handlers, so that the markup stays the same on both sides.
use std::{
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};

use leptos::{ev, html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, HtmlFormElement, HtmlInputElement, Node, UrlSearchParams};

/// Goes to `href` as if the person had clicked a link, so that a client-side router picks it up when there is one.
pub fn visit(href: &str) {
    let document = document();
    let (Ok(link), Some(body)) = (document.create_element("a"), document.body()) else { return };
    let _ = link.set_attribute("href", href);
    let _ = link.set_attribute("hidden", "");
    let _ = body.append_child(&link);
    if let Some(link) = link.dyn_ref::<HtmlElement>() {
        link.click();
    }
    link.remove();
}

/// For one of several links in a line that scrolls sideways on narrow screens: in view while it is the current one.
pub(crate) fn kept_in_view(current: Signal<bool>) -> NodeRef<html::A> {
    let link = NodeRef::<html::A>::new();
    Effect::new(move |_| {
        if current.get()
            && let Some(link) = link.get()
        {
            bring_into_view(&link);
        }
    });
    link
}

/// Scrolls what is around the element, as little as it takes.
pub(crate) fn bring_into_view(element: &Element) {
    let options = web_sys::ScrollIntoViewOptions::new();
    options.set_block(web_sys::ScrollLogicalPosition::Nearest);
    options.set_inline(web_sys::ScrollLogicalPosition::Center);
    element.scroll_into_view_with_scroll_into_view_options(&options);
}

/// The address a plain GET form would go to, without its empty fields.
pub(crate) fn form_href(form: &HtmlFormElement) -> Option<String> {
    let data = web_sys::FormData::new_with_form(form).ok()?;
    let params = UrlSearchParams::new_with_str_sequence_sequence(&data).ok()?;
    let query = String::from(params.to_string());
    let kept: Vec<&str> = query.split('&').filter(|pair| !pair.is_empty() && !pair.ends_with('=')).collect();
    let action = form.get_attribute("action").unwrap_or_default();
    let path = action.split('?').next().unwrap_or_default();
    Some(if kept.is_empty() { path.to_owned() } else { format!("{path}?{}", kept.join("&")) })
}

/// Installs, once per page load, what all components share: the closing of menus on Esc, on a click elsewhere and after a choice,
/// and focus that outlasts what is shown anew.
pub fn use_browser_behaviour() {
    Effect::new(|_| {
        static INSTALLED: AtomicBool = AtomicBool::new(false);
        if INSTALLED.swap(true, Ordering::Relaxed) {
            return;
        }
        // The listeners live as long as the page.
        let _ = window_event_listener(ev::click, |event| close_menus(&event));
        let _ = window_event_listener(ev::keydown, |event| {
            if event.key() == "Escape" {
                close_open_details(None);
            }
        });
        let _ = window_event_listener(ev::focusout, |event| focus_again(&event));
    });
}

/// What can have the focus.
const FOCUSABLE: &str = "a[href], button, input, select, textarea, summary, [tabindex]";

/// What is shown anew in place loses its attributes for an instant, and with `href` or `tabindex` the focus: it gets that back.
fn focus_again(event: &web_sys::FocusEvent) {
    let Some(element) = event.target().and_then(|target| target.dyn_into::<HtmlElement>().ok()) else {
        return;
    };
    let is_focusable = |element: &HtmlElement| element.matches(FOCUSABLE).unwrap_or(true);
    if event.related_target().is_some() || is_focusable(&element) {
        return;
    }
    queue_microtask(move || {
        if is_focusable(&element) && document().active_element().is_none_or(|active| is_body(&active)) {
            let options = web_sys::FocusOptions::new();
            options.set_prevent_scroll(true);
            let _ = element.focus_with_options(&options);
        }
    });
}

fn close_menus(event: &web_sys::MouseEvent) {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let chosen = target.as_ref().is_some_and(|element| matches!(element.closest("a[href]"), Ok(Some(_))));
    close_open_details(if chosen { None } else { target.as_ref() });
    if chosen && let Ok(Some(rail)) = document().query_selector("[popover]:popover-open") {
        let _ = rail.unchecked_ref::<HtmlElement>().hide_popover();
    }
}

/// Closes every open menu but the one around `inside`; focus goes back to the menu's button if it was within.
fn close_open_details(inside: Option<&Element>) {
    let Ok(open) = document().query_selector_all("details.menu[open]") else { return };
    for index in 0..open.length() {
        let Some(menu) = open.item(index) else { continue };
        if menu.contains(inside.map(AsRef::<Node>::as_ref)) {
            continue;
        }
        let menu = menu.unchecked_into::<Element>();
        let held_focus = menu.contains(document().active_element().as_deref());
        let _ = menu.remove_attribute("open");
        if let (true, Ok(Some(button))) = (held_focus, menu.query_selector("summary")) {
            let _ = button.unchecked_into::<HtmlElement>().focus();
        }
    }
}

/// How often, and every how many milliseconds, [`keep_focus`] looks: for as long as an act's answer may take.
const LOOKS: u8 = 50;
const LOOK_AGAIN: Duration = Duration::from_millis(100);

/// Gives focus back to what had it before a dialog, or to the page's heading: what opened the dialog may go with it, at once or as
/// soon as the page shows what was done.
pub(crate) fn give_focus_back(before: Option<HtmlElement>) {
    let before = before.filter(|element| element.is_connected() && !is_body(element));
    if let Some(element) = before.or_else(heading) {
        let _ = element.focus();
        keep_focus(element, LOOKS);
    }
}

pub fn focus_on(id: &str) {
    if let Some(element) = document().get_element_by_id(id) {
        let _ = element.unchecked_into::<HtmlElement>().focus();
    }
}

/// Browsers drop focus without a word when its element goes; then the heading takes it. Not where somebody has moved on meanwhile.
fn keep_focus(holder: HtmlElement, looks: u8) {
    let Some(looks) = looks.checked_sub(1) else { return };
    let look = move || {
        let active = document().active_element();
        let is_nowhere = active.as_ref().is_none_or(is_body);
        let is_with_holder = active.is_some_and(|active| active.is_same_node(Some(&holder)));
        if !holder.is_connected() && is_nowhere {
            // Between two pages there may be none yet.
            let next = heading().inspect(|heading| {
                let _ = heading.focus();
            });
            keep_focus(next.unwrap_or(holder), looks);
        } else if is_with_holder {
            keep_focus(holder, looks);
        }
    };
    set_timeout(look, LOOK_AGAIN);
}

fn is_body(element: &Element) -> bool {
    document().body().is_some_and(|body| body.is_same_node(Some(element)))
}

/// The page's one heading, so that it can have the focus.
fn heading() -> Option<HtmlElement> {
    let heading = document().query_selector("h1").ok()??.dyn_into::<HtmlElement>().ok()?;
    let _ = heading.set_attribute("tabindex", "-1");
    Some(heading)
}

/// Arrow keys go from switch to switch inside the element that listens.
pub fn walk_switches(event: ev::KeyboardEvent) {
    let step = match event.key().as_str() {
        "ArrowDown" => 1,
        "ArrowUp" => -1,
        _ => return,
    };
    let Some(around) = event.current_target().and_then(|around| around.dyn_into::<Element>().ok()) else {
        return;
    };
    let Ok(all) = around.query_selector_all("input[role=switch]:not(:disabled)") else { return };
    let switches: Vec<HtmlElement> =
        (0..all.length()).filter_map(|index| all.item(index)?.dyn_into().ok()).filter(is_visible).collect();
    let focused = document().active_element();
    let Some(now) =
        switches.iter().position(|switch| focused.as_ref().is_some_and(|at| at.is_same_node(Some(switch))))
    else {
        return;
    };
    if let Some(next) = now.checked_add_signed(step).and_then(|next| switches.get(next)) {
        event.prevent_default();
        let _ = next.focus();
    }
}

fn is_visible(element: &HtmlElement) -> bool {
    element.offset_parent().is_some()
}

/// Gives every box of the form that is marked with `data-alike` as this key the state of the box that the event happened on.
pub fn tick_alike(event: &Event, key: &str) {
    let source = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
    let (Some(source), Some(form)) = (source, form_of(event)) else { return };
    let Ok(alike) = form.query_selector_all(&format!("input[data-alike=\"{key}\"]")) else { return };
    let boxes =
        (0..alike.length()).filter_map(|index| alike.item(index)?.dyn_into::<HtmlInputElement>().ok());
    boxes.for_each(|one| one.set_checked(source.checked()));
}

/// The form around the element that an event happened on.
pub(crate) fn form_of(event: &Event) -> Option<HtmlFormElement> {
    let element = event.target()?.dyn_into::<Element>().ok()?;
    element.closest("form").ok()??.dyn_into().ok()
}
