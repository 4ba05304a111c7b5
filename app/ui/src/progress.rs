//! How far long work is.
use leptos::prelude::*;

/// `<Progress label="Importing" value=done max=200/>` — `value` may be a signal; both are in the same unit.
#[component]
pub fn Progress(#[prop(into)] label: String, #[prop(into)] value: Signal<u64>, max: u64) -> impl IntoView {
    let name = label.clone();
    view! {
        <div class="meter">
            <div class="meter-text">
                <span>{label}</span>
                <span class="tabular-nums">{move || value.get().min(max)} " of " {max}</span>
            </div>
            <progress class="progress progress-primary" aria-label=name value=move || value.get().min(max) max=max></progress>
        </div>
    }
}
