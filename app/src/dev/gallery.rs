use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use ui::Gallery;

use crate::{
    Boot,
    layout::{NotFoundPage, PageTitle},
};

/// Every piece of the design system in every state. `?show=` opens one that lies above the page.
#[component]
pub fn GalleryPage() -> impl IntoView {
    if !Boot::current().development {
        return view! { <NotFoundPage/> }.into_any();
    }
    let query = use_query_map();
    view! {
        <PageTitle text="Gallery"/>
        {move || view! { <Gallery show=query.with(|query| query.get("show").unwrap_or_default())/> }}
    }
    .into_any()
}
