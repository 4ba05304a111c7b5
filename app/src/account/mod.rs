//! The account as a whole: what awaits its people, and what it is called.

pub mod api;
pub mod api_sections;
mod attention;
mod business;
mod dashboard;
mod sections;

use leptos::prelude::*;
use leptos_router::{
    any_nested_route::{AnyNestedRoute, IntoAnyNestedRoute},
    components::Route,
    path,
};

pub use self::sections::{SectionRoutes, SettingsSectionRoutes};
use self::{business::BusinessPage, dashboard::DashboardPage};

#[component(transparent)]
pub fn AccountRoutes() -> AnyNestedRoute {
    view! { <Route path=path!("/") view=DashboardPage/> }.into_inner().into_any_nested_route()
}

/// Pages below Settings.
#[component(transparent)]
pub fn AccountSettingsRoutes() -> AnyNestedRoute {
    view! { <Route path=path!("business") view=BusinessPage/> }.into_inner().into_any_nested_route()
}
