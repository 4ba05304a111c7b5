//! The parts of a page.
use crate::{OptText, Slot};
use leptos::prelude::*;

/// `<Section title="Sessions" description="…">…</Section>` — a titled part of a page (`<h2>`).
#[component]
pub fn Section(
    #[prop(into)] title: String,
    #[prop(optional, into)] description: OptText,
    #[prop(optional, into)] action: Slot,
    #[prop(optional, into)] id: OptText,
    children: Children,
) -> impl IntoView {
    view! {
        <section class="section" id=id.0>
            <div class="section-head">
                <div>
                    <h2>{title}</h2>
                    {description.0.map(|text| view! { <p>{text}</p> })}
                </div>
                {action.boxed("section-actions")}
            </div>
            {children()}
        </section>
    }
}

/// `<Card>…</Card>` — a quiet box; `footer` is set off by a line and holds the form's buttons.
#[component]
pub fn Card(#[prop(optional, into)] footer: Slot, children: Children) -> impl IntoView {
    view! {
        <div class="panel">
            <div class="panel-body">{children()}</div>
            {footer.boxed("panel-footer")}
        </div>
    }
}

/// `<FormActions><Button>"Save"</Button></FormActions>` — a form's buttons, in reading order, full width when narrow.
#[component]
pub fn FormActions(children: Children) -> impl IntoView {
    view! { <div class="form-actions">{children()}</div> }
}
