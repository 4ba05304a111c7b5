//! Appointments as the staff has them: the list, the week, each of them, and booking for a visitor.

mod frame;
mod free_times;
mod hosts;
mod list;
mod new;
mod reschedule;
mod show;
mod visitor_form;
mod week;

use leptos::prelude::*;
use leptos_router::{
    any_nested_route::{AnyNestedRoute, IntoAnyNestedRoute},
    components::Route,
    path,
};

pub(super) use self::frame::{CalendarTabs, Tab};
use self::{
    list::AppointmentsPage, new::NewAppointmentPage, reschedule::ReschedulePage, show::AppointmentPage,
    week::WeekPage,
};
use crate::pages::pages;

pages!(AppointmentPages, appointment_pages: AppointmentsPage, AppointmentPage, ReschedulePage);
pages!(WeekPages, week_pages: WeekPage);
pages!(BookingPages, staff_booking_pages: NewAppointmentPage);

/// The first route that fits counts, so fixed addresses stand before those with an id.
#[component(transparent)]
pub fn AppointmentRoutes() -> AnyNestedRoute {
    view! {
        <Route path=path!("calendars") view=AppointmentPages::AppointmentsPage/>
        <Route path=path!("calendars/week") view=WeekPages::WeekPage/>
        <Route path=path!("appointments/new") view=BookingPages::NewAppointmentPage/>
        <Route path=path!("appointments/:id") view=AppointmentPages::AppointmentPage/>
        <Route path=path!("appointments/:id/move") view=AppointmentPages::ReschedulePage/>
    }
    .into_inner()
    .into_any_nested_route()
}
