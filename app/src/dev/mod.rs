//! Pages of the development server only.

mod api;
mod gallery;
mod mailbox;

use leptos::prelude::*;
use leptos_router::{
    any_nested_route::{AnyNestedRoute, IntoAnyNestedRoute},
    components::Route,
    path,
};

use self::{gallery::GalleryPage, mailbox::MailboxPage};
use crate::pages::pages;

pages!(DevPages, dev_pages: GalleryPage, MailboxPage);

#[component(transparent)]
pub fn DevRoutes() -> AnyNestedRoute {
    view! {
        <Route path=path!("/dev/gallery") view=DevPages::GalleryPage/>
        <Route path=path!("/dev/mailbox") view=DevPages::MailboxPage/>
    }
    .into_inner()
    .into_any_nested_route()
}
