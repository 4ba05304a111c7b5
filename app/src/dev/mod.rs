//! Pages of the development server only.

use leptos::prelude::*;
use leptos_router::{MatchNestedRoutes, components::Route, path};
use ui::Gallery;

use crate::{Boot, layout::NotFoundPage};

#[component(transparent)]
pub fn DevRoutes() -> impl MatchNestedRoutes + Clone {
    view! { <Route path=path!("/dev/gallery") view=GalleryPage/> }.into_inner()
}

#[component]
fn GalleryPage() -> impl IntoView {
    if Boot::current().development {
        view! { <Gallery/> }.into_any()
    } else {
        view! { <NotFoundPage/> }.into_any()
    }
}
