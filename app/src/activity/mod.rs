//! The log of what people did.

pub mod api;
mod exports;
mod filters;
pub mod line;
mod log;
mod page;
mod person;
pub mod query;

use leptos::prelude::*;
use leptos_router::{
    any_nested_route::{AnyNestedRoute, IntoAnyNestedRoute},
    components::Route,
    path,
};

use self::{page::ActivityPage, person::PersonActivityPage};
use crate::pages::pages;

pages!(ActivityPages, activity_pages: ActivityPage, PersonActivityPage);

#[component(transparent)]
pub fn ActivityRoutes() -> AnyNestedRoute {
    view! {
        <Route path=path!("activity") view=ActivityPages::ActivityPage/>
        <Route path=path!("staff/:id/activity") view=ActivityPages::PersonActivityPage/>
    }
    .into_inner()
    .into_any_nested_route()
}
