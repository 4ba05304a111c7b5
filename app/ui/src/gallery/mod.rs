//! `<Gallery/>` — every piece in every state, for `/dev/gallery`.
use leptos::prelude::*;

#[component]
pub fn Gallery() -> impl IntoView {
    view! { <h1>"Gallery"</h1> }
}
