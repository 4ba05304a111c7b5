//! The pages of visitors: they book by a calendar's public address, and come back by the link of their mails. Every choice stands in
//! the address, so that each step is a link and works without wasm.

mod appointment;
mod chosen;
mod details;
mod other_time;
mod page;
mod steps;
mod time_field;

use leptos::prelude::*;
use leptos_router::{
    any_nested_route::{AnyNestedRoute, IntoAnyNestedRoute},
    components::Route,
    hooks::use_params_map,
    path,
};

use self::{appointment::VisitorAppointmentPage, other_time::MoveVisitorAppointmentPage, page::BookingPage};
use crate::pages::pages;

pages!(BookingPages, booking_pages: BookingPage, VisitorAppointmentPage, MoveVisitorAppointmentPage);

/// For everybody.
#[component(transparent)]
pub fn BookingRoutes() -> AnyNestedRoute {
    view! {
        <Route path=path!("/book/:account/:calendar") view=BookingPages::BookingPage/>
        <Route path=path!("/appointment/:link") view=BookingPages::VisitorAppointmentPage/>
        <Route path=path!("/appointment/:link/move") view=BookingPages::MoveVisitorAppointmentPage/>
    }
    .into_inner()
    .into_any_nested_route()
}

/// A part of the page's address.
fn parameter(name: &'static str) -> Memo<String> {
    let params = use_params_map();
    Memo::new(move |_| params.with(|params| params.get(name)).unwrap_or_default())
}
