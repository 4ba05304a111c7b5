//! Short messages about what just happened.
use crate::{Icon, IconName, Tone, browser::use_browser_behaviour, callout::tone_icon};
use leptos::prelude::*;

/// One message that was pushed or carried over a redirect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flash {
    pub kind: Tone,
    pub text: String,
}

impl Flash {
    #[must_use]
    pub fn new(kind: Tone, text: impl Into<String>) -> Self {
        Self { kind, text: text.into() }
    }
}

/// Where components leave messages: `expect_context::<ToastContext>().push(Tone::Good, "Saved")`.
#[derive(Clone, Copy)]
pub struct ToastContext {
    shown: RwSignal<Vec<(u32, Flash)>>,
    next: StoredValue<u32>,
}

impl ToastContext {
    /// Shows a message; the oldest go first when there are more than four.
    pub fn push(self, kind: Tone, text: impl Into<String>) {
        let id = self.next.get_value();
        self.next.set_value(id.wrapping_add(1));
        self.shown.update(|shown| {
            shown.push((id, Flash::new(kind, text)));
            let excess = shown.len().saturating_sub(4);
            shown.drain(..excess);
        });
    }

    fn dismiss(self, id: u32) {
        self.shown.update(|shown| shown.retain(|(other, _)| *other != id));
    }
}

/// Makes `ToastContext` available below; call it once, above `Toasts` and the pages. `initial` are the messages that came
/// with this response.
pub fn provide_toasts(initial: Vec<Flash>) -> ToastContext {
    let shown = (0..).zip(initial).collect::<Vec<(u32, Flash)>>();
    let next = u32::try_from(shown.len()).unwrap_or(u32::MAX);
    let context = ToastContext { shown: RwSignal::new(shown), next: StoredValue::new(next) };
    provide_context(context);
    context
}

/// `<Toasts/>` — the polite live region in the corner, once per page, after `provide_toasts`.
#[component]
pub fn Toasts() -> impl IntoView {
    use_browser_behaviour();
    let context = use_context::<ToastContext>().unwrap_or_else(|| provide_toasts(Vec::new()));
    let toast = move |(id, flash): (u32, Flash)| {
        let dismiss = Callback::new(move |()| context.dismiss(id));
        view! { <Toast flash dismiss/> }
    };
    view! {
        <div class="toasts" role="status" aria-live="polite" aria-relevant="additions">
            <For each=move || context.shown.get() key=|(id, _)| *id children=toast/>
        </div>
    }
}

/// One message. The style sheet hides it after a while, holds still under the pointer or focus, and keeps what went wrong;
/// the end of that animation is the only clock, so it works without wasm too.
#[component]
pub fn Toast(flash: Flash, #[prop(into)] dismiss: Callback<()>) -> impl IntoView {
    view! {
        <div
            class=format!("toast-box {}", flash.kind.class())
            on:animationend=move |event| if event.animation_name() == "toast-leave" { dismiss.run(()) }
        >
            <Icon name=tone_icon(flash.kind)/>
            <p>{flash.text}</p>
            <button
                type="button"
                class="btn btn-ghost btn-square btn-sm needs-wasm"
                aria-label="Dismiss"
                on:click=move |_| dismiss.run(())
            >
                <Icon name=IconName::Cross/>
            </button>
        </div>
    }
}
