//! Calendars: the appointments of the staff, and when people work.

pub mod api_appointments;
pub mod api_hours;
pub mod appointment_query;
mod appointments;
mod hours;

pub use self::{
    appointments::AppointmentRoutes,
    hours::{MemberHoursRoutes, OwnHoursRoutes},
};
