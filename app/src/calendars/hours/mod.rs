//! When people work, and when they cannot be booked although they do: one's own, and those of others.

mod page;
mod time_off;
mod week_form;

use leptos::prelude::*;
use leptos_router::{
    any_nested_route::{AnyNestedRoute, IntoAnyNestedRoute},
    components::Route,
    path,
};

use self::page::{MemberHoursPage, OwnHoursPage};
use crate::pages::pages;

pages!(HoursPages, hours_pages: OwnHoursPage, MemberHoursPage);

#[component(transparent)]
pub fn OwnHoursRoutes() -> AnyNestedRoute {
    view! { <Route path=path!("calendars/hours") view=HoursPages::OwnHoursPage/> }
        .into_inner()
        .into_any_nested_route()
}

/// Those of others, below Settings.
#[component(transparent)]
pub fn MemberHoursRoutes() -> AnyNestedRoute {
    view! { <Route path=path!("staff/:id/hours") view=HoursPages::MemberHoursPage/> }
        .into_inner()
        .into_any_nested_route()
}
