//! Pages of the development server only.

mod api;
mod gallery;
mod mailbox;

use leptos::prelude::*;
use leptos_router::{MatchNestedRoutes, any_nested_route::IntoAnyNestedRoute, components::Route, path};

use self::{gallery::GalleryPage, mailbox::MailboxPage};

#[component(transparent)]
pub fn DevRoutes() -> impl MatchNestedRoutes + Clone {
    view! {
        <Route path=path!("/dev/gallery") view=GalleryPage/>
        <Route path=path!("/dev/mailbox") view=MailboxPage/>
    }
    .into_inner()
    .into_any_nested_route()
}
