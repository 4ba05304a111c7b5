//! Calendars: what is set about them, the public pages on which visitors book, the appointments of the staff, and when people work.

pub mod api;
pub mod api_appointments;
pub mod api_booking;
pub mod api_hours;
pub mod appointment_query;
mod appointments;
mod booking;
mod delete;
mod fields;
mod frame;
mod hosts;
mod hours;
mod list;
mod new;
pub mod offer;
mod settings;
mod terms;

pub use self::{
    appointments::AppointmentRoutes,
    booking::BookingRoutes,
    hours::{MemberHoursRoutes, OwnHoursRoutes},
};

use leptos::prelude::*;
use leptos_router::{
    any_nested_route::{AnyNestedRoute, IntoAnyNestedRoute},
    components::Route,
    path,
};

use self::{
    delete::DeleteCalendarPage, hosts::CalendarHostsPage, list::CalendarsPage, new::NewCalendarPage,
    settings::CalendarPage,
};
use crate::pages::pages;

pages!(CalendarPages, calendar_pages: CalendarsPage, NewCalendarPage, CalendarPage, DeleteCalendarPage);
pages!(HostPages, host_pages: CalendarHostsPage);

/// What is set about calendars, below Settings.
#[component(transparent)]
pub fn CalendarRoutes() -> AnyNestedRoute {
    view! {
        <Route path=path!("calendars") view=CalendarPages::CalendarsPage/>
        <Route path=path!("calendars/new") view=CalendarPages::NewCalendarPage/>
        <Route path=path!("calendars/:id") view=CalendarPages::CalendarPage/>
        <Route path=path!("calendars/:id/hosts") view=HostPages::CalendarHostsPage/>
        <Route path=path!("calendars/:id/delete") view=CalendarPages::DeleteCalendarPage/>
    }
    .into_inner()
    .into_any_nested_route()
}

/// Often the address of a meeting.
fn place(location: String) -> AnyView {
    if !location.starts_with("https://") || location.contains(char::is_whitespace) {
        return location.into_any();
    }
    let href = location.clone();
    view! { <a class="link" href=href rel="noopener">{location}</a> }.into_any()
}

/// "America/New York", as people read it.
fn zone_label(zone: &str) -> String {
    zone.replace('_', " ")
}
