use leptos::prelude::*;
use leptos_meta::Title;
use ui::Gallery;

use crate::{Boot, layout::NotFoundPage};

/// Every piece of the design system in every state.
#[component]
pub fn GalleryPage() -> impl IntoView {
    if !Boot::current().development {
        return view! { <NotFoundPage/> }.into_any();
    }
    view! {
        <Title text="Gallery"/>
        <Gallery/>
    }
    .into_any()
}
