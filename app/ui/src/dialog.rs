//! Dialogs and drawers. They live at their own address, so the server renders them open.
use crate::{
    Icon, IconName, OptText, Slot,
    browser::{give_focus_back, visit},
};
use leptos::{ev, html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlElement};

/// `<Dialog id="invite" title="Invite" close_href="/settings/staff">form</Dialog>`.
///
/// Without wasm it is open on the page and its cross is a link. With wasm it is modal: Esc, the cross and a click beside it
/// follow that link, and focus returns to where it was, or to the page's heading where that has gone.
#[component]
pub fn Dialog(
    #[prop(into)] id: String,
    #[prop(into)] title: String,
    #[prop(into)] close_href: String,
    #[prop(default = true)] open: bool,
    #[prop(optional, into)] description: OptText,
    /// The buttons, set off below the content.
    #[prop(optional, into)]
    footer: Slot,
    children: Children,
) -> impl IntoView {
    frame("dialog", Frame { id, title, close_href, open, description, footer, body: children() })
}

/// `<Drawer id="edit" title="Edit Max" close_href="/settings/staff">form</Drawer>` — a `Dialog` at the right edge.
#[component]
pub fn Drawer(
    #[prop(into)] id: String,
    #[prop(into)] title: String,
    #[prop(into)] close_href: String,
    #[prop(default = true)] open: bool,
    #[prop(optional, into)] description: OptText,
    #[prop(optional, into)] footer: Slot,
    children: Children,
) -> impl IntoView {
    frame("dialog drawer", Frame { id, title, close_href, open, description, footer, body: children() })
}

pub(crate) struct Frame {
    pub id: String,
    pub title: String,
    pub close_href: String,
    pub open: bool,
    pub description: OptText,
    pub footer: Slot,
    pub body: AnyView,
}

pub(crate) fn frame(class: &'static str, frame: Frame) -> AnyView {
    let Frame { id, title, close_href, open, description, footer, body } = frame;
    let dialog = NodeRef::<html::Dialog>::new();
    make_modal(dialog, open);
    let target = StoredValue::new(close_href.clone());
    // Not a click on the cross itself: that would re-enter the dialog's own click handler.
    let leave = move |event: Event| {
        event.prevent_default();
        target.with_value(|href| visit(href));
    };
    let title_id = format!("{id}-title");
    view! {
        // The shade is outside the dialog, so that it is there, and closes, without wasm too.
        {open.then(|| view! { <a class="shade" href=close_href.clone() tabindex="-1" aria-hidden="true"></a> })}
        <dialog
            node_ref=dialog
            class=class
            id=id
            open=open
            aria-labelledby=title_id
            on:cancel=leave
            on:click=move |event| if is_backdrop(&event) { leave(event.into()) }
        >
            <div class="dialog-box">
                <div class="dialog-head">
                    <div>
                        <h2 id=title_id.clone()>{title}</h2>
                        {description.0.map(|text| view! { <p>{text}</p> })}
                    </div>
                    <a class="btn btn-ghost btn-square btn-sm" href=close_href aria-label="Close">
                        <Icon name=IconName::Cross/>
                    </a>
                </div>
                <div class="dialog-body">{body}</div>
                {footer.boxed("dialog-foot")}
            </div>
        </dialog>
    }
    .into_any()
}

/// A click on the backdrop has the dialog itself as its target; its box fills the rest.
fn is_backdrop(event: &ev::MouseEvent) -> bool {
    event.target().is_some_and(|target| target.dyn_ref::<web_sys::HtmlDialogElement>().is_some())
}

/// Turns the open dialog of the server into a modal one, and gives focus back when it goes. All of it inside the effect: on the
/// server a page is cleaned up on another thread than it was made on, where nothing of the browser's may be touched.
fn make_modal(dialog: NodeRef<html::Dialog>, open: bool) {
    Effect::new(move |_| {
        let Some(dialog) = dialog.get() else { return };
        if !open {
            return;
        }
        let before = document().active_element().and_then(|element| element.dyn_into::<HtmlElement>().ok());
        // Without the attribute `showModal` would refuse; `close()` would report a close to the page.
        let _ = dialog.remove_attribute("open");
        let _ = dialog.show_modal();
        let held = StoredValue::new_local((dialog, before));
        on_cleanup(move || {
            let Some((dialog, before)) = held.try_get_value() else { return };
            // As long as it is modal, nothing outside takes the focus.
            dialog.close();
            give_focus_back(before);
        });
    });
}
