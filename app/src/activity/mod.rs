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
use leptos_router::{MatchNestedRoutes, any_nested_route::IntoAnyNestedRoute, components::Route, path};

use self::{page::ActivityPage, person::PersonActivityPage};

#[component(transparent)]
pub fn ActivityRoutes() -> impl MatchNestedRoutes + Clone {
    view! {
        <Route path=path!("activity") view=ActivityPage/>
        <Route path=path!("staff/:id/activity") view=PersonActivityPage/>
    }
    .into_inner()
    .into_any_nested_route()
}
