use leptos::prelude::*;
use ui::Gallery;

use crate::{
    Boot,
    layout::{NotFoundPage, PageTitle},
};

/// Every piece of the design system in every state.
#[component]
pub fn GalleryPage() -> impl IntoView {
    if !Boot::current().development {
        return view! { <NotFoundPage/> }.into_any();
    }
    view! {
        <PageTitle text="Gallery"/>
        <Gallery/>
    }
    .into_any()
}
